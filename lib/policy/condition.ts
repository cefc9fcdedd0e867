import { OPERATOR_SUFFIXES, OPERATORS, type OperatorName, type Scalar, splitOperator } from "./operators";
import { quoteFound } from "./policy-error";

/** A `when` or hard block as a tree. Keys are sorted, so the order they are written in means nothing. */
export type Condition =
  | { kind: "fact"; fact: string; operator: OperatorName; expected: Scalar | Scalar[] }
  | { kind: "all" | "any"; parts: Condition[] }
  | { kind: "not"; part: Condition };

export type ConditionProblem = { path: (string | number)[]; found: string; allowed: string };

const FACT_NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,99}$/;
const MAX_LEVELS = 20;
const SHAPE = 'an object such as {"amount_lte": 50}, with all, any and not for nesting';

/**
 * Reads one condition object as written in policy.json: keys are facts with an operator suffix, bare booleans, or
 * `all`, `any`, `not`; several keys must all hold, and an empty object always holds.
 * Appends what is wrong to `problems`; the tree is only to be used when nothing was appended.
 */
export function parseCondition(
  raw: unknown,
  problems: ConditionProblem[] = [],
  path: (string | number)[] = [],
): Condition {
  const parts: Condition[] = [];
  const refuse = (at: (string | number)[], found: unknown, allowed: string) =>
    problems.push({ path: at, found: quoteFound(found), allowed });

  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    refuse(path, raw, SHAPE);
  } else if (path.length > MAX_LEVELS * 2) {
    refuse(path, raw, `at most ${MAX_LEVELS} levels of nesting`);
  } else {
    for (const key of Object.keys(raw).sort()) {
      const value = (raw as Record<string, unknown>)[key];
      const at = [...path, key];
      if (key === "all" || key === "any") {
        if (!Array.isArray(value) || value.length === 0) refuse(at, value, "a non-empty list of conditions");
        else
          parts.push({
            kind: key,
            parts: value.map((part, index) => parseCondition(part, problems, [...at, index])),
          });
      } else if (key === "not") {
        parts.push({ kind: "not", part: parseCondition(value, problems, at) });
      } else {
        const leaf = parseFact(key, value, (found, allowed) => refuse(at, found, allowed));
        if (leaf) parts.push(leaf);
      }
    }
  }
  return parts.length === 1 ? parts[0]! : { kind: "all", parts };
}

function parseFact(
  key: string,
  value: unknown,
  refuse: (found: unknown, allowed: string) => void,
): Condition | null {
  const { fact, operator } = splitOperator(key);
  if (!FACT_NAME.test(fact)) {
    refuse(key, "a fact name of letters, digits and _ . - that starts with a letter");
    return null;
  }
  if (operator === null) {
    if (typeof value === "boolean") return { kind: "fact", fact, operator: "eq", expected: value };
    refuse(
      { [key]: value },
      `true or false for a bare fact, or a key that ends in one of ${OPERATOR_SUFFIXES}`,
    );
    return null;
  }
  if (!OPERATORS[operator].accepts(value)) {
    const hint = typeof value === "boolean" ? `; for a fact named ${key} write ${key}_eq` : "";
    refuse(value, `${OPERATORS[operator].expects} after _${operator}${hint}`);
    return null;
  }
  return { kind: "fact", fact, operator, expected: value as Scalar | Scalar[] };
}

/** The names of all facts a condition looks at, each once, in order. */
export function conditionFacts(condition: Condition): string[] {
  if (condition.kind === "fact") return [condition.fact];
  const parts = condition.kind === "not" ? [condition.part] : condition.parts;
  return [...new Set(parts.flatMap(conditionFacts))];
}

/** Whether the condition holds whatever the facts are. */
export function isUnconditional(condition: Condition): boolean {
  if (condition.kind === "all") return condition.parts.every(isUnconditional);
  return condition.kind === "any" && condition.parts.some(isUnconditional);
}
