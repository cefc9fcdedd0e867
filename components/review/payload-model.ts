import { formatLabel } from "@/components/ui/format-value";
import { readPointer, toPointer } from "@/lib/policy/pointer";
import { addressKeys, addressLines } from "./address-lines";
import { type Language, languageOf, propertiesOf, readHints, type Schema } from "./drawing-hints";
import { beforeOf, namesOf, type Records } from "./evidence-names";
import { recordLine } from "./record-line";

/** An item of a list, and what the evidence says of it. */
export interface Item {
  text: string;
  about: string | null;
}

/**
 * How one part of a payload is drawn. `pointer` is its JSON Pointer in the payload; `before` what it replaces, as the
 * evidence has it, one entry for each line drawn.
 */
export type PayloadField = { pointer: string; label: string; declared: boolean } & (
  | { kind: "money"; amount: number; currency: string | null; before?: string[] }
  | { kind: "value"; text: string; emphasis: boolean; before?: string[] }
  | { kind: "text"; text: string; before?: string[] }
  | { kind: "code"; text: string; language: Language | null; before?: string[] }
  | { kind: "diff"; text: string; language: Language | null }
  | { kind: "lines"; lines: string[]; before?: string[] }
  | { kind: "list"; items: Item[] }
  | { kind: "pairs"; replaces: string; pairs: { from: Item; to: Item }[] }
  | { kind: "recipients"; items: string[] }
  | { kind: "group"; fields: PayloadField[] }
  | { kind: "tree"; value: unknown }
);

export interface PayloadHints {
  schema: Schema;
  currency: string | null;
  /** JSON Pointers from the action type's attributes. */
  amountFrom?: string | undefined;
  blastRadiusFrom?: string | undefined;
  /** What the schema's hints look things up in. */
  evidence?: Records;
}

interface Drawing extends PayloadHints {
  payload: Record<string, unknown>;
  evidence: Records;
}

const MONEY_KEY = /(^|_)(amount|price|total|refund|credit)$/;
const LONG_TEXT_KEY = /^(body|text|message|content|description|note|notes|html)$/;

/**
 * Turns a payload into what the screen draws, in the order of its schema. Everything in the payload appears exactly
 * once: what the schema does not declare comes last and is marked (`declared: false`).
 */
export function payloadFields(payload: Record<string, unknown>, hints: PayloadHints): PayloadField[] {
  const drawing = { ...hints, payload, evidence: hints.evidence ?? [] };
  return objectFields(payload, hints.schema, "", drawing, 0);
}

function objectFields(
  value: Record<string, unknown>,
  schema: Schema,
  base: string,
  drawing: Drawing,
  depth: number,
): PayloadField[] {
  const properties = propertiesOf(schema);
  const declared = Object.keys(properties).filter((key) => Object.hasOwn(value, key));
  const others = Object.keys(value).filter((key) => !Object.hasOwn(properties, key));
  const keys = [...declared, ...others];
  const address = addressKeys(value);
  const pairs = pairedLists(value, properties, base, drawing);

  const fields: PayloadField[] = [];
  for (const key of keys) {
    const pointer = base + toPointer([key]);
    if (pairs.some(({ replaces }) => replaces === pointer)) continue;
    const pair = pairs.find((each) => each.pointer === pointer);
    if (pair) {
      fields.push(pair);
    } else if (address.includes(key)) {
      if (key === keys.find((other) => address.includes(other)))
        fields.push(addressField(value, address, properties, pointer, drawing));
    } else {
      const property = properties[key] ?? {};
      const drawn = drawValue(key, value[key], property, pointer, drawing, depth);
      const isDeclared = Object.hasOwn(properties, key);
      fields.push({ ...drawn, pointer, label: labelOf(key, property), declared: isDeclared } as PayloadField);
    }
  }
  return fields;
}

/** A property's name for people: its title, else its key as words. */
export const labelOf = (key: string, property: Schema): string =>
  typeof property.title === "string" ? property.title : formatLabel(key);

/** Lists that replace another of as many items, one by one. */
function pairedLists(
  value: Record<string, unknown>,
  properties: Record<string, Schema>,
  base: string,
  drawing: Drawing,
): Extract<PayloadField, { kind: "pairs" }>[] {
  return Object.entries(properties).flatMap(([key, property]) => {
    const { replaces, names } = readHints(property);
    const to = value[key];
    const from = replaces === null ? undefined : readPointer(drawing.payload, replaces);
    const isHere =
      replaces !== null && Object.keys(value).some((each) => base + toPointer([each]) === replaces);
    if (!isHere || !isPlainList(to) || !isPlainList(from) || to.length !== from.length || to.length === 0)
      return [];
    const known = namesOf(drawing.evidence, names);
    const fromKey = replaces.slice(base.length + 1);
    return [
      {
        kind: "pairs" as const,
        pointer: base + toPointer([key]),
        label: labelOf(fromKey, properties[fromKey] ?? {}),
        declared: true,
        replaces,
        pairs: to.map((item, at) => ({ from: itemOf(from[at], known), to: itemOf(item, known) })),
      },
    ];
  });
}

const isPlainList = (value: unknown): value is unknown[] =>
  Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null);

const itemOf = (value: unknown, known: Map<string, string>): Item => ({
  text: recordLine(value),
  about: known.get(String(value)) ?? null,
});

function addressField(
  value: Record<string, unknown>,
  keys: string[],
  properties: Record<string, Schema>,
  pointer: string,
  { evidence }: Drawing,
): PayloadField {
  const former = Object.fromEntries(
    keys.map((key) => [key, beforeOf(evidence, readHints(properties[key] ?? {}).before)]),
  );
  const isKnown = keys.some((key) => typeof former[key] === "string");
  const formerKeys = keys.filter((key) => typeof former[key] === "string");
  return {
    kind: "lines",
    lines: addressLines(value, keys),
    pointer,
    label: "Address",
    declared: keys.every((part) => Object.hasOwn(properties, part)),
    ...(isKnown ? { before: addressLines(former, formerKeys) } : {}),
  };
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
  drawing: Drawing,
  depth: number,
): Drawn {
  const hints = readHints(schema);
  const former = beforeOf(drawing.evidence, hints.before);
  const before = former === undefined ? {} : { before: [recordLine(former)] };
  if (typeof value === "number") {
    const isAmount = drawing.amountFrom === pointer || (!drawing.amountFrom && MONEY_KEY.test(key));
    if (isAmount || hints.format === "money") {
      return { kind: "money", amount: value, currency: drawing.currency, ...before };
    }
    return { kind: "value", text: String(value), emphasis: drawing.blastRadiusFrom === pointer, ...before };
  }
  if (typeof value === "boolean")
    return { kind: "value", text: value ? "Yes" : "No", emphasis: false, ...before };
  if (value === null) return { kind: "value", text: "—", emphasis: false, ...before };
  if (typeof value === "string") return drawText(key, value, schema, pointer, drawing, before);
  if (Array.isArray(value)) {
    if (hints.format === "recipients") return { kind: "recipients", items: value.map(recordLine) };
    if (!isPlainList(value)) return { kind: "tree", value };
    const known = namesOf(drawing.evidence, hints.names);
    return { kind: "list", items: value.map((item) => itemOf(item, known)) };
  }
  const object = value as Record<string, unknown>;
  if (depth < 2 && Object.keys(object).length > 0) {
    return { kind: "group", fields: objectFields(object, schema, pointer, drawing, depth + 1) };
  }
  return { kind: "tree", value };
}

function drawText(
  key: string,
  text: string,
  schema: Schema,
  pointer: string,
  drawing: Drawing,
  before: { before?: string[] },
): Drawn {
  const { format, language: named, languageFrom } = readHints(schema);
  const language = named ?? (languageFrom ? languageOf(readPointer(drawing.payload, languageFrom)) : null);
  const isDiff = key === "diff" || key === "patch" || /^(--- |diff --git |@@ )/.test(text);
  if (format === "diff" || (format === null && isDiff)) return { kind: "diff", text, language };
  if (format === "code") return { kind: "code", text, language, ...before };
  if (format === "recipients") return { kind: "recipients", items: [text] };
  const isLong = text.includes("\n") || text.length > 140 || LONG_TEXT_KEY.test(key);
  if (isLong || format === "text" || schema.format === "textarea") return { kind: "text", text, ...before };
  const emphasis = drawing.blastRadiusFrom === pointer;
  return { kind: "value", text: text === "" ? "(empty)" : text, emphasis, ...before };
}

/** Whether any part is drawn with something of the evidence beside it. */
export const drawsEvidence = (fields: PayloadField[]): boolean =>
  fields.some((field) => {
    if (field.kind === "group") return drawsEvidence(field.fields);
    if (field.kind === "list") return field.items.some(({ about }) => about !== null);
    if (field.kind === "pairs") return field.pairs.some(({ from, to }) => from.about ?? to.about);
    return "before" in field && field.before !== undefined;
  });

/** How much it is about, counted up front: "2 items replaced", "3 recipients". */
export function countsOf(fields: PayloadField[]): string[] {
  const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
  const recipients = fields.reduce(
    (sum, field) => sum + (field.kind === "recipients" ? field.items.length : 0),
    0,
  );
  const counts = recipients > 0 ? [plural(recipients, "recipient", "recipients")] : [];
  for (const field of fields) {
    if (field.kind === "pairs") counts.push(`${plural(field.pairs.length, "item", "items")} replaced`);
    if (field.kind === "list") counts.push(`${field.label}: ${field.items.length}`);
    if (field.kind === "tree" && Array.isArray(field.value))
      counts.push(`${field.label}: ${field.value.length}`);
  }
  return counts;
}
