import { findPattern } from "@/components/ui/text-parts";
import { textsOf } from "./texts-of";

/** How long a piece of evidence is, in what people count it by; null where there is nothing. */
export function lengthOf(content: unknown): { characters: number; words: string } | null {
  if (content === null || content === undefined) return null;
  if (typeof content === "string") {
    const lines = content.split("\n").length;
    const characters = `${count(content.length)} ${content.length === 1 ? "character" : "characters"}`;
    return {
      characters: content.length,
      words: lines > 1 ? `${characters}, ${count(lines)} lines` : characters,
    };
  }
  const fields = countFields(content);
  return {
    characters: JSON.stringify(content).length,
    words: `${count(fields)} ${fields === 1 ? "field" : "fields"}`,
  };
}

/** All of a piece as one text, to look through. */
export const searchTextOf = (title: string, content: unknown): string =>
  `${title}\n${typeof content === "string" ? content : withNumbers(content)}`;

export interface Excerpt {
  /** From 1. */
  line: number;
  text: string;
}

const AROUND = 80;

/**
 * Where `find` stands in a long text: so many stretches of it around each place, those that touch in one. A
 * text is never drawn whole for it.
 */
export function excerptsOf(text: string, find: string, most: number): Excerpt[] {
  const windows: { from: number; to: number }[] = [];
  for (const match of text.matchAll(findPattern(find))) {
    const from = Math.max(0, match.index - AROUND);
    const to = Math.min(text.length, match.index + match[0].length + AROUND);
    const last = windows.at(-1);
    if (last && from <= last.to && to - last.from < 20 * AROUND) last.to = to;
    else if (windows.length === most) break;
    else windows.push({ from: last ? Math.max(from, last.to) : from, to });
  }
  let line = 1;
  let at = 0;
  return windows.map(({ from, to }) => {
    for (; at < from; at += 1) if (text.charCodeAt(at) === 10) line += 1;
    return { line, text: `${from > 0 ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}` };
  });
}

const count = (value: number) => value.toLocaleString("en-US");

function countFields(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  const parts = Array.isArray(value) ? value : Object.values(value);
  return parts.reduce<number>((sum, part) => sum + countFields(part), 0);
}

function withNumbers(value: unknown): string {
  const leaves: string[] = [textsOf(value)];
  const visit = (part: unknown) => {
    if (typeof part === "number" || typeof part === "boolean") leaves.push(String(part));
    else if (typeof part === "object" && part !== null) Object.values(part).forEach(visit);
  };
  visit(value);
  return leaves.join("\n");
}
