"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import type { addGroupMember } from "@/lib/directory/add-group-member";
import type { GroupDetail } from "@/lib/directory/get-group";
import type { removeGroupMember } from "@/lib/directory/remove-group-member";
import { Chip, RoleChips } from "../chips";
import { Pager } from "../pager";
import { PersonPicker } from "../person-picker";
import type { ServerAction } from "../server-action";
import { useSave } from "../use-save";

/** Who is in a group; admins add by name and remove. */
export function MembersPanel({
  group,
  mayWrite,
  add,
  remove,
}: {
  group: GroupDetail;
  mayWrite: boolean;
  add: ServerAction<typeof addGroupMember>;
  remove: ServerAction<typeof removeGroupMember>;
}) {
  const { save, saving } = useSave();
  const { rows, total } = group.members;
  return (
    <Panel title="Members" aside={<span className="tabular">{total}</span>}>
      {mayWrite && (
        <div className="mt-1 mb-2 max-w-sm">
          <PersonPicker
            label="Add a member"
            placeholder="Add somebody by name"
            value={null}
            disabled={saving}
            exclude={rows.map(({ id }) => id)}
            onChange={(person) => {
              if (!person) return;
              const input = { groupId: group.id, personId: person.id };
              save(() => add(input), `${person.name} is in ${group.name}`);
            }}
          />
        </div>
      )}
      {rows.length === 0 && (
        <p className="py-2 text-muted text-sm">
          Nobody is in it yet{group.rules.length > 0 && ", so the rules below ask nobody through it"}.
        </p>
      )}
      <ul className="divide-y divide-line">
        {rows.map((member) => (
          <li key={member.id} className="flex min-h-10 items-center gap-3 py-1 text-sm">
            <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">
              <Link
                href={`/organisation/people/${member.id}`}
                prefetch={false}
                className="truncate font-medium hover:underline"
              >
                {member.name}
              </Link>
              {member.disabled && <Chip look="bad">disabled</Chip>}
              {!member.disabled && !member.roles.includes("approver") && (
                <Chip look="warn" title="Rules that ask this group pass over them">
                  cannot decide
                </Chip>
              )}
              <span className="truncate text-muted text-xs">{member.department}</span>
            </div>
            <span className="hidden sm:inline">
              <RoleChips roles={member.roles} />
            </span>
            {mayWrite && (
              <button
                type="button"
                aria-label={`Remove ${member.name}`}
                title="Remove"
                disabled={saving}
                onClick={() =>
                  save(
                    () => remove({ groupId: group.id, personId: member.id }),
                    `${member.name} is no longer in ${group.name}`,
                  )
                }
                className="inline-flex size-7 shrink-0 items-center justify-center rounded text-muted hover:bg-hover hover:text-bad"
              >
                <X aria-hidden="true" className="size-3.5" />
              </button>
            )}
          </li>
        ))}
      </ul>
      <Pager {...group.members} />
    </Panel>
  );
}
