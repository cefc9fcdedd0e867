/** Whose drafts are counted: the subject's, the agent's, the action type's, or the subject's of this action type. */
export type ComputedScope = "subject" | "agent" | "action_type" | "subject_action_type";
/** The sum of amounts, the number submitted, or the share (0 to 1) of those decided that were rejected. */
export type ComputedMeasure = "amount" | "drafts" | "reject_rate";

export type ComputedFactName =
  `${ComputedScope}_${ComputedMeasure}_${number}${"h" | "d"}${"" | "_automatic"}`;

/** What a computed fact's name asks for, over the last `hours`. */
export interface ComputedFact {
  scope: ComputedScope;
  measure: ComputedMeasure;
  hours: number;
  /** Only drafts that ran without a person. */
  automatic: boolean;
}

/** What any computed fact's name looks like, whatever its window. */
export const COMPUTED_FACT_SHAPE =
  /^(subject_action_type|subject|agent|action_type)_(amount|drafts|reject_rate)_(\d+)([hd])(_automatic)?$/;

export const COMPUTED_FACT_FORM =
  "{subject|agent|action_type|subject_action_type}_{amount|drafts|reject_rate}_{1 to 8760}h or _{1 to 365}d, " +
  "amount and drafts also with _automatic, such as subject_amount_24h";

const MAX = { h: 8760, d: 365 };

/**
 * Reads the name of a fact that Countersign computes from its own tables, such as `subject_amount_24h`,
 * `agent_reject_rate_30d` or `subject_action_type_amount_7d_automatic`; null for any other name. A policy that uses
 * such a name means the computed fact, unless its `facts` section says otherwise.
 */
export function parseComputedFact(name: string): ComputedFact | null {
  const match = COMPUTED_FACT_SHAPE.exec(name);
  if (!match) return null;
  const [, scope, measure, count, unit, automatic] = match as unknown as [
    string,
    ComputedScope,
    ComputedMeasure,
    string,
    "h" | "d",
    string | undefined,
  ];
  const length = Number(count);
  if (count.startsWith("0") || length > MAX[unit]) return null;
  if (automatic && measure === "reject_rate") return null;
  return { scope, measure, hours: unit === "d" ? length * 24 : length, automatic: automatic !== undefined };
}

export function isComputedFactName(name: string): name is ComputedFactName {
  return parseComputedFact(name) !== null;
}
