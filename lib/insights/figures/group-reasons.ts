export interface GivenReason {
  draftId: string;
  outcome: "rejected" | "changes_requested";
  reason: string;
}

/** Reasons that say the same but for case, spaces and the full stop at the end. */
export interface ReasonGroup {
  /** As it was written last: its first line. */
  text: string;
  count: number;
  rejected: number;
  changesRequested: number;
  /** The newest that it was given for. */
  draftIds: string[];
}

const MOST_GROUPS = 8;
const MOST_WORDS = 12;
const MOST_TEXT = 200;
/** In fewer reasons than this a word tells nothing. */
const LEAST_COMMON = 3;
const SHORTEST_WORD = 4;
/** Words that say nothing of why. */
const EMPTY_WORDS = new Set(
  (
    "this that with from have been were will would should could they them their there then than what when which while " +
    "because does doing done into only also just more most very your yours ours about after before again please need needs " +
    "without within here some such each other these those being make made same still even much many like"
  ).split(" "),
);

/**
 * Groups reasons, newest first, by what people wrote, without guessing what they meant: the most frequent ones, and the
 * words that many of them share.
 */
export function groupReasons(given: readonly GivenReason[]): {
  groups: ReasonGroup[];
  words: { word: string; count: number }[];
} {
  const groups = new Map<string, ReasonGroup>();
  const words = new Map<string, number>();
  for (const { draftId, outcome, reason } of given) {
    const [text = ""] = reason.trim().split("\n");
    const key = keyOf(text);
    const group = groups.get(key) ?? {
      text: text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text.trim(),
      count: 0,
      rejected: 0,
      changesRequested: 0,
      draftIds: [],
    };
    group.count += 1;
    if (outcome === "rejected") group.rejected += 1;
    else group.changesRequested += 1;
    if (group.draftIds.length < 3) group.draftIds.push(draftId);
    groups.set(key, group);
    for (const word of wordsOf(reason)) words.set(word, (words.get(word) ?? 0) + 1);
  }
  return {
    groups: [...groups.values()].sort((a, b) => b.count - a.count).slice(0, MOST_GROUPS),
    words: [...words]
      .filter(([, count]) => count >= LEAST_COMMON)
      .sort(([a, often], [b, oftener]) => oftener - often || a.localeCompare(b))
      .slice(0, MOST_WORDS)
      .map(([word, count]) => ({ word, count })),
  };
}

const keyOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/\s+/g, " ")
    .replace(/[\s.!]+$/, "")
    .trim();

const wordsOf = (reason: string): Set<string> =>
  new Set(
    (reason.toLowerCase().match(/\p{L}[\p{L}\p{M}'-]*/gu) ?? []).filter(
      (word) => word.length >= SHORTEST_WORD && !EMPTY_WORDS.has(word),
    ),
  );
