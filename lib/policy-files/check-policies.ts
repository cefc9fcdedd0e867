import { isUnconditional } from "@/lib/policy/condition";
import { type Classification, evaluate } from "@/lib/policy/evaluate";
import { findExcerpt } from "@/lib/policy/excerpt";
import { explainCondition } from "@/lib/policy/explain";
import type { GoldenCase, LoadedCases } from "./load-cases";
import type { LoadedPolicies, LoadedPolicy } from "./load-policies";

export type Finding = {
  /** An error fails the check; a warning is only told. */
  severity: "error" | "warning";
  actionType: string;
  /** The file inside the policy's folder. */
  file: "policy.json" | "policy.md" | "cases.json";
  message: string;
  /** For a case that failed: every comparison, as a sentence. */
  details: string[];
};

export type PolicyCheck = {
  rows: { actionType: string; rules: number; hardBlocks: number; cases: number; failed: number }[];
  findings: Finding[];
};

/**
 * Runs every golden case and looks for what loads but cannot be meant: a rule behind one without conditions, a cited
 * heading that is not in policy.md, an action type without cases, a case about facts the policy does not use.
 */
export function checkPolicies(loaded: LoadedPolicies, cases: LoadedCases): PolicyCheck {
  const check: PolicyCheck = { rows: [], findings: [] };
  for (const policy of loaded.values()) {
    const golden = cases.get(policy.actionType) ?? [];
    const failures = golden.flatMap((entry) => runCase(policy, entry));
    check.findings.push(...findDeadRules(policy), ...findMissingSections(policy), ...failures);
    check.findings.push(...(golden.length ? findStrayFacts(policy, golden) : [noCases(policy)]));
    check.rows.push({
      actionType: policy.actionType,
      rules: policy.policy.rules.length,
      hardBlocks: policy.policy.hardBlocks.length,
      cases: golden.length,
      failed: failures.length,
    });
  }
  return check;
}

function runCase(policy: LoadedPolicy, golden: GoldenCase): Finding[] {
  const facts = Object.fromEntries(
    Object.entries(golden.facts).map(([name, value]) => [name, { value, source: "case" }]),
  );
  const got = evaluate(policy.policy, facts);
  const { name, facts: _, ...expected } = { blocked_by: [], ...golden };
  const differences = (Object.keys(expected) as (keyof typeof expected)[])
    .filter((key) => write(got[key]) !== write(expected[key]))
    .map((key) => `${key}: expected ${write(expected[key])}, got ${write(got[key])}`);
  if (differences.length === 0) return [];
  const message = `case "${name}": ${differences.join("; ")}`;
  return [{ ...error(policy, "cases.json", message), details: explainAll(got) }];
}

function write(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
}

function explainAll({ conditions, rule_name }: Classification): string[] {
  const lines = conditions.map((result) => `${result.rule}: ${explainCondition(result)}`);
  return [...lines, `decided by ${rule_name}`];
}

function findDeadRules(policy: LoadedPolicy): Finding[] {
  const { rules } = policy.policy;
  const open = rules.findIndex(({ condition }) => isUnconditional(condition));
  if (open < 0) return [];
  return rules
    .slice(open + 1)
    .map(({ name, index }) =>
      error(policy, "policy.json", `tiers[${index}] (${name}) can never match: tiers[${open}] always does`),
    );
}

function findMissingSections(policy: LoadedPolicy): Finding[] {
  return policy.policy.rules
    .filter(({ cites, tier }) => !findExcerpt(policy.prose, { cites, tier }))
    .map(({ cites, tier, index }) =>
      cites === null
        ? warning(policy, "policy.md", `no heading names the tier ${tier} that tiers[${index}] leads to`)
        : error(policy, "policy.md", `no heading "${cites}", which tiers[${index}] cites`),
    );
}

function findStrayFacts(policy: LoadedPolicy, golden: readonly GoldenCase[]): Finding[] {
  if (policy.policy.prohibited) return [];
  const known = new Set(Object.keys(policy.factSources));
  const stray = new Set(golden.flatMap(({ facts }) => Object.keys(facts)).filter((name) => !known.has(name)));
  return [...stray].map((name) =>
    warning(policy, "cases.json", `the policy does not look at a fact named ${name}`),
  );
}

function noCases(policy: LoadedPolicy): Finding {
  return error(policy, "cases.json", "there are no golden cases: a change of this policy would go unnoticed");
}

function error({ actionType }: LoadedPolicy, file: Finding["file"], message: string): Finding {
  return { severity: "error", actionType, file, message, details: [] };
}

function warning({ actionType }: LoadedPolicy, file: Finding["file"], message: string): Finding {
  return { severity: "warning", actionType, file, message, details: [] };
}
