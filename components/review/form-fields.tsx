"use client";

import { classNames } from "@/components/ui/class-names";
import { FIELD } from "@/components/ui/field-class";
import { TextArea } from "@/components/ui/text-area";
import type { FormField, FormValues } from "./form-model";

interface Props {
  fields: FormField[];
  values: FormValues;
  errors: Record<string, string>;
  currency: string | null;
  onChange: (pointer: string, value: string | boolean) => void;
}

/** The controls of the edit form, each with its label and what is wrong with it. */
export function FormFields({ fields, values, errors, currency, onChange }: Props) {
  return fields.map((field) => {
    if (field.control === "group") {
      return (
        <fieldset key={field.pointer} className="rounded-md border px-3 pb-3">
          <legend className="px-1 font-medium text-sm">{field.label}</legend>
          <div className="grid gap-3 sm:grid-cols-2">
            <FormFields
              fields={field.fields}
              values={values}
              errors={errors}
              currency={currency}
              onChange={onChange}
            />
          </div>
        </fieldset>
      );
    }
    const isWide = ["longtext", "json", "strings"].includes(field.control);
    const id = `field${field.pointer}`;
    const error = errors[field.pointer];
    return (
      <div key={field.pointer} className={isWide ? "sm:col-span-2" : undefined}>
        <label htmlFor={id} className="mb-1 block font-medium text-sm">
          {field.label}
          {field.control === "number" && field.money && currency && (
            <span className="font-normal text-muted"> ({currency})</span>
          )}
          {field.control === "strings" && <span className="font-normal text-muted"> (one on each line)</span>}
          {!field.required && <span className="font-normal text-muted"> · optional</span>}
        </label>
        <Control
          field={field}
          id={id}
          value={values[field.pointer] ?? ""}
          invalid={error !== undefined}
          onChange={(value) => onChange(field.pointer, value)}
        />
        {field.description && <p className="mt-0.5 text-muted text-xs">{field.description}</p>}
        {error && (
          <p id={`${id}-error`} role="alert" className="mt-0.5 text-bad text-xs">
            {error}
          </p>
        )}
      </div>
    );
  });
}

function Control({
  field,
  id,
  value,
  invalid,
  onChange,
}: {
  field: FormField;
  id: string;
  value: string | boolean;
  invalid: boolean;
  onChange: (value: string | boolean) => void;
}) {
  const common = { id, "aria-invalid": invalid, "aria-describedby": invalid ? `${id}-error` : undefined };
  const text = String(value);
  switch (field.control) {
    case "boolean":
      return (
        <input
          {...common}
          type="checkbox"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
          className="size-4 accent-accent"
        />
      );
    case "choice":
      return (
        <select {...common} value={text} onChange={(event) => onChange(event.target.value)} className={FIELD}>
          {(!field.required || text === "") && <option value="">—</option>}
          {field.options.map((option) => (
            <option key={String(option)} value={String(option)}>
              {String(option)}
            </option>
          ))}
        </select>
      );
    case "longtext":
    case "strings":
    case "json":
      return (
        <TextArea
          {...common}
          rows={Math.min(14, Math.max(3, text.split("\n").length + 1))}
          value={text}
          spellCheck={field.control === "longtext"}
          onChange={(event) => onChange(event.target.value)}
          className={
            field.control === "longtext" && !/\/(diff|patch)$/.test(field.pointer) ? "" : "font-mono"
          }
        />
      );
    default:
      return (
        <input
          {...common}
          type={field.control === "date" ? "date" : "text"}
          inputMode={field.control === "number" ? "decimal" : undefined}
          autoComplete="off"
          value={text}
          onChange={(event) => onChange(event.target.value)}
          className={classNames(FIELD, field.control === "number" && "tabular")}
        />
      );
  }
}
