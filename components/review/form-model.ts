import { parsePointer, toPointer } from "@/lib/policy/pointer";
import { isSchema, type Language, languageOf, propertiesOf, readHints, type Schema } from "./drawing-hints";
import { labelOf } from "./payload-model";

/** How one value is edited. `json` is what the form has no better control for. */
export type Control =
  | { control: "text" | "longtext" | "date" | "email" | "json"; schema: Schema }
  | { control: "code"; schema: Schema; language: Language | null }
  | { control: "number"; schema: Schema; isInteger: boolean; money: boolean }
  | { control: "boolean"; schema: Schema }
  | { control: "choice"; schema: Schema; options: (string | number)[] }
  | { control: "list"; schema: Schema; item: Control }
  | { control: "group"; schema: Schema; fields: FormField[] };

/** One property of an object. */
export type FormField = Control & {
  key: string;
  label: string;
  required: boolean;
  description: string | null;
};

/** What a control holds while it is edited: numbers and JSON as typed text, so that half-typed input survives. */
export type FormValue = string | boolean | FormValue[] | FormValues;
export interface FormValues {
  [key: string]: FormValue;
}

interface Building {
  amountFrom?: string | undefined;
  /** For hints that point at other fields. */
  payload?: unknown;
}

const LONG_KEY = /^(body|text|message|content|description|note|notes|reason|justification)$/;

/** The form for an object schema, or null when only a JSON editor will do. */
export function formFields(schema: Schema, building: Building = {}, base = ""): FormField[] | null {
  const properties = propertiesOf(schema);
  if (Object.keys(properties).length === 0 || schema.patternProperties || addsProperties(schema)) return null;
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(properties).map(([key, property]) => ({
    ...controlOf(key, isSchema(property) ? property : {}, base + toPointer([key]), building),
    key,
    label: labelOf(key, property),
    description: typeof property.description === "string" ? property.description : null,
    required: required.includes(key),
  }));
}

/** Whether alternatives of the schema bring properties that it does not list itself: no one form fits them all. */
function addsProperties(schema: Schema): boolean {
  const own = propertiesOf(schema);
  return ["oneOf", "anyOf", "allOf"].some((keyword) => {
    const parts = schema[keyword];
    return (
      Array.isArray(parts) &&
      parts.some(
        (part) => isSchema(part) && Object.keys(propertiesOf(part)).some((key) => !Object.hasOwn(own, key)),
      )
    );
  });
}

function controlOf(key: string, schema: Schema, pointer: string, building: Building): Control {
  const { format, language, languageFrom } = readHints(schema);
  const options = Array.isArray(schema.enum) ? schema.enum : "const" in schema ? [schema.const] : null;
  if (options?.every((option) => typeof option === "string" || typeof option === "number")) {
    return { control: "choice", schema, options };
  }
  switch (schema.type) {
    case "string": {
      if (schema.format === "date") return { control: "date", schema };
      if (schema.format === "email") return { control: "email", schema };
      if (format === "code" || format === "diff" || key === "diff" || key === "patch") {
        const file = languageFrom ? valueAt(building.payload, languageFrom) : null;
        return { control: "code", schema, language: language ?? languageOf(file) };
      }
      const isLong = format === "text" || LONG_KEY.test(key) || Number(schema.maxLength) > 500;
      return { control: isLong ? "longtext" : "text", schema };
    }
    case "number":
    case "integer": {
      const money = pointer === building.amountFrom || format === "money";
      return { control: "number", schema, isInteger: schema.type === "integer", money };
    }
    case "boolean":
      return { control: "boolean", schema };
    case "array": {
      if (!isSchema(schema.items) || schema.prefixItems) return { control: "json", schema };
      const item = controlOf(key, schema.items, `${pointer}/-`, building);
      return item.control === "json" ? item : { control: "list", schema, item };
    }
    case "object": {
      const fields = formFields(schema, building, pointer);
      return fields ? { control: "group", schema, fields } : { control: "json", schema };
    }
    default:
      return { control: "json", schema };
  }
}

function valueAt(payload: unknown, pointer: string): unknown {
  let value = payload;
  for (const key of parsePointer(pointer) ?? []) value = isSchema(value) ? value[key] : undefined;
  return value;
}

/** What a new item of a list, or a property that the payload lacks, begins with. */
export function emptyValue(control: Control): FormValue {
  switch (control.control) {
    case "boolean":
      return false;
    case "list":
      return [];
    case "group":
      return Object.fromEntries(
        control.fields.filter(({ required }) => required).map((field) => [field.key, emptyValue(field)]),
      );
    case "choice":
      return control.options.length === 1 ? String(control.options[0]) : "";
    default:
      return "";
  }
}

/** What the control shows for a value of the payload. */
export function toFormValue(control: Control, value: unknown): FormValue {
  switch (control.control) {
    case "boolean":
      return value === true;
    case "list":
      return Array.isArray(value) ? value.map((item) => toFormValue(control.item, item)) : [];
    case "group":
      return isSchema(value) ? formValues(control.fields, value) : {};
    case "json":
      return JSON.stringify(value, null, 2);
    default:
      return value === null ? "" : String(value);
  }
}

/** What the form shows for a payload. Fields that the payload lacks are left out. */
export function formValues(fields: FormField[], payload: Record<string, unknown>): FormValues {
  const present = fields.filter(({ key }) => payload[key] !== undefined);
  return Object.fromEntries(present.map((field) => [field.key, toFormValue(field, payload[field.key])]));
}
