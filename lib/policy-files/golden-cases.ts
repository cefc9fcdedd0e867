import { readConfig } from "@/lib/config";
import { PolicyError } from "@/lib/policy/policy-error";
import { type CaseCheck, checkCases } from "./check-cases";
import { type GoldenCase, loadCasesOf } from "./load-cases";
import type { LoadedPolicy } from "./load-policies";

/** The golden cases of one policy and what came of them; or why they cannot be read. */
export type GoldenResult =
  | { ok: true; cases: readonly GoldenCase[]; check: CaseCheck }
  | { ok: false; problem: string };

const known = new WeakMap<LoadedPolicy, GoldenResult>();

/**
 * Runs the golden cases that stand beside a policy in POLICIES_DIR. Like the policies themselves they are read once per
 * process: what is on disk after a change is about the policy that the next start loads.
 */
export function getGoldenResult(policy: LoadedPolicy): GoldenResult {
  const cached = known.get(policy);
  if (cached) return cached;
  const result = runCases(policy);
  known.set(policy, result);
  return result;
}

function runCases(policy: LoadedPolicy): GoldenResult {
  try {
    const cases = loadCasesOf(readConfig().POLICIES_DIR, policy.actionType);
    return { ok: true, cases, check: checkCases(policy, cases) };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return { ok: false, problem: error.message };
  }
}
