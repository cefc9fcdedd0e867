import { mixedScriptWords } from "@/lib/trust/mixed-script-words";
import { revealHidden, type Segment } from "@/lib/trust/suspicious-text";
import { splitMarks } from "./split-marks";

/** A stretch of somebody else's text as it is drawn. `name` says what a hidden character is. */
export interface TextPart {
  kind: "plain" | "marked" | "found" | "mixed" | "hidden";
  text: string;
  name?: string;
}

/** More hidden passages than this are written out as text: each one drawn apart would freeze the page. */
const MOST_HIDDEN = 500;
const MOST_MIXED_WORDS = 50;
const MOST_PARTS = 3_000;

/**
 * Splits hostile text into what is drawn differently: characters that cannot be seen, words that mix alphabets, what is
 * sought (`find`, whatever its case) and what is to be set off (`marks`). Bounded, however hostile the text.
 */
export function textParts(
  text: string,
  { marks = [], find = "" }: { marks?: readonly string[]; find?: string } = {},
): TextPart[] {
  const mixed = mixedScriptWords(text, MOST_MIXED_WORDS);
  const pattern = find === "" ? null : findPattern(find);
  const parts: TextPart[] = [];
  for (const segment of boundHidden(revealHidden(text))) {
    if (segment.kind === "hidden")
      parts.push({ kind: "hidden", text: segment.text, name: segment.name ?? "" });
    else if (parts.length >= MOST_PARTS) parts.push({ kind: "plain", text: segment.text });
    else {
      for (const sought of splitFound(segment.text, pattern)) {
        if (sought.found) parts.push({ kind: "found", text: sought.text });
        else parts.push(...splitMixed(sought.text, mixed, marks));
      }
    }
  }
  return parts;
}

/** How often `find` stands in a text, whatever its case; counts no further than `most`. */
export function countFound(text: string, find: string, most: number): number {
  if (find === "") return 0;
  let count = 0;
  for (const _ of text.matchAll(findPattern(find))) {
    count += 1;
    if (count >= most) break;
  }
  return count;
}

export const findPattern = (find: string): RegExp =>
  new RegExp(find.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "giu");

function splitFound(text: string, pattern: RegExp | null): { text: string; found: boolean }[] {
  if (!pattern) return [{ text, found: false }];
  const parts: { text: string; found: boolean }[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (parts.length >= MOST_PARTS) break;
    if (match.index > from) parts.push({ text: text.slice(from, match.index), found: false });
    parts.push({ text: match[0], found: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), found: false });
  return parts;
}

const splitMixed = (text: string, mixed: readonly string[], marks: readonly string[]): TextPart[] =>
  splitMarks(text, mixed).flatMap((word): TextPart[] =>
    word.marked
      ? [{ kind: "mixed", text: word.text }]
      : splitMarks(word.text, marks).map((part) => ({
          kind: part.marked ? "marked" : "plain",
          text: part.text,
        })),
  );

/** The first hidden passages stay apart; those after them are written into the text by their code. */
function boundHidden(segments: Segment[]): Segment[] {
  if (segments.filter(({ kind }) => kind === "hidden").length <= MOST_HIDDEN) return segments;
  let hidden = 0;
  const at = segments.findIndex(({ kind }) => kind === "hidden" && ++hidden > MOST_HIDDEN);
  const rest = segments
    .slice(at)
    .map(({ kind, text, name }) => (kind === "plain" ? text : `‹${codeOf(name ?? "")}›`))
    .join("");
  return [...segments.slice(0, at), { kind: "plain", text: rest }];
}

/** A hidden character's code, shorter than its name; what tag characters spell stays. */
export function codeOf(name: string): string {
  const code = /\((U\+[0-9A-F]+)\)( × \d+)?$/.exec(name);
  return code ? `${code[1]}${code[2] ?? ""}` : name;
}
