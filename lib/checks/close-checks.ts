import { recordEvent } from "@/lib/audit/record-event";
import type { Context, SystemActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";

/**
 * Takes back checks that nobody decided in time, and all that wait once checks are turned off. Resolves to how many.
 */
export async function closeChecks(ctx: Context<SystemActor>): Promise<number> {
  const now = ctx.now();
  const lapsed = await ctx.db.rows<{ id: string }>(sql`
    SELECT draft.id FROM seeded_check JOIN draft ON draft.id = seeded_check.draft_id
    WHERE seeded_check.outcome IS NULL AND draft.status = 'pending'
      AND (draft.due_at <= ${now} OR EXISTS (SELECT FROM check_setting WHERE per_hundred = 0))`);
  let closed = 0;
  for (const { id } of lapsed) {
    await ctx.db.transaction(async (tx) => {
      const moved = await tx.run(sql`
        UPDATE draft SET status = 'withdrawn', version = version + 1, decided_at = ${now}, closed_at = ${now}
        WHERE id = ${id} AND origin = 'check' AND status = 'pending'`);
      if (moved === 0) return;
      await tx.run(sql`
        UPDATE seeded_check SET outcome = 'lapsed', ended_at = ${now} WHERE draft_id = ${id} AND outcome IS NULL`);
      await recordEvent(tx, {
        verb: "draft.check_withdrawn",
        actor: ctx.actor,
        at: now,
        draftId: id,
        details: { status: "withdrawn" },
      });
      closed += 1;
    });
  }
  return closed;
}
