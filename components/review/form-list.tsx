"use client";

import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { useRef } from "react";
import { withKeys } from "@/components/ui/with-keys";
import type { Schema } from "./drawing-hints";
import { FormControl } from "./form-control";
import { type FormContext, FormFields } from "./form-fields";
import { type Control, emptyValue, type FormValue, type FormValues } from "./form-model";

const BUTTON =
  "inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink disabled:opacity-30 sm:size-7";

/** The items of a list: add, take away, move up and down. */
export function FormList({
  item,
  schema,
  label,
  pointer,
  values,
  context,
  onChange,
}: {
  item: Control;
  schema: Schema;
  label: string;
  pointer: string;
  values: FormValue[];
  context: FormContext;
  onChange: (values: FormValue[]) => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  const isFull = typeof schema.maxItems === "number" && values.length >= schema.maxItems;
  const isFewest = typeof schema.minItems === "number" && values.length <= schema.minItems;
  const move = (from: number, to: number) => {
    const moved = values.toSpliced(from, 1).toSpliced(to, 0, values[from] as FormValue);
    onChange(moved);
    // The keyboard stays with what it moves.
    requestAnimationFrame(() =>
      list.current?.children[to]
        ?.querySelector<HTMLElement>(`[data-move="${to > from ? "down" : "up"}"]:not(:disabled), [data-move]`)
        ?.focus(),
    );
  };
  const add = () => {
    onChange([...values, emptyValue(item)]);
    requestAnimationFrame(() =>
      list.current?.lastElementChild?.querySelector<HTMLElement>("input, textarea, select")?.focus(),
    );
  };
  return (
    <>
      <ul ref={list} className="space-y-1.5">
        {withKeys(values).map(({ key: at, value }) => (
          <li key={at} className="flex items-start gap-1">
            <div className="min-w-0 flex-1">
              <ListItem
                item={item}
                label={`${label}, ${at + 1}`}
                pointer={`${pointer}/${at}`}
                value={value}
                context={context}
                onChange={(changed) => onChange(values.with(at, changed))}
              />
            </div>
            <button
              type="button"
              data-move="up"
              aria-label={`Move ${at + 1} of ${label} up`}
              disabled={at === 0}
              className={BUTTON}
              onClick={() => move(at, at - 1)}
            >
              <ArrowUp aria-hidden="true" className="size-3.5" />
            </button>
            <button
              type="button"
              data-move="down"
              aria-label={`Move ${at + 1} of ${label} down`}
              disabled={at === values.length - 1}
              className={BUTTON}
              onClick={() => move(at, at + 1)}
            >
              <ArrowDown aria-hidden="true" className="size-3.5" />
            </button>
            <button
              type="button"
              aria-label={`Take ${at + 1} of ${label} away`}
              disabled={isFewest}
              className={BUTTON}
              onClick={() => onChange(values.toSpliced(at, 1))}
            >
              <X aria-hidden="true" className="size-3.5" />
            </button>
          </li>
        ))}
      </ul>
      {!isFull && (
        <button
          type="button"
          onClick={add}
          aria-label={`Add one to ${label}`}
          className="mt-1 inline-flex items-center gap-1 rounded font-medium text-accent text-xs hover:underline"
        >
          <Plus aria-hidden="true" className="size-3.5" />
          Add
        </button>
      )}
    </>
  );
}

function ListItem({
  item,
  label,
  pointer,
  value,
  context,
  onChange,
}: {
  item: Control;
  label: string;
  pointer: string;
  value: FormValue;
  context: FormContext;
  onChange: (value: FormValue) => void;
}) {
  const error = context.errors[pointer];
  if (item.control === "group") {
    return (
      <fieldset aria-label={label} className="grid min-w-0 gap-2 rounded-md border p-2 sm:grid-cols-2">
        <FormFields
          fields={item.fields}
          values={value as FormValues}
          base={pointer}
          context={context}
          onChange={onChange}
        />
      </fieldset>
    );
  }
  if (item.control === "list") {
    return (
      <FormList
        item={item.item}
        schema={item.schema}
        label={label}
        pointer={pointer}
        values={value as FormValue[]}
        context={context}
        onChange={onChange}
      />
    );
  }
  return (
    <>
      <FormControl
        id={`field${pointer}`}
        control={item}
        value={value as string | boolean}
        required
        label={label}
        invalid={error !== undefined}
        describedBy={error ? `field${pointer}-error` : undefined}
        currency={context.currency}
        onChange={onChange}
      />
      {error && (
        <p id={`field${pointer}-error`} role="alert" className="foreign mt-0.5 text-bad text-xs">
          {error}
        </p>
      )}
    </>
  );
}
