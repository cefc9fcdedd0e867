import { leaseEndsAt } from "@/lib/policy/apply-lease";
import type { CompiledRule } from "@/lib/policy/compile-policy";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { withTiers } from "./write-rule";

/** So long before a lease ends people are told, and may renew it by another promotion. */
export const RENEWED_WITHIN_MS = 7 * 24 * 60 * 60 * 1000;

/** What a promotion of a reviewed rule begins with. */
export interface Promotable {
  /** Without the rules that it takes the place of. */
  policy: LoadedPolicy;
  rule: CompiledRule;
  /** Where those stand in the policy in force. */
  replaced: readonly CompiledRule[];
}

/**
 * Takes out the promoted rules directly before a reviewed rule whose lease is over or soon will be. What they let run falls
 * to the reviewed rule again, and counts as its history; left in, they would keep every draft from the rule that renews them.
 */
export function withoutEndingLeases(policy: LoadedPolicy, rule: CompiledRule, now: Date): Promotable {
  const { rules } = policy.policy;
  const replaced: CompiledRule[] = [];
  for (let at = rule.index - 1; rules[at]?.lease?.promotion; at--) {
    const promoted = rules[at]!;
    if (leaseEndsAt(promoted.lease!).getTime() - now.getTime() <= RENEWED_WITHIN_MS)
      replaced.unshift(promoted);
  }
  if (replaced.length === 0) return { policy, rule, replaced };
  const gone = new Set(replaced.map(({ index }) => index));
  const left = withTiers(
    policy,
    (policy.raw.tiers ?? []).filter((_, index) => !gone.has(index)),
  );
  return { policy: left, rule: left.policy.rules[rule.index - replaced.length]!, replaced };
}
