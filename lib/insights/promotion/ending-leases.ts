import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
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
 * Takes out the promoted rules directly before a reviewed rule that a new promotion takes the place of. What they let run
 * falls to the reviewed rule again, and counts as its history; left in, they would keep every draft from the new rule.
 */
export function withoutPromoted(
  policy: LoadedPolicy,
  rule: CompiledRule,
  isReplaced: (promoted: CompiledRule) => boolean,
): Promotable {
  const { rules } = policy.policy;
  const replaced: CompiledRule[] = [];
  for (let at = rule.index - 1; rules[at]?.lease?.promotion; at--) {
    if (isReplaced(rules[at]!)) replaced.unshift(rules[at]!);
  }
  if (replaced.length === 0) return { policy, rule, replaced };
  const gone = new Set(replaced.map(({ index }) => index));
  const left = withTiers(
    policy,
    (policy.raw.tiers ?? []).filter((_, index) => !gone.has(index)),
  );
  return { policy: left, rule: left.policy.rules[rule.index - replaced.length]!, replaced };
}

/** Whether a promoted rule is to be replaced: its lease is over or soon will be, or it is held back, as when a sample was overturned. */
export const endsOrIsHeld =
  (heldRules: ReadonlySet<string>, now: Date) =>
  ({ name, lease }: CompiledRule): boolean =>
    heldRules.has(name) || leaseEndsAt(lease!).getTime() - now.getTime() <= RENEWED_WITHIN_MS;

/** The rules of an action type that are held back now, by name. */
export async function readHeldRules(db: Queryable, actionType: string, now: Date): Promise<Set<string>> {
  const rows = await db.rows<{ rule: string }>(sql`
    SELECT rule FROM hold
    WHERE action_type = ${actionType} AND rule IS NOT NULL AND released_at IS NULL AND (ends_at IS NULL OR ends_at > ${now})`);
  return new Set(rows.map(({ rule }) => rule));
}
