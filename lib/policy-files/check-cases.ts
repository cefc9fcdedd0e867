import { type Classification, evaluate } from "@/lib/policy/evaluate";
import { explainCondition } from "@/lib/policy/explain";
import { error, type Finding, warning } from "./finding";
import type { GoldenCase } from "./load-cases";
import type { LoadedPolicy } from "./load-policies";

/** The golden cases that each rule decides, by the rule's position. */
export type CaseCoverage = readonly { rule: string; cases: string[] }[];

export interface CaseCheck {
  findings: Finding[];
  failed: number;
  coverage: CaseCoverage;
}

/**
 * Runs the golden cases of one policy. A case that comes out otherwise is an error, and so is having none; a rule that
 * none of them reaches and a fact that the policy does not look at are warnings.
 */
export function checkCases(policy: LoadedPolicy, golden: readonly GoldenCase[]): CaseCheck {
  const { actionType } = policy;
  const results = golden.map((entry) => classifyCase(policy, entry));
  const coverage = policy.policy.rules.map(({ name, index }) => ({
    rule: name,
    cases: golden
      .filter((entry, at) => entry.blocked_by === undefined && results[at]!.rule?.index === index)
      .map((entry) => entry.name),
  }));
  if (golden.length === 0) {
    const place = { actionType, file: "cases.json", path: "" } as const;
    const allowed = "golden cases, as a change of this policy would go unnoticed";
    return { findings: [error(place, "no cases", allowed)], failed: 0, coverage };
  }
  const failures = golden.flatMap((entry, at) => compareCase(actionType, entry, at, results[at]!));
  return {
    findings: [...failures, ...findUnreached(policy, coverage), ...findStrayFacts(policy, golden)],
    failed: failures.length,
    coverage,
  };
}

function classifyCase(policy: LoadedPolicy, { facts }: GoldenCase): Classification {
  const known = Object.entries(facts).map(([name, value]) => [name, { value, source: "case" }]);
  return evaluate(policy.policy, Object.fromEntries(known));
}

function compareCase(actionType: string, golden: GoldenCase, at: number, got: Classification): Finding[] {
  const { name, facts: _, ...expected } = { blocked_by: [], ...golden };
  const wrong = (Object.keys(expected) as (keyof typeof expected)[]).filter(
    (key) => write(got[key]) !== write(expected[key]),
  );
  if (wrong.length === 0) return [];
  const say = (of: Pick<Classification, never>) =>
    wrong.map((key) => `${key} ${write((of as typeof expected)[key])}`).join(", ");
  const place = { actionType, file: "cases.json", path: `[${at}]` } as const;
  return [error(place, `${say(got)} in the case "${name}"`, say(expected), explainAll(got))];
}

function write(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? [...value].sort() : value) ?? "nothing";
}

function explainAll({ conditions, rule_name }: Classification): string[] {
  const lines = conditions.map((result) => `${result.rule}: ${explainCondition(result)}`);
  return [...lines, `decided by ${rule_name}`];
}

function findUnreached({ actionType, policy }: LoadedPolicy, coverage: CaseCoverage): Finding[] {
  if (policy.prohibited) return [];
  return coverage.flatMap(({ rule, cases }, index) => {
    const place = { actionType, file: "cases.json", path: "" } as const;
    const found = `no case that tiers[${index}] (${rule}) decides`;
    return cases.length ? [] : [warning(place, found, "at least one case for every rule")];
  });
}

function findStrayFacts(policy: LoadedPolicy, golden: readonly GoldenCase[]): Finding[] {
  if (policy.policy.prohibited) return [];
  const known = Object.keys(policy.factSources);
  return golden.flatMap(({ facts }, at) =>
    Object.keys(facts)
      .filter((name) => !known.includes(name))
      .map((name) => {
        const place = {
          actionType: policy.actionType,
          file: "cases.json",
          path: `[${at}].facts.${name}`,
        } as const;
        return warning(place, "a fact that the policy does not look at", `one of ${known.join(", ")}`);
      }),
  );
}
