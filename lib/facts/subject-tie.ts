import { type FactValue, SUBJECT_MISMATCH } from "@/lib/policy/compile-policy";
import { factWords } from "@/lib/policy/explain";

/** By which fact we know whom a draft is about, and which other facts wait for that. */
export interface SubjectTie {
  type: string;
  /** The fact that holds the subject's id. */
  fact: string;
  /** Facts looked up for the subject that the tie finds. */
  lookedUp: string[];
  /** Totals computed for the subject that the draft claims: worth something only if that is the true one. */
  computed: string[];
}

/** The subject id that a fact holds; null when it is unknown or no text or number. */
export function subjectIdIn(fact: FactValue | undefined): string | null {
  const value = fact?.value;
  if (typeof value === "string" && value !== "") return value;
  return typeof value === "number" ? String(value) : null;
}

/**
 * What follows once the tie's own fact has been looked up: whether the draft claims another subject, and which facts
 * are unknown because of it. Nothing the agent sends may choose a better customer's facts.
 */
export function settleSubject(
  tie: SubjectTie,
  claimed: { type: string; id: string },
  facts: Readonly<Record<string, FactValue | undefined>>,
): Record<string, FactValue> {
  const known = facts[tie.fact];
  const id = subjectIdIn(known);
  const source = known?.source ?? "subject_from";
  const says = `the draft says ${claimed.type} ${claimed.id}`;
  const unknown = (names: string[], note: string) =>
    Object.fromEntries(names.map((name) => [name, { value: null, source, note }]));

  if (id === null) {
    const note = [`${factWords(tie.fact)} is unknown`, known?.note].filter(Boolean).join(": ");
    const mismatch =
      claimed.type === tie.type
        ? { value: null, source, note }
        : { value: true, source, note: `it is about a ${tie.type}, ${says}` };
    return { ...unknown([...tie.lookedUp, ...tie.computed], note), [SUBJECT_MISMATCH]: mismatch };
  }
  const at = known?.at === undefined ? {} : { at: known.at };
  if (claimed.type === tie.type && claimed.id === id) {
    return { [SUBJECT_MISMATCH]: { value: false, source, ...at } };
  }
  const note = `${factWords(tie.fact)} is ${tie.type} ${id}, ${says}`;
  return {
    ...unknown(tie.computed, note),
    [SUBJECT_MISMATCH]: { value: true, source, ...at, note },
  };
}
