import { checkCases } from "./check-cases";
import { checkRedact } from "./check-redact";
import { checkRules } from "./check-rules";
import type { Finding } from "./finding";
import type { LoadedCases } from "./load-cases";
import type { LoadedPolicies } from "./load-policies";

export type PolicyCheck = {
  rows: {
    actionType: string;
    rules: number;
    /** Rules that some golden case reaches. */
    covered: number;
    hardBlocks: number;
    cases: number;
    failed: number;
  }[];
  findings: Finding[];
};

/**
 * Runs every golden case and looks for what loads but cannot be meant: a rule that can never match, a gap between the
 * rules, a heading or approver rule that does not exist, an action type without cases, a rule that no case reaches.
 * `approverRules` are the names of those that exist; null when that is not known, and then not checked.
 */
export function checkPolicies(
  loaded: LoadedPolicies,
  cases: LoadedCases,
  approverRules: ReadonlySet<string> | null,
): PolicyCheck {
  const check: PolicyCheck = { rows: [], findings: [] };
  for (const policy of loaded.values()) {
    const golden = cases.get(policy.actionType) ?? [];
    const { findings, failed, coverage } = checkCases(policy, golden);
    check.findings.push(...checkRules(policy, approverRules), ...checkRedact(policy), ...findings);
    check.rows.push({
      actionType: policy.actionType,
      rules: policy.policy.rules.length,
      covered: coverage.filter((rule) => rule.cases.length > 0).length,
      hardBlocks: policy.policy.hardBlocks.length,
      cases: golden.length,
      failed,
    });
  }
  return check;
}
