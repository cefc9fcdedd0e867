import { createHash } from "node:crypto";
import { splitLines } from "@/lib/imports/split-lines";
import { parseStrictJson } from "@/lib/trust/parse-strict-json";

/** What one line asks for, or why it cannot be read. */
export type ReplayLine = { number: number } & (
  | { draft: Record<string, unknown>; facts: PushedFacts[]; idempotencyKey: string }
  | { problem: string }
);

/** Trusted values of one subject, as one call pushes them. */
export interface PushedFacts {
  type: string;
  id: string;
  facts: Record<string, unknown>;
}

const MAX_LINE_BYTES = 2 * 1024 * 1024;

/** The lines of a JSONL file, numbered from 1, empty ones left out. A line that is no draft carries its problem. */
export async function* readDrafts(file: string): AsyncGenerator<ReplayLine> {
  let number = 0;
  for await (const bytes of splitLines(file, MAX_LINE_BYTES)) {
    number += 1;
    if (bytes === null) yield { number, problem: `longer than ${MAX_LINE_BYTES / 1024 / 1024} MB` };
    else if (bytes.toString("latin1").trim() !== "") yield { number, ...readDraft(bytes) };
  }
}

/** Reads one line: the draft without its `facts`, the facts by subject, and the key that makes a repetition harmless. */
export function readDraft(bytes: Buffer) {
  const parsed = parseStrictJson(bytes, { maxBytes: MAX_LINE_BYTES });
  if (!parsed.ok) return { problem: `not strict JSON: ${parsed.message}` };
  if (!isObject(parsed.value)) return { problem: "not a JSON object" };
  const { facts = {}, ...draft } = parsed.value;
  if (!isObject(facts)) return { problem: "its facts are not an object" };
  const pushed: PushedFacts[] = [];
  for (const [type, values] of Object.entries(facts)) {
    if (!isObject(values) || typeof values.id !== "string" || values.id === "") {
      return { problem: `its facts of "${type}" have no id` };
    }
    const { id, ...rest } = values;
    pushed.push({ type, id: values.id, facts: rest });
  }
  return { draft, facts: pushed, idempotencyKey: idempotencyKeyOf(draft.external_id, bytes) };
}

/** The line's external_id where the header can carry it, else a hash of the line. */
function idempotencyKeyOf(externalId: unknown, bytes: Buffer): string {
  if (typeof externalId === "string" && /^[\x21-\x7e]{1,200}$/.test(externalId)) return externalId;
  return `line-${createHash("sha256").update(bytes.toString("utf8").trim()).digest("hex")}`;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
