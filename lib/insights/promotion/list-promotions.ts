import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { titleOf } from "@/lib/drafts/title-of";
import type { Instant } from "@/lib/drafts/types";
import { leasesIn, type PromotionRow, type PromotionState, stateOf } from "./get-promotion";
import type { PromotionContent } from "./promotion-content";

/** A promotion in a list. */
export interface PromotionItem {
  id: string;
  actionType: string;
  title: string;
  rule: string;
  limit: PromotionContent["limit"];
  currency: string | null;
  state: PromotionState;
  bound: number;
  tolerance: number;
  proposedBy: string;
  proposedAt: Instant;
  decidedBy: string | null;
  leaseUntil: string;
}

type Row = Pick<
  PromotionRow,
  "id" | "action_type" | "rule" | "status" | "lease_until" | "proposed_by" | "proposed_at" | "decided_by"
> & {
  figures: { limit: PromotionContent["limit"]; currency: string | null; bound: number; tolerance: number };
};

const MOST = 200;

/** The promotions there are and were, the newest first; those that wait for somebody before the others. */
export async function listPromotions(ctx: Context): Promise<PromotionItem[]> {
  requirePermission(ctx.actor, "insights.read");
  const rows = await ctx.db.rows<Row>(sql`
    SELECT promotion.id, promotion.action_type, promotion.rule, promotion.status, promotion.lease_until,
           proposer.name AS proposed_by, promotion.proposed_at, decider.name AS decided_by,
           (SELECT json_build_object('limit', c->'limit', 'currency', c->'currency', 'tolerance', c->'tolerance',
                                     'bound', c#>'{backtest,added,bound}')
            FROM (SELECT promotion.content::json AS c) AS content) AS figures
    FROM promotion JOIN person AS proposer ON proposer.id = promotion.proposed_by_id
    LEFT JOIN person AS decider ON decider.id = promotion.decided_by_id
    ORDER BY promotion.proposed_at DESC, promotion.id DESC LIMIT ${MOST}`);
  const leases = leasesIn(ctx.policies);
  return rows
    .map(({ figures, ...row }) => ({
      id: row.id,
      actionType: row.action_type,
      title: titleOf(ctx.policies.get(row.action_type), row.action_type),
      rule: row.rule,
      ...figures,
      state: stateOf(row, ctx.policies, ctx.now()),
      proposedBy: row.proposed_by,
      proposedAt: row.proposed_at.toISOString(),
      decidedBy: row.decided_by,
      leaseUntil: leases.get(row.id)?.until ?? row.lease_until,
    }))
    .sort((a, b) => Number(b.state === "proposed") - Number(a.state === "proposed"));
}
