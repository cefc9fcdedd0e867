/**
 * The facts Countersign computes from its own tables. A policy that uses one of these names means the computed
 * fact, unless its `facts` section says otherwise.
 */
export const KNOWN_COMPUTED_FACTS = [
  /** Sum of the amounts of this subject's drafts in the last 24 hours, this one included. */
  "subject_amount_24h",
  /** Drafts this agent submitted in the last hour, this one included. */
  "agent_drafts_1h",
  /** Share (0 to 1) of this agent's drafts decided in the last 30 days that were rejected. */
  "agent_reject_rate_30d",
] as const;

export type ComputedFactName = (typeof KNOWN_COMPUTED_FACTS)[number];

export function isComputedFactName(name: string): name is ComputedFactName {
  return (KNOWN_COMPUTED_FACTS as readonly string[]).includes(name);
}
