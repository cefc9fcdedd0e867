import { diffLines, diffWordsWithSpace } from "diff";

export interface DiffPart {
  text: string;
  kind: "same" | "removed" | "added";
}

/** Beyond these, words are no help to a reader, and comparing them takes too long. */
const MOST_CHARACTERS = 20_000;
const MOST_CHANGED_WORDS = 1_000;
const MOST_CHANGED_LINES = 1_000;

/**
 * What became of a text, word by word; long ones line by line, and texts that share too little as one replaced by the
 * other. The parts that are not `added` make up `from`, those that are not `removed` make up `to`.
 */
export function wordDiff(from: string, to: string): DiffPart[] {
  if (from === to) return from === "" ? [] : [{ text: from, kind: "same" }];
  const isShort = from.length + to.length <= MOST_CHARACTERS;
  const parts = isShort
    ? diffWordsWithSpace(from, to, { maxEditLength: MOST_CHANGED_WORDS })
    : diffLines(from, to, { maxEditLength: MOST_CHANGED_LINES });
  const whole: DiffPart[] = [
    { text: from, kind: "removed" },
    { text: to, kind: "added" },
  ];
  const found: DiffPart[] =
    parts?.map(({ value, added, removed }) => ({
      text: value,
      kind: added ? "added" : removed ? "removed" : "same",
    })) ?? whole;
  return found.filter(({ text }) => text !== "");
}
