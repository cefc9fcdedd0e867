import { factWords } from "@/lib/policy/explain";
import { parsePointer, toPointer } from "@/lib/policy/pointer";
import { findUsual } from "./find-usual";
import type { Names } from "./names-of-each";
import { sayMoney, sayValue, shorten } from "./say-value";

/** One draft of a batch, as far as its row is drawn from it. */
export interface Compared {
  id: string;
  payload: unknown;
  amount: number | null;
  currency: string | null;
  /** What is not in the payload already; an unknown one has the value null. */
  facts: { column: string; name: string; value: unknown }[];
  /** What its evidence calls identifiers in the payload. */
  names?: Names;
}

export interface Column {
  /** A pointer into the payload, `fact:name`, or `amount`. */
  key: string;
  label: string;
  isNumeric: boolean;
}

export interface Cell {
  text: string;
  /** Most others share another value. */
  standsOut: boolean;
  /** There is more to it than stands here. */
  isCut: boolean;
  /** The identifiers that the payload has, where `text` is what the evidence calls them. */
  ids?: string;
}

export interface Comparison {
  /** What every draft has alike. */
  same: { key: string; label: string; text: string }[];
  /** What differs, the most telling first. */
  columns: Column[];
  /** The labels of what differs too, but finds no room. */
  furtherColumns: string[];
  cells: Record<string, Record<string, Cell>>;
}

export interface ColumnHints {
  schema: Record<string, unknown>;
  /** A pointer to the amount. */
  amountFrom: string | null;
  most?: number;
}

const MOST_COLUMNS = 6;
const MOST_DEPTH = 3;
const CELL_CHARACTERS = 36;
const SAME_CHARACTERS = 80;

interface Candidate extends Column {
  /** Lower is more telling. */
  rank: number;
  values: unknown[];
}

/**
 * Lays drafts of one action type side by side: what is the same for all once, what differs in columns. The amount comes
 * first, then facts and required fields, those where drafts share values before those where each has its own, such as
 * identifiers, which tell little unless the evidence has names for them. Of one draft alone everything is a column.
 */
export function compareColumns(drafts: readonly Compared[], hints: ColumnHints): Comparison {
  const rows = drafts.map((draft) => valuesOf(draft, hints));
  const keys = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const candidates = keys.map((key) => toCandidate(key, rows, drafts, hints));
  const [same, differing] = [true, false].map((wanted) =>
    candidates.filter(({ values }) => (drafts.length > 1 && distinct(values) === 1) === wanted),
  ) as [Candidate[], Candidate[]];
  const ranked = differing.sort((a, b) => a.rank - b.rank);
  const shown = ranked.slice(0, hints.most ?? MOST_COLUMNS);
  const usual = new Map(shown.map(({ key, values }) => [key, findUsual(values)]));
  return {
    same: same
      .filter(({ values }) => values[0] !== undefined)
      .map(({ key, label, values }) => ({
        key,
        label,
        text: cellText(key, values[0], drafts[0]!, SAME_CHARACTERS),
      })),
    columns: shown.map(({ key, label, isNumeric }) => ({ key, label, isNumeric })),
    furtherColumns: ranked.slice(shown.length).map(({ label }) => label),
    cells: Object.fromEntries(
      drafts.map((draft, row) => [
        draft.id,
        Object.fromEntries(
          shown.map(({ key, values }) => {
            const named = namesText(values[row], draft.names?.get(key), CELL_CHARACTERS);
            const text =
              named ??
              (key.startsWith("fact:") ? aligned(values[row], values) : null) ??
              cellText(key, values[row], draft, CELL_CHARACTERS);
            const standsOut = usual.get(key)?.standsOut(values[row]) ?? false;
            const cell: Cell = { text, standsOut, isCut: text.endsWith("…") };
            return [key, named ? { ...cell, ids: [values[row]].flat().map(String).join(", ") } : cell];
          }),
        ),
      ]),
    ),
  };
}

function valuesOf(draft: Compared, { amountFrom }: ColumnHints): Map<string, unknown> {
  const values = new Map<string, unknown>();
  if (draft.amount !== null) values.set("amount", `${draft.amount} ${draft.currency}`);
  for (const [pointer, value] of leavesOf(draft.payload, [])) {
    if (pointer !== amountFrom || draft.amount === null) values.set(pointer, value);
  }
  for (const { column, value } of draft.facts) if (!values.has(column)) values.set(column, value);
  return values;
}

/** Objects field by field, a few levels deep; anything else (lists too) as a whole. */
function leavesOf(value: unknown, path: string[]): [pointer: string, value: unknown][] {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject || path.length >= MOST_DEPTH) return [[toPointer(path), value]];
  const entries = Object.entries(value);
  if (entries.length === 0) return path.length === 0 ? [] : [[toPointer(path), value]];
  return entries.flatMap(([key, part]) => leavesOf(part, [...path, key]));
}

function toCandidate(
  key: string,
  rows: Map<string, unknown>[],
  drafts: readonly Compared[],
  hints: ColumnHints,
): Candidate {
  const values = rows.map((row) => row.get(key));
  const { title, isRequired, position } = describeColumn(key, drafts, hints.schema);
  const isNamed = drafts.some(({ names }, row) => namesText(values[row], names?.get(key), CELL_CHARACTERS));
  const isTelling = isNamed || distinct(values) < values.length;
  const kind = key === "amount" ? 0 : key.startsWith("fact:") ? 1 : isRequired ? 2 : 3;
  return {
    key,
    label: title,
    isNumeric: key === "amount" || values.every((value) => typeof value === "number"),
    values,
    rank: (kind === 0 ? 0 : isTelling ? 100_000 : 1_000_000) + kind * 1000 + position,
  };
}

function describeColumn(key: string, drafts: readonly Compared[], schema: Record<string, unknown>) {
  if (key === "amount") return { title: "Amount", isRequired: true, position: 0 };
  if (key.startsWith("fact:")) {
    const names = [...new Set(drafts.flatMap(({ facts }) => facts.map(({ column }) => column)))].sort();
    return { title: capitalise(factWords(key.slice(5))), isRequired: false, position: names.indexOf(key) };
  }
  let at: Record<string, unknown> | null = schema;
  let isRequired = true;
  let position = 0;
  let title = "";
  for (const segment of parsePointer(key) ?? []) {
    const properties: Record<string, unknown> = asObject(at?.properties) ?? {};
    isRequired &&= Array.isArray(at?.required) && at.required.includes(segment);
    const found = Object.keys(properties).indexOf(segment);
    position = found === -1 ? 999 : found;
    at = Object.hasOwn(properties, segment) ? asObject(properties[segment]) : null;
    title = typeof at?.title === "string" ? at.title : capitalise(factWords(segment));
  }
  return { title: title || "Payload", isRequired, position };
}

function cellText(key: string, value: unknown, draft: Compared, most: number): string {
  if (value === undefined) return "—";
  if (key === "amount" && draft.amount !== null) return sayMoney(draft.amount, draft.currency);
  if (value === null) return key.startsWith("fact:") ? "unknown" : "—";
  if (Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null)) {
    return value.length === 0 ? "none" : shorten(value.map(sayValue).join(", "), most);
  }
  if (Array.isArray(value)) return `${value.length} ${value.length === 1 ? "entry" : "entries"}…`;
  // A number in a payload may be an identifier: it is said as it stands.
  if (typeof value === "number" && !key.startsWith("fact:")) return String(value);
  return typeof value === "string" ? shorten(value, most) || "(empty)" : shorten(sayValue(value), most);
}

/** A fact that is a number with as many decimals as the others of its column; null for anything else. */
function aligned(value: unknown, column: readonly unknown[]): string | null {
  if (typeof value !== "number") return null;
  const digits = Math.max(...column.map((other) => (typeof other === "number" ? decimalsOf(other) : 0)));
  if (digits === 0 || digits > MOST_DECIMALS) return null;
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
const MOST_DECIMALS = 6;
/** Too many to be written out where it takes a power of ten. */
const decimalsOf = (value: number): number => {
  const text = String(value);
  return text.includes("e") ? Number.POSITIVE_INFINITY : (text.split(".")[1]?.length ?? 0);
};

/** Identifiers by the names that the evidence has for them; null where it has none. */
function namesText(
  value: unknown,
  names: ReadonlyMap<string, string> | undefined,
  most: number,
): string | null {
  const parts = Array.isArray(value) ? value : [value];
  if (!names || !parts.some((part) => names.has(String(part)))) return null;
  return shorten(parts.map((part) => names.get(String(part)) ?? sayValue(part)).join(", "), most);
}

const distinct = (values: readonly unknown[]): number =>
  new Set(values.map((value) => (value === undefined ? "nothing" : JSON.stringify(value)))).size;

const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const asObject = (value: unknown): Record<string, unknown> | null =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
