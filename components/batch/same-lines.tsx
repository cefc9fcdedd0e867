import { HostileText } from "@/components/ui/hostile-text";
import type { Comparison } from "@/lib/drafts/batch/compare-columns";

/** What all drafts of the batch have alike, said once. */
export function SameLines({ same, count }: { same: Comparison["same"]; count: number }) {
  if (same.length === 0 || count < 2) return null;
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 border-b bg-sunken px-3 py-1.5 text-xs">
      <h2 className="font-semibold">Same for all {count}</h2>
      <dl className="flex min-w-0 flex-wrap items-baseline gap-x-4 gap-y-0.5">
        {same.map(({ key, label, text }) => (
          <div key={key} className="flex min-w-0 max-w-full gap-1">
            <dt className="shrink-0 text-muted">{label}</dt>
            <dd className="min-w-0 truncate font-medium">
              <HostileText text={text} oneLine />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
