import { revealHidden } from "@/lib/trust/suspicious-text";

const WHO = "(?:approver|reviewer|review team|human in the loop|decision[- ]maker)s?";
const IT =
  "(?:this|it|the (?:request|draft|action|change|refund|order)|everything|all|immediately|at once|now|without)";

/**
 * Phrases that speak to whoever decides, or to a machine that does, rather than say what happened. Only what hardly stands
 * in honest evidence: "please approve my refund" is a customer's wish, and not among them.
 */
const PHRASES = [
  new RegExp(`\\b(?:dear|hey|hi|hello|note (?:to|for)(?: the)?|attention:?|to the)\\s+${WHO}\\b`, "giu"),
  new RegExp(`\\b${WHO}\\s*:`, "giu"),
  new RegExp(`(?:^|[.!?:;\\n]\\s*|\\bplease\\s+)(?:just\\s+)?(?:auto-?)?approve\\s+${IT}\\b`, "gimu"),
  /\b(?:ignore|disregard|forget)\s+(?:all |any )?(?:of )?(?:the |your )?(?:previous|prior|above|earlier|other)\s+(?:instructions?|rules?|polic(?:y|ies)|prompts?)\b/giu,
  /\b(?:mark|classify|treat|tag|rate)\s+(?:this|it|me)\s+(?:as\s+)?(?:low|no|zero)[- ]?(?:risk|tier)\b/giu,
  /\b(?:skip|bypass|override|circumvent)\s+(?:the\s+|all\s+|any\s+)?(?:review|approval|polic(?:y|ies)|checks?|limits?)\b/giu,
  /<\/?(?:system|assistant|instructions?)>|\[\/?(?:INST|SYSTEM)\]|<\|(?:im_start|system)\|>/giu,
];

const LONGEST_READ = 300_000;

/**
 * Up to `max` different phrases of a text that are addressed to the approver, in order, each with the rest of its
 * sentence; hidden characters do not hide them. Which they are follows from the text alone.
 */
export function notesToApprover(text: string, max: number): string[] {
  const readable = revealHidden(text.slice(0, LONGEST_READ))
    .map((segment) => (segment.kind === "plain" ? segment.text : spelled(segment.name ?? "")))
    .join("");
  const found = PHRASES.flatMap((phrase) =>
    [...take(readable.matchAll(phrase), max)].map((match) => {
      const lead = /^[.!?:;\s]*/.exec(match[0])?.[0].length ?? 0;
      return { from: match.index + lead, to: match.index + match[0].length };
    }),
  ).sort((a, b) => a.from - b.from);
  const notes: string[] = [];
  let readTo = 0;
  for (const { from, to } of found) {
    if (from < readTo) continue;
    const rest = /^[^.!?\n]{0,40}/.exec(readable.slice(to, to + 41))?.[0] ?? "";
    readTo = to + rest.length;
    notes.push(readable.slice(from, readTo).trim() + (rest.length === 40 ? "…" : ""));
  }
  return [...new Set(notes)].slice(0, max);
}

/** What tag characters spell is read as if it stood there. */
const spelled = (name: string): string => {
  const words = /“(.*)”$/.exec(name)?.[1];
  return words === undefined ? "" : `\n${words}\n`;
};

function* take<Value>(values: Iterable<Value>, most: number): Generator<Value> {
  let taken = 0;
  for (const value of values) {
    if (taken++ >= most) return;
    yield value;
  }
}
