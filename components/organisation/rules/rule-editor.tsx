"use client";

import { Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { PageFrame } from "@/components/organisation/page-frame";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import type { ActionResult } from "@/lib/adapters/action";
import type { ApproverRuleView } from "@/lib/directory/list-approver-rules";
import type { ApproverRuleInput } from "@/lib/directory/save-approver-rule";
import { BandEditor, type Choice } from "./band-editor";
import { type BandForm, newBand, toDefinition, toForm } from "./rule-form";
import { type TryOut, TryRule } from "./try-rule";

interface Props {
  rule: ApproverRuleView | null;
  groups: Choice[];
  schedules: Choice[];
  departments: Choice[];
  canEdit: boolean;
  actions: {
    save: (input: ApproverRuleInput) => Promise<ActionResult<{ version: number }>>;
    remove: (input: { name: string; expectedVersion: number }) => Promise<ActionResult<{ name: string }>>;
    tryOut: TryOut;
  };
}

/** One approver rule: its bands, whom each asks, and beside it a box that says who that would be. */
export function RuleEditor({ rule, groups, schedules, departments, canEdit, actions }: Props) {
  const router = useRouter();
  const { save, saving, errors } = useSave();
  const [name, setName] = useState(rule?.name ?? "");
  const [description, setDescription] = useState(rule?.description ?? "");
  const [bands, setBands] = useState<BandForm[]>(() => toForm(rule?.bands ?? []));
  const [dirty, setDirty] = useState(false);
  const isNew = !rule?.exists;

  const change = (next: BandForm[]) => {
    setBands(next);
    setDirty(true);
  };
  const definition = toDefinition(bands);
  const submit = async () => {
    const input = { name, description, definition, expectedVersion: isNew ? null : rule.version };
    const saved = await save(() => actions.save(input), `${name} asks these people from now on`);
    if (!saved) return;
    setDirty(false);
    if (!rule) router.push(`/organisation/rules/${encodeURIComponent(name)}`);
  };
  const remove = async () => {
    if (!rule) return;
    const input = { name: rule.name, expectedVersion: rule.version };
    if (await save(() => actions.remove(input), `${rule.name} is gone`)) router.push("/organisation/rules");
  };

  return (
    <PageFrame
      title={rule?.name ?? "New approver rule"}
      description={
        rule?.usedBy.length
          ? `Used by ${rule.usedBy.join(", ")}.`
          : "No policy routes to it yet. A policy names it as approver_rule, escalate_to or in its escalation."
      }
      actions={
        <Link href="/organisation/rules" className="text-muted text-sm hover:text-ink">
          All rules
        </Link>
      }
    >
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
          className="min-w-0 space-y-4"
        >
          <div className="grid gap-3 rounded-lg border bg-surface p-3 sm:grid-cols-2">
            <Field label="Name" error={errors["/name"]} hint="What policies call it">
              {(control) => (
                <Input
                  {...control}
                  value={name}
                  disabled={rule !== null || !canEdit}
                  spellCheck={false}
                  className="font-mono"
                  placeholder="finance_oncall"
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </Field>
            <Field label="What it is for" optional error={errors["/description"]}>
              {(control) => (
                <Input
                  {...control}
                  value={description}
                  disabled={!canEdit}
                  onChange={(event) => {
                    setDescription(event.target.value);
                    setDirty(true);
                  }}
                />
              )}
            </Field>
          </div>
          {bands.map((band, index) => (
            <BandEditor
              key={band.key}
              band={band}
              index={index}
              bands={bands}
              choices={{ groups, schedules, departments }}
              canEdit={canEdit}
              errors={errors}
              onChange={(next) => change(bands.map((each) => (each.key === band.key ? next : each)))}
              onRemove={bands.length > 1 ? () => change(bands.filter(({ key }) => key !== band.key)) : null}
            />
          ))}
          {canEdit && (
            <div className="flex flex-wrap items-center gap-2">
              <Button onClick={() => change([newBand(), ...bands])}>Add an amount band</Button>
              <div className="ml-auto flex items-center gap-2">
                {rule?.exists && rule.usedBy.length === 0 && (
                  <Button look="danger" onClick={remove} disabled={saving}>
                    <Trash2 aria-hidden="true" className="size-3.5" /> Delete
                  </Button>
                )}
                <Button type="submit" look="accent" disabled={saving || !(dirty || isNew)}>
                  {saving ? "Saving…" : isNew ? "Enter the rule" : "Save"}
                </Button>
              </div>
            </div>
          )}
        </form>
        <TryRule
          name={name || "new_rule"}
          definition={definition}
          departments={departments}
          tryOut={actions.tryOut}
        />
      </div>
    </PageFrame>
  );
}
