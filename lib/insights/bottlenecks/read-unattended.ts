import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { Bottlenecks } from "./types";

const MOST = 1_000;
const MOST_SHOWN = 5;

/**
 * The drafts of a stretch of time for which nobody was there, up the whole chain: the admins were told of each. Read
 * from the index of what each admin was told; the latest first.
 */
export async function readUnattended(
  ctx: Pick<Context, "db">,
  { from, until }: { from: Date; until: Date },
): Promise<Bottlenecks["unattended"]> {
  const rows = await ctx.db.rows<{
    count: number;
    draft_id: string;
    summary: string;
    approver_rule: string | null;
    at: Date;
  }>(sql`
    WITH told AS (
      SELECT draft_id, min(created_at) AS at
      FROM person_role AS admin CROSS JOIN LATERAL (
        SELECT draft_id, created_at FROM notice
        WHERE notice.person_id = admin.person_id AND created_at >= ${from} AND created_at < ${until} AND kind = 'nobody'
        ORDER BY created_at DESC LIMIT ${MOST + 1}) AS notice
      WHERE admin.role = 'admin' AND draft_id IS NOT NULL GROUP BY draft_id
    )
    SELECT (count(*) OVER ())::int AS count, told.draft_id, told.at, draft.summary, draft.approver_rule
    FROM told JOIN draft ON draft.id = told.draft_id AND draft.origin = 'agent'
    ORDER BY told.at DESC, told.draft_id LIMIT ${MOST_SHOWN}`);
  const count = Math.min(rows[0]?.count ?? 0, MOST);
  return {
    count,
    isAll: (rows[0]?.count ?? 0) <= MOST,
    latest: rows.map(({ draft_id, summary, approver_rule, at }) => ({
      draftId: draft_id,
      summary,
      approverRule: approver_rule,
      at: at.toISOString(),
    })),
  };
}
