import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { ATTENTION_DAYS } from "@/lib/insights/attention/days";

/** Over how many days the figures are. */
export function DaysLinks({ path, days }: { path: string; days: number }) {
  return (
    <nav aria-label="Period" className="flex rounded-md border border-strong-line bg-surface p-0.5">
      {ATTENTION_DAYS.map((each) => (
        <Link
          key={each}
          href={`${path}?days=${each}`}
          aria-current={each === days ? "true" : undefined}
          className={classNames(
            "inline-flex min-h-7 items-center rounded px-2 font-medium text-xs whitespace-nowrap",
            each === days ? "bg-accent-soft text-accent" : "text-muted hover:bg-hover hover:text-ink",
          )}
        >
          {each} days
        </Link>
      ))}
    </nav>
  );
}
