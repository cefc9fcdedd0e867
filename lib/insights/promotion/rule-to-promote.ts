import { CountersignError } from "@/lib/errors";
import type { CompiledRule } from "@/lib/policy/compile-policy";
import { runsBeforeReview } from "@/lib/policy/scrutiny";
import type { LoadedPolicies, LoadedPolicy } from "@/lib/policy-files/load-policies";

/** Rules that people review by before anything runs: what may be promoted. */
export const reviewedRules = ({ policy }: LoadedPolicy): CompiledRule[] =>
  policy.prohibited
    ? []
    : policy.rules.filter(({ tier, route }) => tier !== "prohibited" && !runsBeforeReview(route));

/**
 * The policy in force and its reviewed rule of that name.
 * @throws CountersignError `not_found` for a type that no policy covers or a rule that people do not review by.
 */
export function getRuleToPromote(
  policies: LoadedPolicies,
  actionType: string,
  ruleName: string,
): { policy: LoadedPolicy; rule: CompiledRule } {
  const policy = policies.get(actionType);
  if (!policy) throw new CountersignError("not_found", "No policy covers this action type.");
  const rule = reviewedRules(policy).find(({ name }) => name === ruleName);
  if (!rule) throw new CountersignError("not_found", "This policy has no such rule that people review by.");
  return { policy, rule };
}
