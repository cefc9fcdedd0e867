import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { Claim } from "@/lib/routing/resolve-approvers";
import { waitingFor } from "../list-inbox";
import { titleOf } from "../title-of";
import type { Tier } from "../types";
import type { BatchGroup } from "./types";

/** Counts stop after so many drafts, so that they cost the same however long the queue is. */
const MOST_COUNTED = 1000;

/** What of the batch queue waits for this person, by action type and rule, the group with the most urgent draft first. */
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
    SELECT page.action_type, classification.rule, min(page.tier) AS tier, count(*)::int AS count,
           min(page.due_at) AS due_at
    FROM (${waitingFor({ routes: ["batch_review"], ...viewer, limit: MOST_COUNTED })}) AS page
    JOIN classification ON classification.id = page.classification_id
    GROUP BY page.action_type, classification.rule
    ORDER BY min(page.due_at), page.action_type, classification.rule`);
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
