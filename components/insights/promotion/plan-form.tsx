"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import { factWords } from "@/lib/policy/explain";

export interface PlanChoice {
  type: string;
  rule: string;
  /** In percent. */
  tolerance: number;
  days: number;
  imported: boolean;
  /** Empty for the best. */
  fact: string;
}

/** What to promote and what a manager accepts; the answer is the page below it, and the address keeps the question. */
export function PlanForm({
  choice,
  rules,
  facts,
}: {
  choice: PlanChoice;
  rules: { type: string; rule: string; label: string }[];
  facts: string[];
}) {
  const router = useRouter();
  const [isPending, start] = useTransition();
  const look = (form: HTMLFormElement) => {
    const data = new FormData(form);
    const [type = "", rule = ""] = JSON.parse(String(data.get("what"))) as string[];
    const isSame = type === choice.type && rule === choice.rule;
    const next = new URLSearchParams({
      type,
      rule,
      tolerance: String(data.get("tolerance") || 5),
      days: String(data.get("days")),
      ...(data.get("imported") ? { imported: "1" } : {}),
      ...(isSame && data.get("fact") ? { fact: String(data.get("fact")) } : {}),
    });
    start(() => router.replace(`/insights/promotions/new?${next}`, { scroll: false }));
  };
  return (
    <form
      aria-label="What to promote"
      aria-busy={isPending}
      onChange={(event: FormEvent<HTMLFormElement>) => {
        if ((event.target as HTMLInputElement).type !== "number") look(event.currentTarget);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        look(event.currentTarget);
      }}
      className="grid grid-cols-2 items-end gap-3 rounded-lg border bg-surface px-3.5 py-3 lg:grid-cols-[minmax(0,1fr)_8rem_9rem_10rem_auto]"
    >
      <Field label="Reviewed rule" className="col-span-2 min-w-0 lg:col-span-1">
        {(control) => (
          <Select {...control} name="what" defaultValue={JSON.stringify([choice.type, choice.rule])}>
            {rules.map(({ type, rule, label }) => (
              <option key={label} value={JSON.stringify([type, rule])}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Tolerance, %">
        {(control) => (
          <Input
            {...control}
            type="number"
            name="tolerance"
            min={0.1}
            max={50}
            step={0.1}
            defaultValue={choice.tolerance}
          />
        )}
      </Field>
      <Field label="Submitted in">
        {(control) => (
          <Select {...control} name="days" defaultValue={choice.days}>
            <option value={30}>30 days</option>
            <option value={90}>90 days</option>
            <option value={180}>180 days</option>
            <option value={365}>12 months</option>
          </Select>
        )}
      </Field>
      <Field label="Limit on">
        {(control) => (
          <Select key={`${choice.type} ${choice.rule}`} {...control} name="fact" defaultValue={choice.fact}>
            <option value="">what fits best</option>
            {facts.map((fact) => (
              <option key={fact} value={fact}>
                {factWords(fact)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button type="submit" disabled={isPending} className="min-h-[2.0625rem]">
        {isPending ? "Looking…" : "Look"}
      </Button>
      <label className="col-span-2 flex items-center gap-2 text-sm lg:col-span-full">
        <input
          type="checkbox"
          name="imported"
          defaultChecked={choice.imported}
          className="size-4 accent-accent"
        />
        Count imported decisions as evidence too
      </label>
    </form>
  );
}
