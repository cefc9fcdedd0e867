import { eventText } from "@/lib/audit/record-event";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { ofAgent } from "./of-agent";
import { requireAgent } from "./require-agent";
import type { DraftStatus } from "./types";

/**
 * Takes a pending draft back. Withdrawing it twice answers the same.
 * @throws CountersignError `not_found`, or `not_pending` naming the status it has instead.
 */
export async function withdrawDraft(
  ctx: Context,
  draftId: string,
): Promise<{ id: string; status: DraftStatus }> {
  const actor = requireAgent(ctx.actor, "drafts:write");
  const now = ctx.now();
  const event = eventText({
    verb: "draft.withdrawn",
    actor,
    at: now,
    draftId,
    details: { status: "withdrawn" },
  });
  return ctx.db.transaction(async (tx) => {
    const moved = await tx.run(sql`
      WITH moved AS (
        UPDATE draft SET status = 'withdrawn', version = version + 1, decided_at = ${now}, closed_at = ${now}
        WHERE id = ${draftId} AND ${ofAgent(actor.agentId)} AND status = 'pending'
        RETURNING id
      )
      INSERT INTO audit_event (verb, draft_id, bytes, event, occurred_at)
      SELECT 'draft.withdrawn', moved.id, convert_to(t, 'UTF8'), t::jsonb, ${now}
      FROM moved, (SELECT ${event}::text AS t) AS text`);
    if (moved === 1) return { id: draftId, status: "withdrawn" };
    const row = await tx.row<{ status: DraftStatus }>(sql`
      SELECT status FROM draft WHERE id = ${draftId} AND ${ofAgent(actor.agentId)}`);
    if (!row) throw new CountersignError("not_found", "This agent has no such draft.");
    if (row.status === "withdrawn") return { id: draftId, status: row.status };
    throw new CountersignError(
      "not_pending",
      `This draft is ${row.status}; only a pending one can be withdrawn.`,
    );
  });
}
