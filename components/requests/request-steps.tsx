import { Check, LoaderCircle, X } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { OwnRequest } from "@/lib/drafting/list-draft-requests";
import { STEPS, stepOf } from "./request-words";

/** The steps of a request, those behind it ticked, the one it is at marked; once submitted, its draft says more. */
export function RequestSteps({ request }: { request: OwnRequest }) {
  const at = stepOf(request);
  if (request.status === "submitted") {
    return (
      <p className="flex items-center gap-1 text-muted text-xs">
        <Check aria-hidden="true" className="size-3 text-good" strokeWidth={3} />
        Submitted
      </p>
    );
  }
  const stopped = request.status === "failed" || request.status === "cancelled";
  return (
    <ol aria-label="Progress" className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-xs">
      {STEPS.map(({ status, label }, index) => {
        const isDone = index < at;
        const isHere = index === at && !isDone;
        if (stopped && index > at) return null;
        return (
          <li
            key={status}
            aria-current={isHere ? "step" : undefined}
            className={classNames(
              "flex items-center gap-1",
              isHere ? "font-medium text-ink" : "text-muted",
              index > 0 && "before:mr-0.5 before:h-px before:w-3 before:bg-strong-line",
            )}
          >
            {isDone && <Check aria-hidden="true" className="size-3 text-good" strokeWidth={3} />}
            {isHere && !stopped && (
              <LoaderCircle aria-hidden="true" className="size-3 animate-spin text-accent" />
            )}
            {isHere && stopped && <X aria-hidden="true" className="size-3 text-bad" strokeWidth={3} />}
            {label}
            {isDone && <span className="sr-only">, done</span>}
          </li>
        );
      })}
    </ol>
  );
}
