import { z } from "zod";
import { isTimeZone } from "@/lib/drafts/filter-limits";
import { parseInput } from "@/lib/parse-input";
import { parsePointer } from "@/lib/policy/pointer";
import { isDatePattern } from "./parse-date";

const TARGETS = new Set([
  "external_id",
  "action_type",
  "subject",
  "summary",
  "payload",
  "proposed_payload",
  "outcome",
  "decided_at",
  "created_at",
  "decided_by",
  "reason",
  "reasoning",
  "evidence",
  "facts",
  "amount",
  "currency",
]);

const target = z.string().refine(isTarget, {
  message:
    'a JSON Pointer to a field of a decision, such as "/outcome" or "/payload/amount"; see docs/import.md for all',
});
const targets = z.union([target.transform((one) => [one]), z.array(target).min(1).max(20)]);

const plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What is made of one column. */
const columnSchema = z.strictObject({
  to: targets,
  /** How its text is read. `json` is any JSON. */
  type: z.enum(["text", "number", "boolean", "date", "json"]).default("text"),
  /** What the texts of this column stand for; any other is an error. */
  values: z.record(z.string(), plain).optional(),
  /** Of a number: what separates its fraction, and its thousands if anything does; what may stand beside it. */
  decimal: z.enum([".", ","]).default("."),
  group: z.enum([",", ".", " ", "'"]).optional(),
  unit: z.string().min(1).max(10).optional(),
  divide_by: z.number().positive().optional(),
  /** Of a date: `iso`, `unix` (seconds), `unix_ms`, or a pattern of yyyy MM dd HH mm ss. */
  format: z
    .string()
    .default("iso")
    .refine(isDatePattern, "iso, unix, unix_ms, or a pattern with yyyy, MM (or M) and dd (or d)"),
  /** Of a date without an offset. */
  zone: z.string().refine(isTimeZone, "a time zone such as Europe/Berlin").optional(),
  /** What an empty cell stands for; it is left out otherwise. */
  empty: plain.optional(),
});
export type ColumnRule = z.output<typeof columnSchema>;

const csvSchema = z.strictObject({
  delimiter: z.enum([",", ";", "\t", "|"]).default(","),
  encoding: z.string().default("utf-8").refine(isEncoding, "utf-8, windows-1252, or another byte encoding"),
});

const mappingSchema = z.strictObject({
  csv: csvSchema.prefault({}),
  /** The same for every line: JSON Pointers to values. */
  constants: z.partialRecord(target, z.json()).default({}),
  /** By column name; for JSONL, by JSON Pointer into the line. */
  columns: z
    .record(
      z.string().min(1),
      z.union([
        targets.transform((to) => columnSchema.parse({ to })),
        columnSchema,
        z.null().describe("left out on purpose"),
      ]),
    )
    .refine((columns) => Object.keys(columns).length > 0, "at least one column"),
});

/** How a file's columns become decisions. */
export type Mapping = z.output<typeof mappingSchema>;

/** @throws CountersignError `invalid_request` with a JSON Pointer to each thing that is wrong. */
export const parseMapping = (input: unknown): Mapping => parseInput(mappingSchema, input);

function isTarget(pointer: string): boolean {
  const segments = parsePointer(pointer);
  if (!segments || segments.length === 0 || segments.length > 12) return false;
  if (segments.some((segment) => segment === "__proto__" || segment.length > 200)) return false;
  return TARGETS.has(segments[0]!) && segments.every((segment) => !/^\d{3,}$/.test(segment));
}

/** Those that cut a line at the byte of a line feed. */
function isEncoding(label: string): boolean {
  try {
    return !/^utf-16|^iso-2022/.test(new TextDecoder(label).encoding);
  } catch {
    return false;
  }
}
