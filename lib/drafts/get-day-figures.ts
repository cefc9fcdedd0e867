import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";

/** What one person has decided since a moment. Times are whole seconds on the screen; null where none was measured. */
export interface DayFigures {
  approved: number;
  edited: number;
  rejected: number;
  sentBack: number;
  undone: number;
  inBatches: number;
  quick: number;
  medianSeconds: number | null;
  totalSeconds: number;
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 92;

const inputSchema = z.strictObject({
  since: z.iso.datetime({ offset: true }),
});

/** The acting person's own figures since a moment, at most three months back. Approved includes edited ones. */
export async function getDayFigures(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<DayFigures> {
  const { personId } = requirePermission(ctx.actor, "inbox.read");
  const { since } = parseInput(inputSchema, input);
  const from = new Date(Math.max(Date.parse(since), ctx.now().getTime() - MOST_DAYS * DAY_MS));
  const row = await ctx.db.row<DayFigures>(sql`
    SELECT count(*) FILTER (WHERE verdict IN ('approve', 'edit_and_approve', 'uphold') AND undone_at IS NULL)::int AS approved,
           count(*) FILTER (WHERE verdict = 'edit_and_approve' AND undone_at IS NULL)::int AS edited,
           count(*) FILTER (WHERE verdict IN ('reject', 'overturn') AND undone_at IS NULL)::int AS rejected,
           count(*) FILTER (WHERE verdict = 'request_changes' AND undone_at IS NULL)::int AS "sentBack",
           count(undone_at)::int AS undone,
           count(batch_id) FILTER (WHERE undone_at IS NULL)::int AS "inBatches",
           count(*) FILTER (WHERE was_quick AND undone_at IS NULL)::int AS quick,
           round(percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds_on_screen) FILTER (WHERE undone_at IS NULL))::int AS "medianSeconds",
           coalesce(sum(seconds_on_screen) FILTER (WHERE undone_at IS NULL), 0)::int AS "totalSeconds"
    FROM decision WHERE person_id = ${personId} AND decided_at >= ${from}`);
  return row!;
}
