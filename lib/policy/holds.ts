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
 * What a classification comes to under these holds, which are about its action type or agent: what would run by itself
 * waits in the batch queue instead. Everything else is under review already and stays as it is.
 */
export function applyHolds(classification: Classification, holds: readonly Hold[]): Classification {
  if (classification.tier === "prohibited" || !runsBeforeReview(classification.route)) return classification;
  const held = holds.filter(({ rule }) => rule === null || rule === classification.rule_name);
  if (held.length === 0) return classification;
  return {
    ...classification,
    route: "batch_review",
    sla_hours: classification.sla_hours ?? HELD_SLA_HOURS,
    held_by: held.map(({ id, reason }) => ({ id, reason })),
    reasons: [...classification.reasons, ...held.map(({ reason }) => `held back to review: ${reason}`)],
  };
}
