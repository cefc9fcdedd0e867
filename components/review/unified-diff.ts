import { wordDiff } from "./word-diff";

/** One line of a unified diff. `parts` of a changed line say which of its words changed, where that is known. */
export interface UnifiedLine {
  kind: "file" | "place" | "added" | "removed" | "same";
  /** Without its sign. */
  text: string;
  /** Its number in the new file; of a removed line in the old one. */
  number: number | null;
  parts: { text: string; changed: boolean }[] | null;
}

const LONGEST_PAIRED = 500;

/** A unified diff by lines. Lines that replace as many others as they are get their changed words. */
export function parseUnifiedDiff(diff: string): UnifiedLine[] {
  const lines: UnifiedLine[] = [];
  let oldAt = 0;
  let newAt = 0;
  let isInHunk = false;
  for (const raw of diff.replace(/\n$/, "").split("\n")) {
    const place = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(raw);
    const push = (kind: UnifiedLine["kind"], text: string, number: number | null) =>
      lines.push({ kind, text, number, parts: null });
    if (place) {
      [oldAt, newAt] = [Number(place[1]), Number(place[2])];
      isInHunk = true;
      push("place", raw, null);
    } else if (raw.startsWith("@@")) push("place", raw, null);
    else if (isHeader(raw, isInHunk)) {
      isInHunk = isInHunk && !raw.startsWith("diff --git ");
      push("file", raw, null);
    } else if (raw.startsWith("+")) push("added", raw.slice(1), isInHunk ? newAt++ : null);
    else if (raw.startsWith("-")) push("removed", raw.slice(1), isInHunk ? oldAt++ : null);
    else {
      const isMark = raw.startsWith("\\");
      push("same", isMark ? raw : raw.replace(/^ /, ""), isInHunk && !isMark ? newAt : null);
      if (!isMark) {
        oldAt += 1;
        newAt += 1;
      }
    }
  }
  pairLines(lines);
  return lines;
}

/** Inside a hunk, "--- x" is a removed line "-- x". */
const isHeader = (line: string, isInHunk: boolean): boolean =>
  /^(diff --git |index )/.test(line) || (!isInHunk && /^(\+\+\+ |--- )/.test(line));

function pairLines(lines: UnifiedLine[]): void {
  for (let at = 0; at < lines.length; ) {
    if (lines[at]?.kind !== "removed") {
      at += 1;
      continue;
    }
    const from = at;
    while (lines[at]?.kind === "removed") at += 1;
    const middle = at;
    while (lines[at]?.kind === "added") at += 1;
    // Unequal runs pair what stands first: the likeliest reading of "changed, and one more below".
    const pairs = Math.min(middle - from, at - middle);
    for (let n = 0; n < pairs; n += 1) markWords(lines[from + n]!, lines[middle + n]!);
  }
}

function markWords(removed: UnifiedLine, added: UnifiedLine): void {
  if (removed.text.length > LONGEST_PAIRED || added.text.length > LONGEST_PAIRED) return;
  const parts = wordDiff(removed.text, added.text);
  const shared = parts.filter(({ kind, text }) => kind === "same" && /\w/.test(text));
  if (shared.length === 0) return;
  const without = (kind: "added" | "removed") =>
    parts
      .filter((part) => part.kind !== kind)
      .map(({ text, kind: own }) => ({ text, changed: own !== "same" }));
  removed.parts = without("added");
  added.parts = without("removed");
}
