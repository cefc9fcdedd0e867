"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { PersonPicker } from "@/components/organisation/person-picker";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import { type BandForm, newTarget, type TargetForm, type TargetKind } from "./rule-form";

export interface Choice {
  id: string;
  name: string;
}

interface Choices {
  groups: Choice[];
  schedules: Choice[];
  departments: Choice[];
}

const KINDS: Record<TargetKind, string> = {
  person: "Person",
  schedule: "On call in",
  group: "Group",
  department_head: "Head of the draft's department",
  every_approver: "Every approver",
};

const ICON_BUTTON =
  "inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink disabled:opacity-30";

interface Props {
  band: BandForm;
  index: number;
  bands: BandForm[];
  choices: Choices;
  canEdit: boolean;
  errors: Record<string, string>;
  onChange: (band: BandForm) => void;
  onRemove: (() => void) | null;
}

/** One amount band: its upper bound and the list of whom it asks, in order. */
export function BandEditor({ band, index, bands, choices, canEdit, errors, onChange, onRemove }: Props) {
  const isLast = index === bands.length - 1;
  const path = `/definition/bands/${index}`;
  const title = isLast
    ? bands.length === 1
      ? "Any amount"
      : "Everything above, and unknown amounts"
    : `Amounts up to ${band.upTo || "…"}`;
  const setTarget = (key: number, change: Partial<TargetForm>) =>
    onChange({ ...band, ask: band.ask.map((each) => (each.key === key ? { ...each, ...change } : each)) });
  const move = (from: number, to: number) => {
    const ask = [...band.ask];
    ask.splice(to, 0, ...ask.splice(from, 1));
    onChange({ ...band, ask });
  };

  return (
    <fieldset disabled={!canEdit} className="rounded-lg border bg-surface p-3">
      <legend className="sr-only">{title}</legend>
      <div className="flex flex-wrap items-end gap-3">
        {isLast ? (
          <p className="min-w-40 flex-1 py-1.5 font-medium text-sm">{title}</p>
        ) : (
          <Field label="Amounts up to" error={errors[`${path}/up_to`]} className="w-40">
            {(control) => (
              <Input
                {...control}
                inputMode="decimal"
                value={band.upTo}
                onChange={(event) => onChange({ ...band, upTo: event.target.value })}
              />
            )}
          </Field>
        )}
        <Field label="Ask" className="w-full sm:ml-auto sm:w-60">
          {(control) => (
            <Select
              {...control}
              value={band.mode}
              onChange={(event) => onChange({ ...band, mode: event.target.value as BandForm["mode"] })}
            >
              <option value="first">The first who is there, then the next</option>
              <option value="all">All of them: any may decide</option>
            </Select>
          )}
        </Field>
        {onRemove && canEdit && !isLast && (
          <button type="button" onClick={onRemove} aria-label={`Remove: ${title}`} className={ICON_BUTTON}>
            <X aria-hidden="true" className="size-4" />
          </button>
        )}
      </div>
      <ol className="mt-2 space-y-2">
        {band.ask.map((target, position) => (
          <li
            key={target.key}
            className="grid grid-cols-[1.5rem_minmax(0,1fr)_auto] items-start gap-2 border-t pt-2"
          >
            <span className="tabular pt-2 text-muted text-xs">{position + 1}.</span>
            <div className="min-w-0">
              <div className="grid gap-2 sm:grid-cols-[11rem_1fr]">
                <Select
                  aria-label={`Kind of number ${position + 1}`}
                  value={target.kind}
                  onChange={(event) =>
                    setTarget(target.key, { kind: event.target.value as TargetKind, id: "", name: "" })
                  }
                >
                  {Object.entries(KINDS).map(([kind, label]) => (
                    <option key={kind} value={kind}>
                      {label}
                    </option>
                  ))}
                </Select>
                <TargetControl
                  target={target}
                  choices={choices}
                  canEdit={canEdit}
                  label={`Number ${position + 1}`}
                  onChange={(change) => setTarget(target.key, change)}
                />
              </div>
              {errors[`${path}/ask/${position}`] && (
                <p role="alert" className="mt-0.5 text-bad text-xs">
                  {errors[`${path}/ask/${position}`]}
                </p>
              )}
              {choices.departments.length > 0 && (canEdit || target.departments.length > 0) && (
                <Departments
                  target={target}
                  choices={choices.departments}
                  onChange={(departments) => setTarget(target.key, { departments })}
                />
              )}
            </div>
            {canEdit && (
              <div className="flex">
                <button
                  type="button"
                  disabled={position === 0}
                  onClick={() => move(position, position - 1)}
                  aria-label={`Ask number ${position + 1} earlier`}
                  className={ICON_BUTTON}
                >
                  <ArrowUp aria-hidden="true" className="size-3.5" />
                </button>
                <button
                  type="button"
                  disabled={position === band.ask.length - 1}
                  onClick={() => move(position, position + 1)}
                  aria-label={`Ask number ${position + 1} later`}
                  className={ICON_BUTTON}
                >
                  <ArrowDown aria-hidden="true" className="size-3.5" />
                </button>
                <button
                  type="button"
                  disabled={band.ask.length === 1}
                  onClick={() => onChange({ ...band, ask: band.ask.filter(({ key }) => key !== target.key) })}
                  aria-label={`Remove number ${position + 1}`}
                  className={ICON_BUTTON}
                >
                  <X aria-hidden="true" className="size-3.5" />
                </button>
              </div>
            )}
          </li>
        ))}
      </ol>
      {canEdit && (
        <Button
          look="quiet"
          className="mt-1"
          onClick={() => onChange({ ...band, ask: [...band.ask, newTarget("person")] })}
        >
          Add somebody
        </Button>
      )}
    </fieldset>
  );
}

function TargetControl({
  target,
  choices,
  canEdit,
  label,
  onChange,
}: {
  target: TargetForm;
  choices: Choices;
  canEdit: boolean;
  label: string;
  onChange: (change: Partial<TargetForm>) => void;
}) {
  if (target.kind === "person") {
    return (
      <PersonPicker
        label={label}
        withRole="approver"
        disabled={!canEdit}
        value={target.id ? { id: target.id, name: target.name } : null}
        onChange={(person) => onChange({ id: person?.id ?? "", name: person?.name ?? "" })}
      />
    );
  }
  if (target.kind === "department_head" || target.kind === "every_approver") return null;
  const list = target.kind === "group" ? choices.groups : choices.schedules;
  return (
    <Select
      aria-label={label}
      value={target.id}
      onChange={(event) => onChange({ id: event.target.value, name: "" })}
    >
      <option value="">{list.length ? "Choose…" : "There is none yet"}</option>
      {list.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}

/** Limits a target to the drafts of some departments. */
function Departments({
  target,
  choices,
  onChange,
}: {
  target: TargetForm;
  choices: Choice[];
  onChange: (departments: string[]) => void;
}) {
  const chosen = choices.filter(({ id }) => target.departments.includes(id));
  return (
    <details className="mt-1 text-xs">
      <summary className="inline-block cursor-pointer rounded py-0.5 text-muted hover:text-ink">
        {chosen.length ? `Only for ${chosen.map(({ name }) => name).join(", ")}` : "For every department"}
      </summary>
      <div className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
        {choices.map(({ id, name }) => (
          <label key={id} className="flex min-h-6 items-center gap-1.5">
            <input
              type="checkbox"
              checked={target.departments.includes(id)}
              onChange={(event) =>
                onChange(
                  event.target.checked
                    ? [...target.departments, id]
                    : target.departments.filter((each) => each !== id),
                )
              }
            />
            {name}
          </label>
        ))}
      </div>
    </details>
  );
}
