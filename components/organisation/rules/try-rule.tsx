"use client";

import { useEffect, useState } from "react";
import { Field, Input, Select } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import type { ActionResult } from "@/lib/adapters/action";
import type { RuleTrial } from "@/lib/directory/try-approver-rule";
import type { ApproverRuleDefinition } from "@/lib/routing/approver-rule";
import type { Choice } from "./band-editor";

export type TryOut = (input: {
  name: string;
  definition: ApproverRuleDefinition;
  amount: number | null;
  departmentId: string | null;
  at: string;
  required: number;
}) => Promise<ActionResult<RuleTrial>>;

const WAIT_MS = 250;

/** A moment as `datetime-local` has it, on the viewer's clock. */
function localMoment(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** Type an amount, a department and a time; see who it would be and why, by the rule as it stands in the editor. */
export function TryRule({
  name,
  definition,
  departments,
  tryOut,
}: {
  name: string;
  definition: ApproverRuleDefinition;
  departments: Choice[];
  tryOut: TryOut;
}) {
  const [amount, setAmount] = useState("");
  const [department, setDepartment] = useState("");
  // Set on the client only: the server's clock and zone are others.
  const [at, setAt] = useState("");
  const [required, setRequired] = useState(1);
  const [result, setResult] = useState<ActionResult<RuleTrial> | null>(null);
  useEffect(() => setAt(localMoment(new Date())), []);

  const moment = new Date(at);
  const question = JSON.stringify({
    name,
    definition,
    amount: amount.trim() === "" ? null : Number(amount.replaceAll(",", "")),
    departmentId: department || null,
    at: Number.isNaN(moment.getTime()) ? null : moment.toISOString(),
    required,
  });
  useEffect(() => {
    const input = JSON.parse(question);
    if (input.at === null) return;
    let current = true;
    const timer = setTimeout(async () => {
      const answer = await tryOut(input).catch(() => null);
      if (current) setResult(answer);
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [question, tryOut]);

  return (
    <Panel title="Try it" aside="nothing is saved" className="self-start lg:sticky lg:top-16">
      <div className="space-y-2 pt-1">
        <Field label="Amount" optional>
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              value={amount}
              placeholder="unknown"
              onChange={(event) => setAmount(event.target.value)}
            />
          )}
        </Field>
        {departments.length > 0 && (
          <Field label="Department" optional>
            {(control) => (
              <Select {...control} value={department} onChange={(event) => setDepartment(event.target.value)}>
                <option value="">none</option>
                {departments.map(({ id, name: label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <div className="grid grid-cols-[minmax(0,1fr)_5rem] gap-2">
          <Field label="At">
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                value={at}
                onChange={(event) => setAt(event.target.value)}
              />
            )}
          </Field>
          <Field label="Approvals">
            {(control) => (
              <Input
                {...control}
                type="number"
                min={1}
                max={20}
                value={required}
                onChange={(event) => setRequired(Math.min(20, Math.max(1, Number(event.target.value) || 1)))}
              />
            )}
          </Field>
        </div>
      </div>
      <div aria-live="polite" className="mt-3 border-t pt-2 text-sm">
        <Answer result={result} />
      </div>
    </Panel>
  );
}

function Answer({ result }: { result: ActionResult<RuleTrial> | null }) {
  if (!result) return <p className="text-muted">Asking…</p>;
  if (!result.ok) {
    const unfinished = result.code === "invalid_request";
    return (
      <p className="text-muted">
        {unfinished ? "Fill the rule in to see whom it would ask." : result.message}
      </p>
    );
  }
  const { approvers, passedOver, enough } = result.data;
  return (
    <>
      {approvers.length > 0 && (
        <ul className="space-y-1">
          {approvers.map(({ id, name, because }) => (
            <li key={id}>
              <span className="font-medium">{name}</span> <span className="text-muted">{because}</span>
            </li>
          ))}
        </ul>
      )}
      {!enough && (
        <p className="mt-1 rounded bg-warn-soft px-2 py-1 text-warn">
          {approvers.length === 0 ? "Nobody would be asked." : "Fewer than have to approve."} It would go up
          the chain at once, and the admins would be told.
        </p>
      )}
      {passedOver.length > 0 && (
        <ul className="mt-2 space-y-0.5 text-muted text-xs">
          {passedOver.map(({ who, because }) => (
            <li key={`${who} ${because}`}>
              {who}: {because}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
