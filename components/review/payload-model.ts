import { formatLabel } from "@/components/ui/format-value";
import { toPointer } from "@/lib/policy/pointer";

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

const ADDRESS_KEYS = [
  "name",
  "address1",
  "address2",
  "street",
  "line1",
  "line2",
  "city",
  "state",
  "zip",
  "postal_code",
  "country",
];
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
  const address = keys.filter((key) => ADDRESS_KEYS.includes(key) && isShortText(value[key]));
  const grouped =
    address.length >= 3 && address.some((key) => /^(address1|street|line1)$/.test(key)) ? address : [];

  const fields: PayloadField[] = [];
  for (const key of keys) {
    if (grouped.includes(key)) {
      if (key !== grouped[0]) continue;
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

/** Street lines each on their own; city, state and post code share one. */
function addressLines(value: Record<string, unknown>, keys: string[]): string[] {
  const town = ["city", "state", "zip", "postal_code"];
  const lines = keys
    .filter((key) => !town.includes(key) && key !== "country")
    .map((key) => String(value[key]));
  const townLine = town
    .filter((key) => keys.includes(key))
    .map((key) => String(value[key]))
    .join(", ");
  const country = keys.includes("country") ? [String(value.country)] : [];
  return [...lines, townLine, ...country].filter((line) => line !== "");
}

const isShortText = (value: unknown) =>
  typeof value === "string" && value.length < 100 && !value.includes("\n");

function asObject(value: unknown): Schema | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : null;
}
