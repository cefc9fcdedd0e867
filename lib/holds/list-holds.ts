import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { Instant } from "@/lib/drafts/types";
import { heldWhat } from "./held-what";

/** A hold as the screen shows it. */
export interface HoldView {
  id: string;
  /** What is held back, in words. */
  what: string;
  kind: "agent" | "action_type" | "rule";
  reason: string;
  placedBy: string | null;
  placedAt: Instant;
  endsAt: Instant | null;
  /** When and by whom it ended; null while it is in force. */
  endedAt: Instant | null;
  releasedBy: string | null;
  /** Drafts waiting in the inbox that would have run by themselves without it. */
  waiting: number;
}

interface Row {
  id: string;
  action_type: string | null;
  agent_name: string | null;
  rule: string | null;
  reason: string;
  placed_by: string | null;
  placed_at: Date;
  ends_at: Date | null;
  released_at: Date | null;
  released_by: string | null;
  waiting: number;
}

const MOST_ENDED = 50;
const MOST = 500;

/** The holds in force, the newest first, and the fifty that ended last. */
export async function listHolds(ctx: Context): Promise<{ inForce: HoldView[]; ended: HoldView[] }> {
  requirePermission(ctx.actor, "organisation.read");
  const now = ctx.now();
  const rows = await ctx.db.rows<Row>(sql`
    SELECT hold.id, hold.action_type, agent.name AS agent_name, hold.rule, hold.reason, placer.name AS placed_by,
           hold.placed_at, hold.ends_at, hold.released_at, releaser.name AS released_by,
           CASE WHEN hold.released_at IS NULL THEN (
             SELECT count(*)::int FROM draft JOIN classification ON classification.id = draft.classification_id
             WHERE draft.status = 'pending' AND draft.route = 'batch_review'
               AND (draft.action_type = hold.action_type OR draft.agent_id = hold.agent_id)
               AND EXISTS (SELECT FROM json_array_elements(classification.result->'held_by') AS held
                           WHERE held->>'id' = hold.id)
           ) ELSE 0 END AS waiting
    FROM hold LEFT JOIN agent ON agent.id = hold.agent_id
    LEFT JOIN person AS placer ON placer.id = hold.placed_by_id
    LEFT JOIN person AS releaser ON releaser.id = hold.released_by_id
    ORDER BY hold.released_at IS NULL DESC, hold.placed_at DESC, hold.id DESC LIMIT ${MOST}`);
  const views = rows.map((row): HoldView => {
    const ended = row.released_at ?? (row.ends_at && row.ends_at <= now ? row.ends_at : null);
    return {
      id: row.id,
      what: heldWhat(ctx.policies, {
        agentName: row.agent_name,
        actionType: row.action_type,
        rule: row.rule,
      }),
      kind: row.agent_name ? "agent" : row.rule ? "rule" : "action_type",
      reason: row.reason,
      placedBy: row.placed_by,
      placedAt: row.placed_at.toISOString(),
      endsAt: row.ends_at?.toISOString() ?? null,
      endedAt: ended?.toISOString() ?? null,
      releasedBy: row.released_by,
      waiting: row.waiting,
    };
  });
  return {
    inForce: views.filter(({ endedAt }) => endedAt === null),
    ended: views.filter(({ endedAt }) => endedAt !== null).slice(0, MOST_ENDED),
  };
}
