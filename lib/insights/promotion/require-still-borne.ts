import type { Context } from "@/lib/context";
import { CountersignError } from "@/lib/errors";
import { leaseEndsAt } from "@/lib/policy/apply-lease";
import { policyVersionId } from "@/lib/policy-files/policy-versions";
import { columnsOf } from "../backtest/columns";
import { payloadColumns } from "../backtest/payload-columns";
import { recallCases } from "../backtest/recall-cases";
import { withoutPromoted } from "./ending-leases";
import type { PromotionRow } from "./get-promotion";
import { backtestLimit } from "./plan-promotion";
import type { PromotionContent } from "./promotion-content";

/**
 * What people have decided since it was proposed may speak against it, and its last day may be over: then nobody accepts it
 * by figures of then. A promotion of another policy than the one in force is refused elsewhere.
 * @throws CountersignError `conflict`.
 */
export async function requireStillBorne(ctx: Context, row: PromotionRow): Promise<void> {
  if (row.status !== "proposed") return;
  const now = ctx.now();
  if (now >= leaseEndsAt({ until: row.lease_until })) {
    throw new CountersignError(
      "conflict",
      `It was to run by itself until ${row.lease_until}, and that day is over. Propose it anew.`,
    );
  }
  const content = JSON.parse(row.content) as PromotionContent;
  const { includeImported, limit, tolerance } = content;
  const policy = ctx.policies.get(row.action_type);
  const reviewed = policy?.policy.rules.find(({ name }) => name === row.rule);
  if (!policy || !reviewed || policyVersionId(policy) !== row.policy_version_id) return;
  const replaced = new Set(content.replacedRules?.map(({ name }) => name));
  const base = withoutPromoted(policy, reviewed, ({ name }) => replaced.has(name));
  const columns = columnsOf([policy], payloadColumns(policy));
  const past = await recallCases(ctx, { policy, columns, since: new Date(content.since), until: now });
  const { added } = backtestLimit(
    past,
    base.policy,
    { ruleIndex: base.rule.index, limit },
    { includeImported },
  );
  if (added.bound < tolerance) return;
  throw new CountersignError(
    "conflict",
    `History speaks against it by now: of ${added.decided} decisions that it is about, ${added.wrong} were wrong. Propose it anew.`,
  );
}
