import { diffArrays } from "diff";
import { formatPlain } from "@/components/ui/format-value";
import type { FieldChange } from "@/lib/drafts/diff-payloads";
import { parsePointer } from "@/lib/policy/pointer";
import { readHints, type Schema, schemaAt } from "./drawing-hints";
import { labelOf } from "./payload-model";
import { recordLine } from "./record-line";
import { type DiffPart, wordDiff } from "./word-diff";

/** One field's change as it is drawn. */
export type DrawnChange = { path: string; label: string } & (
  | { kind: "values"; from: string | null; to: string | null }
  | { kind: "money"; from: number | null; to: number | null }
  | { kind: "words"; parts: DiffPart[]; isCode: boolean }
  | { kind: "items"; items: { text: string; kind: DiffPart["kind"] }[] }
);

/** Texts from this length on are compared by words. */
const LONG = 60;

/** How the difference of one field is told, by its schema; `null` stands for a field that is not there. */
export function drawChange(
  { path, from, to }: FieldChange,
  { schema, amountFrom }: { schema: Schema; amountFrom?: string | undefined },
): DrawnChange {
  const segments = parsePointer(path) ?? [];
  const property = schemaAt(schema, segments);
  const label = segments
    .map((key, at) => labelOf(key, schemaAt(schema, segments.slice(0, at + 1))))
    .join(" › ");
  const common = { path, label: label || "Payload" };
  const { format } = readHints(property);
  if ((path === amountFrom || format === "money") && isAmount(from) && isAmount(to)) {
    return { ...common, kind: "money", from: from ?? null, to: to ?? null };
  }
  if (typeof from === "string" && typeof to === "string" && isLong(from, to)) {
    return {
      ...common,
      kind: "words",
      parts: wordDiff(from, to),
      isCode: format === "code" || format === "diff",
    };
  }
  if (Array.isArray(from) && Array.isArray(to) && from.length + to.length <= 200) {
    return { ...common, kind: "items", items: diffItems(from.map(recordLine), to.map(recordLine)) };
  }
  return { ...common, kind: "values", from: lineOf(from), to: lineOf(to) };
}

const isAmount = (value: unknown): value is number | undefined =>
  value === undefined || typeof value === "number";
const isLong = (from: string, to: string) =>
  from.length > LONG || to.length > LONG || from.includes("\n") || to.includes("\n");
const lineOf = (value: unknown): string | null =>
  value === undefined
    ? null
    : value === ""
      ? "(empty)"
      : typeof value === "object" && value !== null
        ? recordLine(value)
        : formatPlain(value);

/** What left a list, what came into it and what stayed. */
const diffItems = (from: string[], to: string[]): { text: string; kind: DiffPart["kind"] }[] =>
  diffArrays(from, to).flatMap(({ value, added, removed }) =>
    value.map((text) => ({ text, kind: added ? "added" : removed ? "removed" : "same" }) as const),
  );
