"use client";

import type { ReactNode } from "react";
import { toPointer } from "@/lib/policy/pointer";
import { FormControl } from "./form-control";
import { FormList } from "./form-list";
import { type Control, emptyValue, type FormField, type FormValue, type FormValues } from "./form-model";

/** What every part of the form is given. `errors` are by the JSON Pointer of the value. */
export interface FormContext {
  errors: Record<string, string>;
  currency: string | null;
}

/** The controls of an object, each with its label and what is wrong with it. */
export function FormFields({
  fields,
  values,
  base = "",
  context,
  onChange,
}: {
  fields: FormField[];
  values: FormValues;
  base?: string;
  context: FormContext;
  onChange: (values: FormValues) => void;
}) {
  return fields.map((field) => (
    <FormPart
      key={field.key}
      control={field}
      pointer={base + toPointer([field.key])}
      label={field.label}
      required={field.required}
      description={field.description}
      value={values[field.key] ?? emptyValue(field)}
      context={context}
      onChange={(value) => onChange({ ...values, [field.key]: value })}
    />
  ));
}

const WIDE = new Set<Control["control"]>(["longtext", "code", "json", "list", "group"]);

/** One control of whatever kind, labelled. */
export function FormPart({
  control,
  pointer,
  label,
  required,
  description,
  value,
  context,
  onChange,
}: {
  control: Control;
  pointer: string;
  label: string;
  required: boolean;
  description: string | null;
  value: FormValue;
  context: FormContext;
  onChange: (value: FormValue) => void;
}) {
  const id = `field${pointer}`;
  const error = context.errors[pointer];
  const described = [description && `${id}-about`, error && `${id}-error`].filter(Boolean).join(" ");
  if (control.control === "group") {
    return (
      <fieldset className="min-w-0 rounded-md border px-3 pb-3 sm:col-span-2">
        <legend className="px-1 font-medium text-sm">{label}</legend>
        <div className="grid min-w-0 gap-3 sm:grid-cols-2">
          <FormFields
            fields={control.fields}
            values={value as FormValues}
            base={pointer}
            context={context}
            onChange={onChange}
          />
        </div>
        <About id={id} description={description} error={error} />
      </fieldset>
    );
  }
  if (control.control === "list") {
    return (
      <fieldset className="min-w-0 sm:col-span-2" aria-describedby={described || undefined}>
        <legend className="mb-1 font-medium text-sm">
          {label} <Optional required={required} />
        </legend>
        <FormList
          item={control.item}
          schema={control.schema}
          label={label}
          pointer={pointer}
          values={value as FormValue[]}
          context={context}
          onChange={onChange}
        />
        <About id={id} description={description} error={error} />
      </fieldset>
    );
  }
  return (
    <div className={WIDE.has(control.control) ? "min-w-0 sm:col-span-2" : "min-w-0"}>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
        {control.control === "number" && control.money && context.currency && (
          <span className="font-normal text-muted"> ({context.currency})</span>
        )}{" "}
        <Optional required={required} />
      </label>
      <FormControl
        id={id}
        control={control}
        value={value as string | boolean}
        required={required}
        invalid={error !== undefined}
        describedBy={described || undefined}
        currency={context.currency}
        onChange={onChange}
      />
      <About id={id} description={description} error={error} />
    </div>
  );
}

function Optional({ required }: { required: boolean }): ReactNode {
  return required ? null : <span className="font-normal text-muted">· optional</span>;
}

function About({
  id,
  description,
  error,
}: {
  id: string;
  description: string | null;
  error: string | undefined;
}) {
  return (
    <>
      {description && (
        <p id={`${id}-about`} className="mt-0.5 text-muted text-xs">
          {description}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="foreign mt-0.5 text-bad text-xs">
          {error}
        </p>
      )}
    </>
  );
}
