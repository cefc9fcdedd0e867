import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { Claim } from "@/lib/routing/resolve-approvers";
import { waitingFor } from "../list-inbox";
import { titleOf } from "../title-of";
import type { Tier } from "../types";
import type { BatchGroup } from "./types";

/** Counts stop after so many drafts, so that they cost the same however long the queue is. */
const MOST_COUNTED = 1000;

/**
 * What of the batch queue waits for this person, by action type and rule, the group with the most urgent draft first. Each
 * draft's rule is looked up by itself: joined, the planner would read every classification there is.
 */
export async function listGroups(
  ctx: Context,
  viewer: { claims: Claim[]; viewerId: string },
): Promise<{ groups: BatchGroup[]; isMore: boolean }> {
  const rows = await ctx.db.rows<{
    action_type: string;
    rule: string;
    tier: Tier;
    count: number;
    due_at: Date;
  }>(sql`
    SELECT action_type, rule, min(tier) AS tier, count(*)::int AS count, min(due_at) AS due_at
    FROM (SELECT page.action_type, page.tier, page.due_at,
                 (SELECT rule FROM classification WHERE id = page.classification_id) AS rule
          FROM (${waitingFor({ routes: ["batch_review"], ...viewer, limit: MOST_COUNTED })}) AS page) AS waiting
    GROUP BY action_type, rule
    ORDER BY min(due_at), action_type, rule`);
  return {
    groups: rows.map((row) => ({
      actionType: row.action_type,
      title: titleOf(ctx.policies.get(row.action_type), row.action_type),
      rule: row.rule,
      tier: row.tier,
      count: row.count,
      dueAt: row.due_at.toISOString(),
    })),
    isMore: rows.reduce((sum, { count }) => sum + count, 0) >= MOST_COUNTED,
  };
}
