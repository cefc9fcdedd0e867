"use client";

import { ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { BatchGroup } from "@/lib/drafts/batch/types";
import { GroupName } from "./group-name";

/** The other groups that wait, to go on with one of them. */
export function GroupPicker({
  groups,
  isMore,
  onPick,
}: {
  groups: BatchGroup[];
  isMore: boolean;
  onPick: (group: BatchGroup) => void;
}) {
  if (groups.length === 0) return null;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="inline-flex min-h-8 items-center gap-1 rounded-md px-2 font-medium text-accent text-sm hover:bg-hover">
        {groups.length} other {groups.length === 1 ? "group" : "groups"}
        <ChevronDown aria-hidden="true" className="size-3.5" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-40 max-h-[60dvh] w-[min(26rem,calc(100vw-1.5rem))] overflow-y-auto rounded-lg border bg-surface p-1 shadow-xl"
        >
          {groups.map((group) => (
            <DropdownMenu.Item
              key={`${group.actionType} ${group.rule}`}
              onSelect={() => onPick(group)}
              className="flex min-h-9 cursor-pointer items-center gap-2 rounded-md px-2 text-sm outline-none data-[highlighted]:bg-hover"
            >
              <GroupName group={group} isMore={isMore} />
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
