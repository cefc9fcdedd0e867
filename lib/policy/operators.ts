/** What a condition comes to: it holds, it does not, or it cannot be known (Kleene's three values). */
export type Verdict = true | false | null;

export type Scalar = string | number | boolean;

type Operator = {
  /** What the policy file must give, in words; used in errors at load. */
  expects: string;
  accepts: (expected: unknown) => boolean;
  /** Builds the test once; it returns null for a fact of the wrong type, so that it counts as unknown. */
  compile: (expected: never) => (actual: unknown) => Verdict;
};

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isScalar = (value: unknown): value is Scalar =>
  typeof value === "string" || typeof value === "boolean" || isNumber(value);

const numeric = (holds: (actual: number, expected: number) => boolean): Operator => ({
  expects: "a number",
  accepts: isNumber,
  compile: (expected: number) => (actual) => (isNumber(actual) ? holds(actual, expected) : null),
});

const equality = (wanted: boolean): Operator => ({
  expects: "a text, a number, true or false",
  accepts: isScalar,
  compile: (expected: Scalar) => (actual) =>
    typeof actual !== typeof expected || !isScalar(actual) ? null : (actual === expected) === wanted,
});

const membership = (wanted: boolean): Operator => ({
  expects: "a non-empty list of texts, numbers, true or false",
  accepts: (expected) => Array.isArray(expected) && expected.length > 0 && expected.every(isScalar),
  compile: (expected: Scalar[]) => {
    const members = new Set<unknown>(expected);
    const types = new Set(expected.map((member) => typeof member));
    return (actual) => (isScalar(actual) && types.has(typeof actual) ? members.has(actual) === wanted : null);
  },
});

/** Every comparison a condition can make, by the suffix of its key without the underscore. */
export const OPERATORS = {
  lte: numeric((actual, expected) => actual <= expected),
  lt: numeric((actual, expected) => actual < expected),
  gte: numeric((actual, expected) => actual >= expected),
  gt: numeric((actual, expected) => actual > expected),
  eq: equality(true),
  ne: equality(false),
  in: membership(true),
  not_in: membership(false),
} satisfies Record<string, Operator>;

export type OperatorName = keyof typeof OPERATORS;

const LONGEST_FIRST = (Object.keys(OPERATORS) as OperatorName[]).sort((a, b) => b.length - a.length);

/** The suffixes as a sentence for error messages. */
export const OPERATOR_SUFFIXES = Object.keys(OPERATORS)
  .map((name) => `_${name}`)
  .join(", ");

/** Splits `amount_lte` into fact and operator by the longest known suffix; the operator is null for a bare name. */
export function splitOperator(key: string): { fact: string; operator: OperatorName | null } {
  const operator = LONGEST_FIRST.find((name) => key.endsWith(`_${name}`));
  return operator ? { fact: key.slice(0, -operator.length - 1), operator } : { fact: key, operator: null };
}
