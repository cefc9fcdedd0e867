"use client";

import { useState } from "react";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import type { ActionResult } from "@/lib/adapters/action";
import type { HoldTargets } from "@/lib/holds/list-hold-targets";
import type { HoldInput } from "@/lib/holds/place-hold";

/** What to hold back, why, and until when. */
export function HoldDialog({
  open,
  onOpenChange,
  targets,
  hold,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  targets: HoldTargets;
  hold: (input: HoldInput) => Promise<ActionResult<{ id: string }>>;
}) {
  const { save, saving, errors } = useSave();
  const [target, setTarget] = useState("");
  const [rule, setRule] = useState("");
  const [reason, setReason] = useState("");
  const [endsAt, setEndsAt] = useState("");
  const [kind, id] = [target.slice(0, target.indexOf(":")), target.slice(target.indexOf(":") + 1)];
  const automatic =
    kind === "type"
      ? (targets.actionTypes.find(({ actionType }) => actionType === id)?.automaticRules ?? [])
      : [];

  const submit = async () => {
    const input: HoldInput = {
      target:
        kind === "agent"
          ? { kind: "agent", agentId: id }
          : { kind: "action_type", actionType: id, ...(rule ? { rule } : {}) },
      reason,
      ...(endsAt ? { endsAt: new Date(endsAt).toISOString() } : {}),
    };
    if (!(await save(() => hold(input), "Held back to review"))) return;
    onOpenChange(false);
    setTarget("");
    setRule("");
    setReason("");
    setEndsAt("");
  };

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Hold something back to review"
      description="Takes effect at once."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        className="flex min-h-0 flex-col"
      >
        <div className="space-y-3 overflow-y-auto px-4 py-3">
          <Field label="What" error={errors["/target/actionType"] ?? errors["/target/agentId"]}>
            {(control) => (
              <Select
                {...control}
                required
                value={target}
                onChange={(event) => {
                  setTarget(event.target.value);
                  setRule("");
                }}
              >
                <option value="">Choose…</option>
                <optgroup label="Action types">
                  {targets.actionTypes.map(({ actionType, title }) => (
                    <option key={actionType} value={`type:${actionType}`}>
                      {title}
                    </option>
                  ))}
                </optgroup>
                <optgroup label="Agents">
                  {targets.agents.map(({ id: agentId, name }) => (
                    <option key={agentId} value={`agent:${agentId}`}>
                      {name}
                    </option>
                  ))}
                </optgroup>
              </Select>
            )}
          </Field>
          {kind === "type" && (
            <Field
              label="Which of its rules"
              error={errors["/target/rule"]}
              hint={
                automatic.length === 0
                  ? "Its policy lets nothing run by itself today; the hold would count if that changed."
                  : undefined
              }
            >
              {(control) => (
                <Select {...control} value={rule} onChange={(event) => setRule(event.target.value)}>
                  <option value="">All that run by themselves</option>
                  {automatic.map((name) => (
                    <option key={name} value={name}>
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <Field label="Why" error={errors["/reason"]} hint="Stands on every draft that it holds back">
            {(control) => (
              <TextArea
                {...control}
                required
                rows={2}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
                onSubmitKey={submit}
              />
            )}
          </Field>
          <Field
            label="Until"
            optional
            error={errors["/endsAt"]}
            hint="It stays until somebody releases it otherwise"
          >
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                value={endsAt}
                onChange={(event) => setEndsAt(event.target.value)}
              />
            )}
          </Field>
        </div>
        <footer className="flex justify-end gap-2 border-t px-4 py-3">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" look="accent" disabled={saving || !target || reason.trim().length < 3}>
            {saving ? "Holding…" : "Hold back"}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
