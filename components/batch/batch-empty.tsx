"use client";

import { CheckCheck } from "lucide-react";
import Link from "next/link";
import type { Batch, BatchGroup } from "@/lib/drafts/batch/types";
import { GroupName, pathOfGroup } from "./group-name";

/** Nothing of this group is to be decided together: where to go on. */
export function BatchEmpty({ batch, onPick }: { batch: Batch; onPick: (group: BatchGroup) => void }) {
  const { groups, aside, isMore } = batch;
  const others = groups.filter(
    ({ actionType, rule }) => actionType !== batch.group?.actionType || rule !== batch.group?.rule,
  );
  return (
    <div className="mx-auto flex max-w-lg flex-col items-center px-4 py-16 text-center">
      <CheckCheck aria-hidden="true" className="size-8 text-good" />
      <h2 className="mt-3 font-semibold text-base">
        {aside.length > 0 ? "Nothing here to decide together" : "Nothing of this group waits"}
      </h2>
      <p className="mt-1 text-muted text-sm">
        {aside.length > 0
          ? "Each of the drafts below is unlike the others, and needs a look of its own."
          : others.length > 0
            ? "Go on with another group."
            : "The batch queue is empty for you. New drafts appear in the inbox by themselves."}
      </p>
      {others.length > 0 && (
        <ul className="mt-4 w-full divide-y rounded-lg border bg-surface text-left">
          {others.slice(0, 8).map((group) => (
            <li key={`${group.actionType} ${group.rule}`}>
              <Link
                href={pathOfGroup(group)}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
                  event.preventDefault();
                  onPick(group);
                }}
                className="flex min-h-11 items-center gap-2 px-3 text-sm hover:bg-hover"
              >
                <GroupName group={group} isMore={isMore} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      <Link
        href="/inbox?queue=batch"
        className="mt-4 font-medium text-accent text-sm underline underline-offset-2"
      >
        Back to the list
      </Link>
    </div>
  );
}
