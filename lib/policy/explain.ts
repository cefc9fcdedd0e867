import type { Condition } from "./condition";
import type { OperatorName, Verdict } from "./operators";

/** One comparison of a fact, as it is recorded and shown. `holds` is null when it cannot be known. */
export type ConditionResult = {
  /** The label of the rule or hard block it belongs to. */
  rule: string;
  fact: string;
  operator: OperatorName;
  expected: unknown;
  /** The fact's value; null when there is none. */
  actual: unknown;
  source: string | null;
  /** When the fact was true, ISO 8601; null when the source has no time. */
  at: string | null;
  holds: Verdict;
  /** Why the value is unknown, or what lies behind it. */
  note?: string | undefined;
};

type Compared = Pick<ConditionResult, "fact" | "operator" | "expected" | "actual" | "holds" | "note">;

const phrases: Record<OperatorName, [holds: string, fails: string]> = {
  lte: ["is at most", "is over"],
  lt: ["is under", "is at least"],
  gte: ["is at least", "is under"],
  gt: ["is over", "is at most"],
  eq: ["is", "is not"],
  ne: ["is not", "is"],
  in: ["is one of", "is none of"],
  not_in: ["is none of", "is one of"],
};

/**
 * What a comparison came to, as a short true sentence: "amount 620 is over 500", "order status is unknown"; with what
 * the fact's note says after a colon.
 */
export function explainCondition(compared: Compared): string {
  const sentence = explainComparison(compared);
  return compared.note ? `${sentence}: ${compared.note}` : sentence;
}

function explainComparison({ fact, operator, expected, actual, holds }: Compared): string {
  const name = factWords(fact);
  if (holds === null) {
    return actual === null ? `${name} is unknown` : `${name} cannot be compared: it is ${kindWords(actual)}`;
  }
  const phrase = phrases[operator][holds ? 0 : 1];
  if (operator !== "eq" && operator !== "ne") return `${name} ${say(actual)} ${phrase} ${say(expected)}`;
  if (typeof actual === "boolean" || phrase === "is") return `${name} is ${say(actual)}`;
  return `${name} is ${say(actual)}, not ${say(expected)}`;
}

/** A condition as written, without any facts: "order status is not pending and amount is over 50". */
export function describeCondition(condition: Condition): string {
  if (condition.kind === "fact") {
    const phrase = phrases[condition.operator][0];
    return `${factWords(condition.fact)} ${phrase} ${say(condition.expected)}`;
  }
  if (condition.kind === "not") return `not (${describeCondition(condition.part)})`;
  if (condition.parts.length === 0) return "always";
  const joint = condition.kind === "all" ? " and " : " or ";
  return condition.parts
    .map((part) =>
      part.kind === "all" || part.kind === "any" ? `(${describeCondition(part)})` : describeCondition(part),
    )
    .join(joint);
}

/** A fact's name as words. */
export function factWords(fact: string): string {
  return fact.replaceAll("_", " ");
}

function say(value: unknown): string {
  if (Array.isArray(value)) return value.map(say).join(", ");
  const text = String(value).replace(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function kindWords(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "string") return "a text";
  return typeof value === "boolean" ? "true or false" : `a ${typeof value}`;
}
