import { wordsOf } from "./words";

/** What of a draft can be searched for. */
export interface SearchedDraft {
  summary: string;
  subject: { type: string; id: string };
  actionType: string;
  title: string;
  agentName: string;
  externalId: string | null;
  payload: unknown;
  decidedPayload: unknown;
  /** Why people decided as they did. */
  reasons: string[];
}

const MOST_TERMS = 400;
/** Of one text: enough for its terms, and long prose does not hold the worker up. */
const MOST_READ = 20_000;

/** The term under which every draft about this subject is found, and nothing else; no word has a `=`. */
export const subjectTerm = (subjectId: string): string => `=${[...subjectId].slice(0, 64).join("")}`;

/**
 * The terms of a draft, at most 400, each at most 64 characters. First what it is about and says of itself, then the
 * payload's values, the short ones first, so that no long text crowds out an id or an amount.
 */
export function termsOf(draft: SearchedDraft): string[] {
  const { subject } = draft;
  const terms = new Set([subjectTerm(subject.id)]);
  const values = [...valuesOf(draft.decidedPayload), ...valuesOf(draft.payload)];
  const texts = [
    subject.id,
    subject.type,
    draft.externalId ?? "",
    draft.actionType,
    draft.title,
    draft.agentName,
    draft.summary,
    ...draft.reasons,
    ...values.sort((one, other) => one.length - other.length),
  ];
  for (const text of texts) {
    for (const word of wordsOf(text.slice(0, MOST_READ))) {
      if (terms.size >= MOST_TERMS) return [...terms];
      terms.add(word);
    }
  }
  return [...terms];
}

/** The texts and numbers in a JSON value, however deep; amounts also with two decimals. */
function valuesOf(value: unknown): string[] {
  const found: string[] = [];
  const left = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === "string") found.push(next);
    else if (typeof next === "number") found.push(String(next), next.toFixed(2));
    else if (typeof next === "object" && next !== null) left.push(...Object.values(next));
  }
  return found;
}
