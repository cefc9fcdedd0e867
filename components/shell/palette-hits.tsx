import { becameOf } from "@/components/history/became";
import { BecameBadge } from "@/components/history/became-badge";
import { formatMoney } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { TierBadge } from "@/components/ui/tier-badge";
import type { HistoryItem } from "@/lib/drafts/list-history";
import type { InboxItem } from "@/lib/drafts/types";

/** A draft that waits, as a line of the palette. */
export function WaitingHit({ item, words }: { item: InboxItem; words: string }) {
  return (
    <>
      <Text item={item} words={words} />
      <span className="flex shrink-0 justify-end">
        <TierBadge tier={item.tier} />
      </span>
    </>
  );
}

/** A decided draft, as a line of the palette. */
export function DecidedHit({ item, words }: { item: HistoryItem; words: string }) {
  return (
    <>
      <Text item={item} words={words} />
      <span className="flex shrink-0 justify-end">
        <BecameBadge became={becameOf(item)} />
      </span>
    </>
  );
}

function Text({ item, words }: { item: InboxItem | HistoryItem; words: string }) {
  const { title, summary, subject, amount, currency } = item;
  return (
    <span className="min-w-0 flex-1">
      <span className="block truncate">
        <HostileText text={summary.slice(0, 200)} find={words} oneLine />
      </span>
      <span className="block truncate text-2xs text-muted">
        {title} · <HostileText text={`${subject.type} ${subject.id}`} oneLine />
        {amount !== null && ` · ${formatMoney(amount, currency)}`}
      </span>
    </span>
  );
}
