import Link from "next/link";
import type { RuleGaps } from "@/lib/insights/bottlenecks/types";
import { formatHours, momentIn } from "./words";

/** When approver rules ask nobody: what it came to in the period, and what comes next. */
export function GapList({ gaps, zone }: { gaps: readonly RuleGaps[]; zone: string }) {
  return (
    <ul className="divide-y rounded-lg border bg-surface">
      {gaps.map((each) => (
        <li key={each.rule} className="px-3 py-2.5 text-sm">
          <p className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
            <Link
              href={`/organisation/rules/${encodeURIComponent(each.rule)}`}
              className="break-all font-medium font-mono text-xs hover:text-accent hover:underline"
            >
              {each.rule}
            </Link>
            {each.amounts && <span className="text-muted text-xs">for amounts {each.amounts}</span>}
            {each.next?.isNow && (
              <span className="rounded bg-warn-soft px-1.5 py-0.5 font-medium text-warn text-xs">
                nobody now
              </span>
            )}
            <span className="tabular text-muted text-xs sm:ml-auto">
              {each.count === 0
                ? "None in the period"
                : `${formatHours(each.hours)} in ${each.count === 1 ? "one gap" : `${each.count} gaps`}`}
              {each.waited > 0 && (
                <span className="font-medium text-bad">
                  {" "}
                  · {each.waited} {each.waited === 1 ? "draft" : "drafts"} waited
                </span>
              )}
            </span>
          </p>
          {each.longest.length > 0 && (
            <p className="mt-1 text-xs">
              <span className="text-muted">Longest: </span>
              {each.longest
                .map(
                  ({ start, end, waited }) =>
                    `${momentIn(zone, start)} to ${momentIn(zone, end)}${waited > 0 ? ` (${waited} waited)` : ""}`,
                )
                .join("; ")}
            </p>
          )}
          {each.next && (
            <p className="mt-0.5 text-xs">
              <span className="text-muted">{each.next.isNow ? "Now, until: " : "Next: "}</span>
              {each.next.isNow
                ? momentIn(zone, each.next.end)
                : `${momentIn(zone, each.next.start)} to ${momentIn(zone, each.next.end)}`}
            </p>
          )}
          {each.schedules.length > 0 && (
            <p className="mt-0.5 text-xs">
              <span className="text-muted">Schedules: </span>
              {each.schedules.map(({ id, name }, index) => (
                <span key={id}>
                  {index > 0 && ", "}
                  <Link
                    href={`/organisation/on-call/${encodeURIComponent(id)}`}
                    className="text-accent hover:underline hover:underline-offset-2"
                  >
                    {name}
                  </Link>
                </span>
              ))}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
