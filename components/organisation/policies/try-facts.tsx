"use client";

import { useEffect, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { TextArea } from "@/components/ui/text-area";
import { withKeys } from "@/components/ui/with-keys";
import type { ActionResult } from "@/lib/adapters/action";
import { factWords } from "@/lib/policy/explain";
import type { FactControl } from "@/lib/policy-files/fact-controls";
import type { FactTrial } from "@/lib/policy-files/try-facts";
import { type Typed, toFacts, toTyped } from "./fact-values";
import { TrialResult } from "./trial-result";

export type TryOut = (input: { actionType: string; facts: string }) => Promise<ActionResult<FactTrial>>;

const WAIT_MS = 150;

/** Type facts, or paste them as JSON, and see what the policy makes of them as one types. Nothing is stored. */
export function TryFacts({
  actionType,
  facts: controls,
  cases,
  tryOut,
}: {
  actionType: string;
  facts: FactControl[];
  /** To begin from. */
  cases: { name: string; facts: Record<string, unknown> }[];
  tryOut: TryOut;
}) {
  const [typed, setTyped] = useState<Typed>({});
  /** Null while the form is used. */
  const [json, setJson] = useState<string | null>(null);
  const [result, setResult] = useState<ActionResult<FactTrial> | null>(null);
  const facts = json ?? JSON.stringify(toFacts(controls, typed));

  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const answer = await tryOut({ actionType, facts }).catch(() => NO_ANSWER);
      if (current) setResult(answer);
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [actionType, facts, tryOut]);

  const begin = (values: Record<string, unknown>) => {
    if (json !== null) setJson(JSON.stringify(values, null, 2));
    setTyped(toTyped(controls, values));
  };
  const toForm = () => {
    setTyped(toTyped(controls, readObject(json ?? "") ?? {}));
    setJson(null);
  };

  return (
    <Panel title="Try facts" aside="nothing is saved">
      <div className="grid gap-x-6 gap-y-3 pt-1 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
        <div className="min-w-0">
          <div className="flex items-end gap-2">
            {cases.length > 0 && (
              <Field label="Begin from a golden case" optional className="min-w-0 flex-1">
                {(control) => (
                  <Select
                    {...control}
                    value=""
                    onChange={(event) => begin(cases[Number(event.target.value)]?.facts ?? {})}
                  >
                    <option value="">choose one</option>
                    {withKeys(cases).map(({ key, value: { name } }) => (
                      <option key={key} value={key}>
                        {name}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
            )}
            {json === null ? (
              <Button look="quiet" onClick={() => setJson(JSON.stringify(toFacts(controls, typed), null, 2))}>
                As JSON
              </Button>
            ) : (
              <Button look="quiet" disabled={readObject(json) === null} onClick={toForm}>
                As a form
              </Button>
            )}
          </div>
          {json === null ? (
            <div className="mt-2 grid grid-cols-1 gap-2 min-[480px]:grid-cols-2">
              {controls.map((control) => (
                <FactField
                  key={control.name}
                  fact={control}
                  value={typed[control.name] ?? ""}
                  onChange={(value) => setTyped((former) => ({ ...former, [control.name]: value }))}
                />
              ))}
            </div>
          ) : (
            <Field label="Facts" className="mt-2" hint="One object by name; what is left out is unknown">
              {(control) => (
                <TextArea
                  {...control}
                  rows={10}
                  spellCheck={false}
                  className="font-mono"
                  value={json}
                  onChange={(event) => setJson(event.target.value)}
                />
              )}
            </Field>
          )}
        </div>
        <div
          aria-live="polite"
          className="min-w-0 border-t pt-2 text-sm lg:border-t-0 lg:border-l lg:pt-0 lg:pl-6"
        >
          <TrialResult result={result} />
        </div>
      </div>
    </Panel>
  );
}

const NO_ANSWER = {
  ok: false,
  code: "unavailable",
  message: "The server did not answer. What you typed is still here; try again in a moment.",
} as const;

function FactField({
  fact: { name, kind, suggestions, comesFrom },
  value,
  onChange,
}: {
  fact: FactControl;
  value: string;
  onChange: (value: string) => void;
}) {
  const listId = useId();
  const label = factWords(name);
  return (
    <Field label={label.charAt(0).toUpperCase() + label.slice(1)} className="min-w-0" hint={comesFrom}>
      {(control) =>
        kind === "boolean" ? (
          <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
            <option value="">unknown</option>
            <option value="true">yes</option>
            <option value="false">no</option>
          </Select>
        ) : (
          <>
            <Input
              {...control}
              value={value}
              placeholder="unknown"
              autoComplete="off"
              spellCheck={false}
              inputMode={kind === "number" ? "decimal" : undefined}
              list={suggestions.length > 0 ? listId : undefined}
              onChange={(event) => onChange(event.target.value)}
            />
            {suggestions.length > 0 && (
              <datalist id={listId}>
                {suggestions.map((each) => (
                  <option key={each} value={each} />
                ))}
              </datalist>
            )}
          </>
        )
      }
    </Field>
  );
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
