import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";

const MOST_DAYS = 90;
const DAYS_WITHOUT = 30;
const DAY_MS = 86_400_000;

/** From when on what a rule let run is in doubt, and why from then. */
export interface InDoubtSince {
  since: Date;
  /** The look that last upheld something of it; null where there was none in the last 90 days. */
  upheldId: string | null;
}

/**
 * From when on to look at what a rule let run, once something of it was overturned at `at`: from the last one that a
 * person upheld, at most 90 days back; 30 days where nobody did.
 */
export async function inDoubtSince(
  ctx: Context,
  { actionType, rule, at }: { actionType: string; rule: string; at: Date },
): Promise<InDoubtSince> {
  const row = await ctx.db.row<{ id: string; decided_at: Date }>(sql`
    SELECT id, decided_at FROM draft
    WHERE action_type = ${actionType} AND after_review IN ('upheld', 'overturned') AND after_review = 'upheld'
      AND decided_at < ${at} AND decided_at >= ${new Date(at.getTime() - MOST_DAYS * DAY_MS)}
      AND (SELECT rule FROM classification WHERE id = draft.classification_id) = ${rule}
    ORDER BY decided_at DESC, id DESC LIMIT 1`);
  return row
    ? { since: row.decided_at, upheldId: row.id }
    : { since: new Date(at.getTime() - DAYS_WITHOUT * DAY_MS), upheldId: null };
}
