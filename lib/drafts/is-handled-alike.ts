import type { Classification } from "@/lib/policy/evaluate";

/**
 * Whether a policy makes the same of a draft in both: totals and counts move all the time, and are news only where they
 * lead to something else.
 */
export const isHandledAlike = (one: Classification, other: Classification): boolean =>
  handlingOf(one) === handlingOf(other);

const handlingOf = ({
  tier,
  route,
  rule_name,
  approver_rule,
  approvals_required,
  blocked_by,
}: Classification): string =>
  JSON.stringify([tier, route, rule_name, approver_rule, approvals_required, blocked_by]);
