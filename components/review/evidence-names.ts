import { formatLabel } from "@/components/ui/format-value";
import type { EvidenceView } from "@/lib/drafts/types";
import { readPointer } from "@/lib/policy/pointer";
import type { DrawingHints } from "./drawing-hints";
import { isRecord, recordLine } from "./record-line";

/** The records among the evidence, where hints look for what is replaced and what identifiers stand for. */
export type Records = Pick<EvidenceView, "kind" | "source" | "content">[];

const recordOf = (records: Records, source: string): unknown =>
  records.find((piece) => piece.kind === "record" && piece.source === source)?.content;

/** What stood there before, as the evidence has it; undefined when it says nothing. */
export function beforeOf(records: Records, before: DrawingHints["before"]): unknown {
  return before ? readPointer(recordOf(records, before.source), before.pointer) : undefined;
}

/** What the evidence says of each identifier, in one line; identifiers it does not know are left out. */
export function namesOf(records: Records, names: DrawingHints["names"]): Map<string, string> {
  const known = new Map<string, string>();
  if (!names) return known;
  const list = readPointer(recordOf(records, names.source), names.list);
  if (!Array.isArray(list)) return known;
  for (const row of list) {
    if (!isRecord(row) || row[names.id] === undefined) continue;
    const [first, ...rest] = names.show.filter((key) => row[key] !== undefined);
    if (first === undefined) continue;
    const line = [recordLine(row[first]), ...rest.map((key) => about(key, row[key]))].join(" · ");
    known.set(String(row[names.id]), line);
  }
  return known;
}

const about = (key: string, value: unknown): string =>
  isRecord(value) ? recordLine(value) : `${formatLabel(key).toLowerCase()} ${recordLine(value)}`;
