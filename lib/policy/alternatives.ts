import type { Condition } from "./condition";
import { intersect, type ValueSet, valuesFailing, valuesWhere } from "./value-set";

/** Comparisons that must all come out as said, each by the values that do it. */
export type Alternative = { fact: string; values: ValueSet }[];

/** More than this many, and nothing is claimed about a condition. */
const MAX_ALTERNATIVES = 200;

/**
 * A condition as alternatives, of which at least one must hold for the condition to come to `verdict`; null when there
 * are too many. Exactly as evaluated: what is unknown makes an alternative neither true nor false.
 */
export function alternativesOf(condition: Condition, verdict = true): Alternative[] | null {
  if (condition.kind === "fact") {
    const { fact, operator, expected } = condition;
    const values = verdict ? valuesWhere(operator, expected) : valuesFailing(operator, expected);
    return [[{ fact, values }]];
  }
  if (condition.kind === "not") return alternativesOf(condition.part, !verdict);
  const parts: Alternative[][] = [];
  for (const part of condition.parts) {
    const alternatives = alternativesOf(part, verdict);
    if (!alternatives) return null;
    parts.push(alternatives);
  }
  // All parts hold, or one of several fails: one from each; otherwise one from any.
  if ((condition.kind === "all") !== verdict) return atMost(parts.flat());
  return parts.reduce<Alternative[] | null>(
    (sofar, part) => sofar && atMost(sofar.flatMap((one) => part.map((two) => [...one, ...two]))),
    [[]],
  );
}

const atMost = (list: Alternative[]): Alternative[] | null => (list.length > MAX_ALTERNATIVES ? null : list);

/** What an alternative leaves for each fact it is about. */
export function valuesByFact(alternative: Alternative): Map<string, ValueSet> {
  const byFact = new Map<string, ValueSet>();
  for (const { fact, values } of alternative) {
    const before = byFact.get(fact);
    byFact.set(fact, before ? intersect(before, values) : values);
  }
  return byFact;
}
