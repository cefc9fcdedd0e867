import { AlertTriangle, ArrowRight, CircleAlert, Lightbulb } from "lucide-react";
import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import type { Advice } from "@/lib/insights/bottlenecks/types";

const LOOKS: Record<Advice["severity"], { icon: typeof Lightbulb; word: string; className: string }> = {
  bad: { icon: CircleAlert, word: "Now", className: "text-bad" },
  warn: { icon: AlertTriangle, word: "Soon", className: "text-warn" },
  calm: { icon: Lightbulb, word: "Worth a thought", className: "text-accent" },
};

/** What to do, the worst first. */
export function AdviceList({ advice }: { advice: readonly Advice[] }) {
  if (advice.length === 0) {
    return (
      <p className="rounded-lg border bg-surface px-3 py-2.5 text-sm">
        Nothing holds drafts up: nothing is overdue, somebody is there for every rule, and time runs out on
        few of them.
      </p>
    );
  }
  return (
    <ul className="divide-y rounded-lg border bg-surface">
      {advice.map(({ severity, what, why, href, link }) => {
        const { icon: Icon, word, className } = LOOKS[severity];
        return (
          <li key={what} className="flex flex-wrap items-start gap-x-3 gap-y-1 px-3 py-2">
            <Icon role="img" aria-label={word} className={classNames("mt-0.5 size-4 shrink-0", className)} />
            <div className="min-w-0 flex-1 basis-64">
              <p className="break-words font-medium text-sm">{what}</p>
              <p className="text-muted text-xs">{why}</p>
            </div>
            <Link
              href={href}
              className="inline-flex min-h-6 items-center gap-1 pl-7 font-medium text-accent text-sm hover:underline hover:underline-offset-2 sm:pl-0"
            >
              {link}
              <ArrowRight aria-hidden="true" className="size-3.5" />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
