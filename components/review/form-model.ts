import { formatLabel } from "@/components/ui/format-value";
import { parsePointer, toPointer } from "@/lib/policy/pointer";

type Schema = Record<string, unknown>;

/** One control of the edit form. `json` is what the form has no better control for. */
export type FormField = {
  pointer: string;
  label: string;
  required: boolean;
  description: string | null;
} & (
  | { control: "text" | "longtext" | "date" | "json" }
  | { control: "number"; isInteger: boolean; money: boolean; minimum: number | null; maximum: number | null }
  | { control: "boolean" }
  | { control: "choice"; options: (string | number)[] }
  | { control: "strings" }
  | { control: "group"; fields: FormField[] }
);

/** What a control holds while it is edited: numbers and JSON as typed text, so that half-typed input survives. */
export type FormValues = Record<string, string | boolean>;

/** The form for an object schema, or null when only a JSON editor will do. */
export function formFields(schema: Schema, amountFrom?: string, base = ""): FormField[] | null {
  const properties = asObject(schema.properties);
  if (!properties || schema.oneOf || schema.anyOf || schema.allOf || schema.patternProperties) return null;
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(properties).map(([key, raw]) => {
    const property = asObject(raw) ?? {};
    const pointer = base + toPointer([key]);
    return {
      pointer,
      label: typeof property.title === "string" ? property.title : formatLabel(key),
      description: typeof property.description === "string" ? property.description : null,
      required: required.includes(key),
      ...controlOf(key, property, pointer, amountFrom),
    } as FormField;
  });
}

function controlOf(
  key: string,
  schema: Schema,
  pointer: string,
  amountFrom?: string,
): Record<string, unknown> {
  const options = Array.isArray(schema.enum) ? schema.enum : null;
  if (options?.every((option) => typeof option === "string" || typeof option === "number")) {
    return { control: "choice", options };
  }
  switch (schema.type) {
    case "string": {
      if (schema.format === "date") return { control: "date" };
      const isLong = /^(body|text|message|content|diff|patch|description|note|notes)$/.test(key);
      return { control: isLong || Number(schema.maxLength) > 500 ? "longtext" : "text" };
    }
    case "number":
    case "integer":
      return {
        control: "number",
        isInteger: schema.type === "integer",
        money: pointer === amountFrom,
        minimum: typeof schema.minimum === "number" ? schema.minimum : null,
        maximum: typeof schema.maximum === "number" ? schema.maximum : null,
      };
    case "boolean":
      return { control: "boolean" };
    case "array":
      return { control: asObject(schema.items)?.type === "string" ? "strings" : "json" };
    case "object": {
      const fields = formFields(schema, amountFrom, pointer);
      return fields ? { control: "group", fields } : { control: "json" };
    }
    default:
      return { control: "json" };
  }
}

/** What the controls show for a payload. Fields that the payload lacks are left out. */
export function formValues(fields: FormField[], payload: Record<string, unknown>): FormValues {
  const values: FormValues = {};
  for (const field of fields) {
    const value = payload[lastKey(field.pointer)];
    if (field.control === "group") {
      Object.assign(values, formValues(field.fields, asObject(value) ?? {}));
    } else if (value !== undefined) {
      if (field.control === "boolean") values[field.pointer] = value === true;
      else if (field.control === "strings" && Array.isArray(value)) values[field.pointer] = value.join("\n");
      else if (field.control === "json") values[field.pointer] = JSON.stringify(value, null, 2);
      else values[field.pointer] = value === null ? "" : String(value);
    }
  }
  return values;
}

/**
 * The payload that the controls describe, on top of `original` (so that what has no control is kept), and a sentence
 * per control (by pointer) that cannot be read. An optional control left empty drops its property.
 */
export function readForm(
  fields: FormField[],
  values: FormValues,
  original: Record<string, unknown>,
): { payload: Record<string, unknown>; errors: Record<string, string> } {
  const payload: Record<string, unknown> = { ...original };
  const errors: Record<string, string> = {};
  const initial = formValues(fields, original);
  for (const field of fields) {
    const key = lastKey(field.pointer);
    if (field.control === "group") {
      const inner = readForm(field.fields, values, asObject(original[key]) ?? {});
      Object.assign(errors, inner.errors);
      if (original[key] !== undefined || Object.keys(inner.payload).length > 0) payload[key] = inner.payload;
      continue;
    }
    const raw = values[field.pointer];
    // Untouched is unchanged, also where the control shows less than the value holds.
    if (raw !== undefined && raw === initial[field.pointer]) continue;
    if (raw === undefined || raw === "") {
      if (field.required) errors[field.pointer] = "Needed.";
      else delete payload[key];
      continue;
    }
    const read = readControl(field, raw);
    if ("error" in read) errors[field.pointer] = read.error;
    else payload[key] = read.value;
  }
  return { payload, errors };
}

function readControl(field: FormField, raw: string | boolean): { value: unknown } | { error: string } {
  if (typeof raw === "boolean") return { value: raw };
  switch (field.control) {
    case "number": {
      const value = Number(raw.trim());
      if (raw.trim() === "" || !Number.isFinite(value)) return { error: "Must be a number." };
      if (field.isInteger && !Number.isInteger(value)) return { error: "Must be a whole number." };
      if (field.minimum !== null && value < field.minimum)
        return { error: `Must be at least ${field.minimum}.` };
      if (field.maximum !== null && value > field.maximum)
        return { error: `Must be at most ${field.maximum}.` };
      return { value };
    }
    case "choice": {
      const value = field.options.find((option) => String(option) === raw);
      return value === undefined ? { error: "Choose one." } : { value };
    }
    case "strings":
      return {
        value: raw
          .split("\n")
          .map((line) => line.trim())
          .filter(Boolean),
      };
    case "json":
      try {
        return { value: JSON.parse(raw) };
      } catch {
        return { error: "This is not valid JSON." };
      }
    default:
      return { value: raw };
  }
}

const lastKey = (pointer: string) => parsePointer(pointer)?.at(-1) ?? "";

function asObject(value: unknown): Schema | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : null;
}
