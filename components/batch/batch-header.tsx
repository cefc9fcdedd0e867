"use client";

import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { TierBadge } from "@/components/ui/tier-badge";
import type { Batch, BatchGroup } from "@/lib/drafts/batch/types";
import { GroupPicker } from "./group-picker";

/** How many of what, by which rule, and the other groups to go to. */
export function BatchHeader({ batch, onPick }: { batch: Batch; onPick: (group: BatchGroup) => void }) {
  const { group, groups, items, aside, isMore } = batch;
  const others = groups.filter((each) => each.actionType !== group?.actionType || each.rule !== group?.rule);
  const rules = [...new Set([...items, ...aside.map(({ item }) => item)].map((each) => each.approverRule))];
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 sm:px-4">
      <Link
        href="/inbox?queue=batch"
        aria-label="Back to the list"
        title="Back to the list (Esc)"
        className="-ml-1 inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
      </Link>
      {group ? (
        <>
          <TierBadge tier={group.tier} />
          <h1 className="font-semibold text-base">
            {group.title}
            <span className="tabular ml-2 font-normal text-muted">
              {items.length} of {Math.max(group.count, items.length + aside.length)}
              {isMore && "+"}
            </span>
          </h1>
          <p className="text-muted text-xs">
            Rule {group.rule}
            {rules.length === 1 && ` · approver rule ${rules[0]}`}
          </p>
        </>
      ) : (
        <h1 className="font-semibold text-base">Batch</h1>
      )}
      {group && (
        <div className="ml-auto">
          <GroupPicker groups={others} isMore={isMore} onPick={onPick} />
        </div>
      )}
    </header>
  );
}
