"use client";

import { Panel } from "@/components/ui/panel";
import type { addGroupMember } from "@/lib/directory/add-group-member";
import type { deleteGroup } from "@/lib/directory/delete-group";
import type { GroupDetail } from "@/lib/directory/get-group";
import type { removeGroupMember } from "@/lib/directory/remove-group-member";
import type { renameGroup } from "@/lib/directory/rename-group";
import { DeleteButton } from "../delete-button";
import { NameForm } from "../name-form";
import { PageFrame } from "../page-frame";
import { RuleLinks } from "../rule-links";
import type { ServerAction } from "../server-action";
import { MembersPanel } from "./members-panel";

const LIST = "/organisation/groups";

/** One group: who is in it, which rules ask it, its name. */
export function GroupPage({
  group,
  mayWrite,
  actions,
}: {
  group: GroupDetail;
  mayWrite: boolean;
  actions: {
    add: ServerAction<typeof addGroupMember>;
    remove: ServerAction<typeof removeGroupMember>;
    rename: ServerAction<typeof renameGroup>;
    delete: ServerAction<typeof deleteGroup>;
  };
}) {
  const { id, name, version, rules } = group;
  return (
    <PageFrame
      title={name}
      back={{ href: LIST, label: "Groups" }}
      actions={
        mayWrite && (
          <DeleteButton
            name={name}
            list={LIST}
            remove={() => actions.delete({ id })}
            blockedBecause={
              rules.length > 0 ? `It is asked by ${rules.join(", ")}. Change what they ask first.` : null
            }
          />
        )
      }
    >
      <div className="grid items-start gap-3 lg:grid-cols-[1fr_20rem]">
        <MembersPanel group={group} mayWrite={mayWrite} add={actions.add} remove={actions.remove} />
        <div className="grid min-w-0 gap-3">
          <Panel title="Asked by approver rules">
            {rules.length > 0 ? (
              <RuleLinks rules={rules} />
            ) : (
              <p className="text-muted text-sm">No approver rule asks this group.</p>
            )}
          </Panel>
          {mayWrite && (
            <NameForm
              key={id}
              name={name}
              version={version}
              rename={(change) => actions.rename({ id, ...change })}
            />
          )}
        </div>
      </div>
    </PageFrame>
  );
}
