import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { ATTENTION_DAYS } from "@/lib/insights/attention/days";

/** Over how many days the figures are. */
export function DaysLinks({ path, days }: { path: string; days: number }) {
  return (
    <nav aria-label="Period" className="flex rounded-md border bg-surface p-0.5 text-sm">
      {ATTENTION_DAYS.map((each) => (
        <Link
          key={each}
          href={`${path}?days=${each}`}
          aria-current={each === days ? "page" : undefined}
          className={classNames(
            "rounded px-2.5 py-1 font-medium whitespace-nowrap",
            each === days ? "bg-accent-soft text-accent" : "text-muted hover:bg-hover",
          )}
        >
          {each} days
        </Link>
      ))}
    </nav>
  );
}
