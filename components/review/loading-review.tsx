import { formatMoney } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { TierBadge } from "@/components/ui/tier-badge";
import type { InboxItem } from "@/lib/drafts/types";

const BLOCKS = [
  ["h-24", "h-56", "h-40"],
  ["h-40", "h-44", "h-24"],
  ["h-96", "", ""],
];

/** The review before it is read: what the list knows of it, and the places of the rest. */
export function LoadingReview({ item }: { item: InboxItem | null }) {
  return (
    <div aria-busy="true" className="min-h-[calc(100dvh-3rem)]">
      <span className="sr-only" role="status">
        Loading the draft
      </span>
      <div className="flex h-12 items-center gap-3 px-3 sm:px-4">
        <span className="w-6" />
        {item ? (
          <>
            <TierBadge tier={item.tier} />
            <span className="font-semibold text-base">{item.title}</span>
            {item.amount !== null && (
              <span className="tabular font-semibold text-base">
                {formatMoney(item.amount, item.currency)}
              </span>
            )}
            <span className="min-w-0 truncate text-muted text-sm">
              <HostileText text={item.summary} />
            </span>
          </>
        ) : (
          <span className="h-5 w-64 rounded bg-hover" />
        )}
      </div>
      <div className="grid gap-2.5 px-3 sm:px-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.15fr)]">
        {BLOCKS.map((column) => (
          <div key={column.join(" ")} className="grid content-start gap-2.5">
            {column
              .filter((height) => height !== "")
              .map((height) => (
                <div key={height} className={`${height} rounded-lg border bg-surface`} />
              ))}
          </div>
        ))}
      </div>
    </div>
  );
}
