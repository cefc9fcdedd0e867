import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { titleOf } from "@/lib/drafts/title-of";
import { describeCondition } from "@/lib/policy/explain";
import { columnsOf } from "../backtest/columns";
import { payloadColumns } from "../backtest/payload-columns";
import { recallCases } from "../backtest/recall-cases";
import { endsOrIsHeld, readHeldRules, withoutPromoted } from "./ending-leases";
import { planRule } from "./plan-rule";
import type { PromotionLimit } from "./promotion-content";
import { reviewedRules } from "./rule-to-promote";

/** A reviewed rule and how far its history is from letting it run by itself. */
export interface Candidate {
  actionType: string;
  title: string;
  currency: string | null;
  rule: { name: string; when: string };
  drafts: number;
  decided: number;
  wrong: number;
  /** The loosest limit that history bears; null for "not yet". */
  limit: PromotionLimit | null;
  bound: number | null;
  /** How many drafts were decided within the limit. */
  within: number;
  /** Clean decisions that it still takes; null where there is a limit, and where nobody can tell. */
  needed: number | null;
}

const DAYS = 90;
const TOLERANCE = 0.05;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What was submitted in which time is looked at, and of which action types; of all when left out. */
interface Asked {
  since: Date;
  until: Date;
  actionTypes?: ReadonlySet<string>;
}

/** The reviewed rules of policies by the last 90 days, or those asked for, at a tolerance of 5 %: those that are ready first. */
export async function listCandidates(ctx: Context, asked?: Asked): Promise<Candidate[]> {
  requirePermission(ctx.actor, "insights.read");
  const until = asked?.until ?? ctx.now();
  const since = asked?.since ?? new Date(until.getTime() - DAYS * DAY_MS);
  const candidates: Candidate[] = [];
  // One type after the other: each may bring a great many cases into memory.
  for (const policy of ctx.policies.values()) {
    if (asked?.actionTypes && !asked.actionTypes.has(policy.actionType)) continue;
    const rules = reviewedRules(policy);
    if (rules.length === 0) continue;
    const columns = columnsOf([policy], payloadColumns(policy));
    const past = await recallCases(ctx, { policy, columns, since, until });
    if (past.cases.length === 0) continue;
    const held = await readHeldRules(ctx.db, policy.actionType, until);
    for (const rule of rules) {
      const base = withoutPromoted(policy, rule, endsOrIsHeld(held, until));
      const { drafts, decided, wrong, chosen, missing } = planRule(past, base.policy, base.rule.index, {
        tolerance: TOLERANCE,
      });
      if (decided === 0) continue;
      candidates.push({
        actionType: policy.actionType,
        title: titleOf(policy, policy.actionType),
        currency: policy.raw.attributes?.currency ?? null,
        rule: { name: rule.name, when: describeCondition(rule.condition) },
        drafts,
        decided,
        wrong,
        limit: chosen && {
          fact: chosen.fact,
          direction: chosen.direction,
          only: chosen.only,
          value: chosen.limit.value,
        },
        bound: chosen?.limit.bound ?? null,
        within: chosen?.limit.decided ?? 0,
        needed: missing?.needed ?? null,
      });
    }
  }
  return candidates.sort(
    (a, b) =>
      Number(b.limit !== null) - Number(a.limit !== null) ||
      b.within - a.within ||
      (a.needed ?? Infinity) - (b.needed ?? Infinity),
  );
}
