import { formatLabel } from "@/components/ui/format-value";
import { toPointer } from "@/lib/policy/pointer";
import { addressKeys, addressLines } from "./address-lines";

/** How one part of a payload is drawn. `pointer` is its JSON Pointer in the payload. */
export type PayloadField = { pointer: string; label: string; declared: boolean } & (
  | { kind: "money"; amount: number; currency: string | null }
  | { kind: "value"; text: string; emphasis: boolean }
  | { kind: "text"; text: string }
  | { kind: "diff"; text: string }
  | { kind: "lines"; lines: string[] }
  | { kind: "list"; items: string[] }
  | { kind: "group"; fields: PayloadField[] }
  | { kind: "tree"; value: unknown }
);

export interface PayloadHints {
  schema: Record<string, unknown>;
  currency: string | null;
  /** JSON Pointers from the action type's attributes. */
  amountFrom?: string | undefined;
  blastRadiusFrom?: string | undefined;
}

type Schema = Record<string, unknown>;

const MONEY_KEY = /(^|_)(amount|price|total|refund|credit)$/;
const LONG_TEXT_KEY = /^(body|text|message|content|description|note|notes|html)$/;

/**
 * Turns a payload into what the screen draws, in the order of its schema. Everything in the payload appears exactly
 * once: what the schema does not declare comes last and is marked (`declared: false`).
 */
export function payloadFields(payload: Record<string, unknown>, hints: PayloadHints): PayloadField[] {
  return objectFields(payload, hints.schema, "", hints, 0);
}

function objectFields(
  value: Record<string, unknown>,
  schema: Schema,
  base: string,
  hints: PayloadHints,
  depth: number,
): PayloadField[] {
  const properties = asObject(schema.properties) ?? {};
  const declared = Object.keys(properties).filter((key) => Object.hasOwn(value, key));
  const others = Object.keys(value).filter((key) => !Object.hasOwn(properties, key));
  const keys = [...declared, ...others];
  const grouped = addressKeys(value);

  const fields: PayloadField[] = [];
  for (const key of keys) {
    if (grouped.includes(key)) {
      if (key !== keys.find((other) => grouped.includes(other))) continue;
      const lines = addressLines(value, grouped);
      const isDeclared = grouped.every((part) => Object.hasOwn(properties, part));
      fields.push({
        kind: "lines",
        lines,
        pointer: `${base}/${key}`,
        label: "Address",
        declared: isDeclared,
      });
      continue;
    }
    const property = asObject(properties[key]) ?? {};
    const pointer = base + toPointer([key]);
    const label = typeof property.title === "string" ? property.title : formatLabel(key);
    const drawn = drawValue(key, value[key], property, pointer, hints, depth);
    fields.push({ ...drawn, pointer, label, declared: Object.hasOwn(properties, key) } as PayloadField);
  }
  return fields;
}

type Drawn = PayloadField extends infer Field
  ? Field extends PayloadField
    ? Omit<Field, "pointer" | "label" | "declared">
    : never
  : never;

function drawValue(
  key: string,
  value: unknown,
  schema: Schema,
  pointer: string,
  hints: PayloadHints,
  depth: number,
): Drawn {
  if (typeof value === "number") {
    const isMoney = hints.amountFrom === pointer || (!hints.amountFrom && MONEY_KEY.test(key));
    if (isMoney) return { kind: "money", amount: value, currency: hints.currency };
    return { kind: "value", text: String(value), emphasis: hints.blastRadiusFrom === pointer };
  }
  if (typeof value === "boolean") return { kind: "value", text: value ? "Yes" : "No", emphasis: false };
  if (value === null) return { kind: "value", text: "—", emphasis: false };
  if (typeof value === "string") return drawText(key, value, schema);
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== "object")) return { kind: "list", items: value.map(String) };
    return { kind: "tree", value };
  }
  const object = value as Record<string, unknown>;
  if (depth < 2 && Object.keys(object).length > 0) {
    return { kind: "group", fields: objectFields(object, schema, pointer, hints, depth + 1) };
  }
  return { kind: "tree", value };
}

function drawText(key: string, text: string, schema: Schema): Drawn {
  if (key === "diff" || key === "patch" || /^(--- |diff --git |@@ )/.test(text))
    return { kind: "diff", text };
  const isLong = text.includes("\n") || text.length > 140 || LONG_TEXT_KEY.test(key);
  if (isLong || schema.format === "textarea") return { kind: "text", text };
  return { kind: "value", text: text === "" ? "(empty)" : text, emphasis: false };
}

function asObject(value: unknown): Schema | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : null;
}
