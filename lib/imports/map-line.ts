import type { FieldError } from "@/lib/errors";
import { parsePointer, readPointer } from "@/lib/policy/pointer";
import { parseStrictJson } from "@/lib/trust/parse-strict-json";
import type { ColumnRule, Mapping } from "./mapping";
import { parseDate } from "./parse-date";
import { parseNumber } from "./parse-number";

type Converted = { value: unknown } | { problem: string } | null;

/** Where a column of a line is: by name in a CSV record, by JSON Pointer in a line of JSON. */
export type CellReader = (line: unknown, column: string) => unknown;

/** By the name of a column; undefined where the file has no such column. */
export const csvCell: CellReader = (line, column) => {
  const record = line as Record<string, string>;
  return Object.hasOwn(record, column) ? record[column] : undefined;
};
/** By JSON Pointer. */
export const jsonCell: CellReader = readPointer;

/** Makes a decision's fields of one line, or says of each column that cannot be read why. */
export function mapLine(
  mapping: Mapping,
  line: unknown,
  cell: CellReader,
): { value: unknown } | { problems: FieldError[] } {
  const made: Record<string, unknown> = {};
  const problems: FieldError[] = [];
  for (const [pointer, value] of Object.entries(mapping.constants)) {
    place(made, pointer, structuredClone(value), problems);
  }
  for (const [column, rule] of Object.entries(mapping.columns)) {
    if (rule === null) continue;
    const converted = convert(cell(line, column), rule);
    if (converted === null) continue;
    if ("problem" in converted) {
      problems.push({ path: column, message: converted.problem });
    } else {
      for (const pointer of rule.to) place(made, pointer, structuredClone(converted.value), problems);
    }
  }
  return problems.length > 0 ? { problems } : { value: made };
}

/** What a cell stands for; null for nothing. */
function convert(given: unknown, rule: ColumnRule): Converted {
  const text = typeof given === "string" ? given.trim() : given;
  if (text === undefined || text === null || text === "") {
    return rule.empty === undefined ? null : { value: rule.empty };
  }
  if (rule.values) {
    const said = String(text);
    if (Object.hasOwn(rule.values, said)) return { value: rule.values[said] };
    const known = Object.keys(rule.values).slice(0, 10).join(", ");
    return { problem: `"${said.slice(0, 60)}" is not among the mapping's values (${known})` };
  }
  if (rule.type === "text") {
    return typeof text === "object" ? { problem: "is not a text" } : { value: String(text) };
  }
  if (typeof text !== "string") return convertJson(text, rule);
  switch (rule.type) {
    case "number":
      return parseNumber(text, rule);
    case "date":
      return parseDate(text, rule);
    case "boolean":
      if (/^(true|false)$/i.test(text)) return { value: text.toLowerCase() === "true" };
      return { problem: "is neither true nor false; give the mapping values" };
    case "json": {
      const parsed = parseStrictJson(Buffer.from(text));
      return parsed.ok ? { value: parsed.value } : { problem: `not strict JSON: ${parsed.message}` };
    }
  }
}

/** A value that is JSON already, from a line of JSON. */
function convertJson(value: unknown, { type, divide_by, ...rule }: ColumnRule): Converted {
  if (type === "json" || typeof value === type)
    return { value: type === "number" && divide_by ? (value as number) / divide_by : value };
  if (type === "date" && typeof value === "number") return parseDate(String(value), rule);
  return { problem: `is not a ${type}` };
}

/** Puts a value where a pointer leads, making the objects and lists on the way. */
function place(made: Record<string, unknown>, pointer: string, value: unknown, problems: FieldError[]): void {
  const segments = parsePointer(pointer)!;
  const last = segments.pop()!;
  let at: Record<string, unknown> = made;
  for (const [index, segment] of segments.entries()) {
    if (!Object.hasOwn(at, segment)) {
      at[segment] = /^\d+$/.test(segments[index + 1] ?? last) ? [] : {};
    }
    const next = at[segment];
    if (typeof next !== "object" || next === null) {
      problems.push({ path: pointer, message: "another column or constant has put a value in its way" });
      return;
    }
    at = next as Record<string, unknown>;
  }
  if (Array.isArray(at) && !/^\d+$/.test(last)) {
    problems.push({ path: pointer, message: "leads into a list by a name" });
    return;
  }
  at[last] = value;
}
