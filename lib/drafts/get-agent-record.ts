import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { AgentRecord } from "./types";

const DAYS = 90;
/** The most recent drafts counted, so that a busy agent's record costs no more than a quiet one's. */
const MOST = 500;

/** How the agent's latest drafts of one action type fared: at most 500 of them, from the last 90 days. */
export async function getAgentRecord(
  ctx: Context,
  agentId: string,
  actionType: string,
): Promise<AgentRecord> {
  const since = new Date(ctx.now().getTime() - DAYS * 86_400_000);
  const row = await ctx.db.row<Omit<AgentRecord, "days">>(sql`
    SELECT count(*)::int AS submitted,
           (count(*) FILTER (WHERE example.outcome = 'approved'))::int AS approved,
           (count(*) FILTER (WHERE example.outcome = 'edited'))::int AS edited,
           (count(*) FILTER (WHERE example.outcome = 'rejected'))::int AS rejected,
           (count(*) FILTER (WHERE example.outcome = 'changes_requested'))::int AS "changesRequested",
           (count(*) FILTER (WHERE recent.route = 'auto_execute'))::int AS automatic,
           (count(*) FILTER (WHERE recent.status = 'failed'))::int AS failed
    FROM (
      SELECT id, route, status, origin FROM draft
      WHERE agent_id = ${agentId} AND action_type = ${actionType} AND created_at > ${since}
      ORDER BY created_at DESC, id DESC LIMIT ${MOST}
    ) AS recent LEFT JOIN example ON example.draft_id = recent.id
    WHERE recent.origin = 'agent'`);
  if (!row) throw new Error("an aggregate answers one row");
  return { days: DAYS, ...row };
}
