import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { titleOf } from "@/lib/drafts/title-of";
import { parseInput } from "@/lib/parse-input";
import { describeCondition } from "@/lib/policy/explain";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { policyVersionId } from "@/lib/policy-files/policy-versions";
import { readAgentNames } from "../backtest/backtest-policy";
import { columnsOf } from "../backtest/columns";
import type { PastCases } from "../backtest/past-case";
import { payloadColumns } from "../backtest/payload-columns";
import { recallCases } from "../backtest/recall-cases";
import { type Backtest, replayPolicies } from "../backtest/replay-policies";
import { endsOrIsHeld, type Promotable, readHeldRules, withoutPromoted } from "./ending-leases";
import { planRule, type RulePlan } from "./plan-rule";
import { type PlanInput, type PromotionFrame, type PromotionLimit, planSchema } from "./promotion-content";
import { getRuleToPromote } from "./rule-to-promote";
import { promotedRule, withRule } from "./write-rule";

/** What history says of promoting a rule, for the wizard. */
export interface PromotionPlan extends PromotionFrame {
  plan: RulePlan;
  /** The loosest rule that history bears, and what it would have let run; null for "not yet". */
  proposal: { limit: PromotionLimit; backtest: Backtest } | null;
  /** The facts that a limit may be on, in the order of what they let through. */
  facts: string[];
}

/** A plan with what it was made of, for those who go on with it. */
export interface PlanWorkings {
  answer: PromotionPlan;
  /** The policy in force. */
  policy: LoadedPolicy;
  /** What the promotion begins with. */
  base: Promotable;
  /** Rules that are held back now, by name. */
  heldRules: ReadonlySet<string>;
  past: PastCases;
  agentNames: ReadonlyMap<string, string>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Looks in past decisions for the loosest rule that could run by itself, and says what it would have let through. Writes
 * nothing.
 * @throws CountersignError `forbidden`, `invalid_request`, `not_found` for a rule that people do not review by.
 */
export async function planPromotion(ctx: Context, input: PlanInput): Promise<PromotionPlan> {
  requirePermission(ctx.actor, "insights.read");
  return (await workOutPlan(ctx, input)).answer;
}

/** The plan with its workings. Whoever calls it has checked what the actor may. */
export async function workOutPlan(ctx: Context, input: PlanInput): Promise<PlanWorkings> {
  const wish = parseInput(planSchema, input);
  const { policy, rule: reviewed } = getRuleToPromote(ctx.policies, wish.actionType, wish.rule);
  const until = ctx.now();
  const heldRules = await readHeldRules(ctx.db, wish.actionType, until);
  const base = withoutPromoted(policy, reviewed, endsOrIsHeld(heldRules, until));
  const { rule } = base;
  const columns = columnsOf([policy], payloadColumns(policy));
  const since = new Date(until.getTime() - wish.days * DAY_MS);
  const [past, agentNames] = await Promise.all([
    recallCases(ctx, { policy, columns, since, until }),
    readAgentNames(ctx.db),
  ]);
  const { tolerance, includeImported, fact } = wish;
  const plan = planRule(past, base.policy, rule.index, { tolerance, includeImported, fact });
  const all =
    fact === undefined ? plan : planRule(past, base.policy, rule.index, { tolerance, includeImported });
  const limit = plan.chosen && {
    fact: plan.chosen.fact,
    direction: plan.chosen.direction,
    only: plan.chosen.only,
    value: plan.chosen.limit.value,
  };
  const backtest =
    limit &&
    backtestLimit(past, base.policy, { ruleIndex: rule.index, limit }, { includeImported, agentNames });
  const answer: PromotionPlan = {
    actionType: policy.actionType,
    title: titleOf(policy, policy.actionType),
    currency: policy.raw.attributes?.currency ?? null,
    rule: {
      index: rule.index,
      name: rule.name,
      when: describeCondition(rule.condition),
      route: rule.route,
    },
    policyVersionId: policyVersionId(policy),
    since: past.since.toISOString(),
    until: until.toISOString(),
    tolerance,
    includeImported,
    plan,
    // What else the rule would let run counts too: drafts of which something is unknown.
    proposal: limit && backtest && backtest.added.bound < tolerance ? { limit, backtest } : null,
    facts: all.limits.map(({ fact: name }) => name),
  };
  return { answer, policy, base, heldRules, past, agentNames };
}

/** What a rule with this limit would have let run. */
export function backtestLimit(
  past: PastCases,
  policy: LoadedPolicy,
  { ruleIndex, limit }: { ruleIndex: number; limit: PromotionLimit },
  options: Parameters<typeof replayPolicies>[3],
): Backtest {
  const rule = promotedRule(policy, {
    ...limit,
    ruleIndex,
    sampleReview: 0,
    lease: { until: "9999-12-31", promotion: "prm_0" },
  });
  return replayPolicies(past, policy, withRule(policy, ruleIndex, rule), options);
}
