import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { executorOf } from "@/lib/drafts/submit-draft";
import { titleOf } from "@/lib/drafts/title-of";
import type { Instant, Route, Tier } from "@/lib/drafts/types";
import { listOpenHolds, type OpenHold } from "@/lib/holds/list-open-holds";
import { describeCondition } from "@/lib/policy/explain";
import type { PolicyAttributes } from "@/lib/policy/schema";
import { getGoldenResult } from "./golden-cases";
import type { LoadedPolicy } from "./load-policies";
import { policyVersionId } from "./policy-versions";

/** An action type as the list of policies shows it. */
export interface PolicyListItem {
  actionType: string;
  title: string;
  description: string | null;
  prohibited: boolean;
  attributes: PolicyAttributes;
  executor: "agent" | "webhook";
  rules: { name: string; tier: Tier; route: Route; when: string; approverRule: string | null }[];
  holds: OpenHold[];
  /** Drafts of thirty days by tier; of the newest 5,000 when `more` is true. */
  drafts: { tiers: Partial<Record<Tier, number>>; total: number; more: boolean };
  /** Golden cases that came out as written; null when they cannot be read. */
  cases: { passed: number; total: number } | null;
  versionId: string;
  recordedAt: Instant | null;
}

/** An action type that agents asked for and no policy covers. The name is the agent's words. */
export interface UnassignedActionType {
  actionType: string;
  /** The agent that asked last. */
  agentName: string | null;
  submissions: number;
  firstAt: Instant;
  lastAt: Instant;
}

export interface PolicyList {
  policies: PolicyListItem[];
  unassigned: UnassignedActionType[];
}

const DAYS = 30;
const MOST_COUNTED = 5_000;
const MOST_UNASSIGNED = 50;

/** Every action type with a policy, alphabetically by title, and the action types that agents asked for in vain. */
export async function listPolicies(ctx: Context): Promise<PolicyList> {
  requirePermission(ctx.actor, "organisation.read");
  const policies = [...ctx.policies.values()];
  const [holds, counts, recorded, unassigned] = await Promise.all([
    listOpenHolds(ctx),
    countDrafts(ctx, policies),
    ctx.db.rows<{ id: string; recorded_at: Date }>(sql`
      SELECT id, recorded_at FROM policy_version WHERE id = ANY (${policies.map(policyVersionId)})`),
    listUnassigned(ctx, policies),
  ]);
  const recordedAt = new Map(recorded.map((row) => [row.id, row.recorded_at.toISOString()]));
  const items = policies.map((policy): PolicyListItem => {
    const { actionType, raw } = policy;
    const versionId = policyVersionId(policy);
    const golden = getGoldenResult(policy);
    return {
      actionType,
      title: titleOf(policy, actionType),
      description: raw.description ?? null,
      prohibited: policy.policy.prohibited,
      attributes: raw.attributes ?? {},
      executor: executorOf(policy),
      rules: policy.policy.rules.map(({ name, tier, route, condition, approver_rule }) => ({
        name,
        tier,
        route,
        when: describeCondition(condition),
        approverRule: approver_rule,
      })),
      holds: holds.filter((hold) => hold.actionType === actionType),
      drafts: counts.get(actionType) ?? { tiers: {}, total: 0, more: false },
      cases: golden.ok
        ? { passed: golden.cases.length - golden.check.failed, total: golden.cases.length }
        : null,
      versionId,
      recordedAt: recordedAt.get(versionId) ?? null,
    };
  });
  return { policies: items.sort((one, other) => one.title.localeCompare(other.title)), unassigned };
}

/** Reads at most the newest 5,000 of each action type by its index: a busy one costs no more than that. */
async function countDrafts(
  ctx: Context,
  policies: LoadedPolicy[],
): Promise<Map<string, PolicyListItem["drafts"]>> {
  const since = new Date(ctx.now().getTime() - DAYS * 24 * 3600_000);
  const rows = await ctx.db.rows<{ action_type: string; tier: Tier; count: number }>(sql`
    SELECT type.name AS action_type, recent.tier, count(*)::int AS count
    FROM unnest(${policies.map(({ actionType }) => actionType)}::text[]) AS type(name)
    CROSS JOIN LATERAL (
      SELECT tier, origin FROM draft WHERE action_type = type.name AND created_at > ${since}
      ORDER BY created_at DESC LIMIT ${MOST_COUNTED}
    ) AS recent
    WHERE recent.origin = 'agent'
    GROUP BY type.name, recent.tier`);
  const counts = new Map<string, PolicyListItem["drafts"]>();
  for (const { action_type, tier, count } of rows) {
    const former = counts.get(action_type);
    const total = (former?.total ?? 0) + count;
    counts.set(action_type, {
      tiers: { ...former?.tiers, [tier]: count },
      total,
      more: total === MOST_COUNTED,
    });
  }
  return counts;
}

/** What no policy covers now: one that has got a policy since is settled. */
async function listUnassigned(ctx: Context, policies: LoadedPolicy[]): Promise<UnassignedActionType[]> {
  const rows = await ctx.db.rows<{
    action_type: string;
    agent_name: string | null;
    submissions: number;
    first_at: Date;
    last_at: Date;
  }>(sql`
    SELECT asked.action_type, agent.name AS agent_name, asked.submissions, asked.first_at, asked.last_at
    FROM unassigned_action_type AS asked LEFT JOIN agent ON agent.id = asked.agent_id
    WHERE asked.action_type <> ALL (${policies.map(({ actionType }) => actionType)})
    ORDER BY asked.last_at DESC LIMIT ${MOST_UNASSIGNED}`);
  return rows.map((row) => ({
    actionType: row.action_type,
    agentName: row.agent_name,
    submissions: row.submissions,
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
  }));
}
