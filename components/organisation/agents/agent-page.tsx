"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Age } from "@/components/ui/time-left";
import type { changeAgent } from "@/lib/agents/change-agent";
import type { AgentDetail } from "@/lib/agents/get-agent";
import type { setAgentDisabled } from "@/lib/agents/set-agent-disabled";
import type { issueKey } from "@/lib/keys/issue-key";
import { Chip } from "../chips";
import { ConfirmDialog } from "../confirm-dialog";
import { PageFrame } from "../page-frame";
import { PersonPicker } from "../person-picker";
import type { ServerAction } from "../server-action";
import { useEdited } from "../use-edited";
import { useSave } from "../use-save";
import { type KeyActions, KeyList } from "./key-list";
import { NewKey } from "./new-key";
import { recentWords } from "./recent-words";

export interface AgentActions extends KeyActions {
  change: ServerAction<typeof changeAgent>;
  setDisabled: ServerAction<typeof setAgentDisabled>;
  issue: ServerAction<typeof issueKey>;
}

/** One agent: its keys, its owner, what became of its drafts; admins change it. */
export function AgentPage({
  agent,
  serverNow,
  actions,
}: {
  agent: AgentDetail;
  serverNow: number;
  /** Null for those who may only look. */
  actions: AgentActions | null;
}) {
  const { id, name, owner, keys, disabledAt } = agent;
  return (
    <PageFrame
      title={name}
      back={{ href: "/organisation/agents", label: "Agents and keys" }}
      marks={disabledAt && <Chip look="bad">disabled</Chip>}
      actions={actions && <AgentState agent={agent} setDisabled={actions.setDisabled} />}
    >
      <div className="grid items-start gap-3 lg:grid-cols-[1fr_20rem]">
        <Panel title="Keys">
          {actions && !disabledAt && (
            <div className="mt-1 mb-1">
              <NewKey holder={{ kind: "agent", id, name }} issue={actions.issue} />
            </div>
          )}
          {keys.length === 0 && (
            <p className="py-1 text-muted text-sm">It has no key yet, so it cannot submit anything.</p>
          )}
          <KeyList keys={keys} ownerId={owner.id} actions={actions} />
        </Panel>
        <div className="grid min-w-0 gap-3">
          {actions ? (
            <AgentForm key={id} agent={agent} change={actions.change} />
          ) : (
            <Panel title="Owner">
              <Link href={`/organisation/people/${owner.id}`} className="text-accent text-sm hover:underline">
                {owner.name}
              </Link>
            </Panel>
          )}
          <Panel title="Drafts in 30 days">
            <p className="text-sm">{recentWords(agent.recent)}</p>
            <p className="text-muted text-xs">
              {agent.lastDraftAt ? (
                <>
                  Last draft <Age at={agent.lastDraftAt} serverNow={serverNow} ago />
                </>
              ) : (
                "It has never submitted one."
              )}
            </p>
          </Panel>
        </div>
      </div>
    </PageFrame>
  );
}

function AgentForm({ agent, change }: { agent: AgentDetail; change: ServerAction<typeof changeAgent> }) {
  const { id, name, owner, version } = agent;
  const { save, saving, errors } = useSave();
  const stored: { name: string; owner: { id: string; name: string } | null } = {
    name,
    owner: { id: owner.id, name: owner.name },
  };
  const form = useEdited(stored, version);
  const submit = async () => {
    const { values } = form;
    const input = { id, version: form.version, name: values.name, ownerId: values.owner?.id ?? "" };
    const saved = await save(() => change(input), `${values.name.trim()} is saved`);
    if (saved) form.saved(saved.version);
  };
  return (
    <Panel title="Name and owner" aside={owner.disabled && <Chip look="bad">its owner is disabled</Chip>}>
      <form
        className="mt-2 grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          label="Name"
          error={errors["/name"]}
          hint={
            form.theirs.name && <span className="text-warn">Somebody else stored: {form.theirs.name}</span>
          }
        >
          {(control) => (
            <Input
              {...control}
              required
              autoComplete="off"
              maxLength={100}
              value={form.values.name}
              onChange={(event) => form.set("name", event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Owner"
          error={errors["/ownerId"]}
          hint={
            form.theirs.owner ? (
              <span className="text-warn">Somebody else stored: {form.theirs.owner.name}</span>
            ) : (
              "Answers for what it drafts, and so never decides on it. Its keys stay the former owner's until they are rotated."
            )
          }
        >
          {(control) => (
            <PersonPicker
              {...control}
              label="Owner"
              value={form.values.owner}
              onChange={(next) => form.set("owner", next)}
            />
          )}
        </Field>
        <div className="mb-1 flex justify-end">
          <Button type="submit" look="accent" disabled={saving || !form.isChanged}>
            Save
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function AgentState({
  agent,
  setDisabled,
}: {
  agent: AgentDetail;
  setDisabled: ServerAction<typeof setAgentDisabled>;
}) {
  const { save, saving } = useSave();
  const [asking, setAsking] = useState(false);
  const isDisabled = agent.disabledAt !== null;
  const active = agent.keys.filter(({ state }) => state === "active").length;
  const change = async () => {
    const done = `${agent.name} is ${isDisabled ? "enabled" : "disabled"}`;
    await save(() => setDisabled({ id: agent.id, disabled: !isDisabled }), done);
    setAsking(false);
  };
  return (
    <>
      <Button look={isDisabled ? "plain" : "danger"} onClick={() => setAsking(true)}>
        {isDisabled ? "Enable" : "Disable"}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`${isDisabled ? "Enable" : "Disable"} ${agent.name}?`}
        confirm={isDisabled ? "Enable" : "Disable"}
        look={isDisabled ? "accent" : "danger_solid"}
        busy={saving}
        onConfirm={change}
      >
        {isDisabled
          ? `Its keys that are not revoked or expired work again at once (${active}).`
          : `Its keys stop at once (${active}): it submits nothing and claims nothing. What it has submitted stays where it is, waiting drafts included.`}
      </ConfirmDialog>
    </>
  );
}
