import { TierBadge } from "@/components/ui/tier-badge";
import type { BatchGroup } from "@/lib/drafts/batch/types";

export const pathOfGroup = ({ actionType, rule }: Pick<BatchGroup, "actionType" | "rule">): string =>
  `/inbox/batch?${new URLSearchParams({ type: actionType, rule })}`;

/** A group as a line of a list: what it is, its rule, how many wait. */
export function GroupName({ group, isMore }: { group: BatchGroup; isMore: boolean }) {
  return (
    <>
      <TierBadge tier={group.tier} />
      <span className="min-w-0 truncate font-medium">{group.title}</span>
      <span className="min-w-0 truncate text-muted">{group.rule}</span>
      <span className="tabular ml-auto pl-3 text-muted">
        {group.count}
        {isMore && "+"}
      </span>
    </>
  );
}
