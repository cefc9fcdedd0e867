import type { CompiledPolicy } from "./compile-policy";
import type { Classification } from "./evaluate";
import { runsBeforeReview } from "./scrutiny";

/** Automatic execution held back to review: of an agent, of an action type, or of one of its rules. */
export interface Hold {
  id: string;
  /** Holds back drafts that this rule decided; all of the action type or agent when null. */
  rule: string | null;
  reason: string;
}

const HELD_SLA_HOURS = 24;

/**
 * Those of the holds, all about its action type or agent, that concern what this rule decided. A hold on a rule that the
 * policy in force no longer has concerns everything: a changed policy file must not end a hold unseen.
 */
export const holdsConcerning = (
  holds: readonly Hold[],
  ruleName: string,
  policy: Pick<CompiledPolicy, "rules"> | undefined,
): Hold[] =>
  holds.filter(
    ({ rule }) => rule === null || rule === ruleName || !policy?.rules.some(({ name }) => name === rule),
  );

/**
 * What a classification comes to under the holds that concern it: what would run by itself
 * waits in the batch queue instead. Everything else is under review already and stays as it is.
 */
export function applyHolds(classification: Classification, holds: readonly Hold[]): Classification {
  if (classification.tier === "prohibited" || !runsBeforeReview(classification.route)) return classification;
  if (holds.length === 0) return classification;
  return {
    ...classification,
    route: "batch_review",
    sla_hours: classification.sla_hours ?? HELD_SLA_HOURS,
    held_by: holds.map(({ id, reason }) => ({ id, reason })),
    reasons: [...classification.reasons, ...holds.map(({ reason }) => `held back to review: ${reason}`)],
  };
}
