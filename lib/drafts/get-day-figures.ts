import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";
import { SECONDS_STEPS } from "./seconds-steps";

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
  /** How many decisions took how long: below each of SECONDS_STEPS, and the last for all above. */
  spread: number[];
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 92;

const inputSchema = z.strictObject({
  since: z.iso.datetime({ offset: true }),
});

/**
 * The acting person's own figures since a moment, at most three months back. Approved includes edited ones. What was
 * taken back counts as undone alone, and a check of attention not at all.
 */
export async function getDayFigures(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<DayFigures> {
  const { personId } = requirePermission(ctx.actor, "inbox.read");
  const { since } = parseInput(inputSchema, input);
  const from = new Date(Math.max(Date.parse(since), ctx.now().getTime() - MOST_DAYS * DAY_MS));
  const row = await ctx.db.row<DayFigures>(sql`
    WITH made AS MATERIALIZED (
      SELECT verdict, undone_at, batch_id, was_quick, seconds_on_screen,
             width_bucket(seconds_on_screen, ${SECONDS_STEPS}::int[]) AS bucket
      FROM decision WHERE person_id = ${personId} AND decided_at >= ${from}
        AND (SELECT origin FROM draft WHERE draft.id = decision.draft_id) = 'agent'
    ), stands AS (
      SELECT * FROM made WHERE undone_at IS NULL
    )
    SELECT count(*) FILTER (WHERE verdict IN ('approve', 'edit_and_approve', 'uphold'))::int AS approved,
           count(*) FILTER (WHERE verdict = 'edit_and_approve')::int AS edited,
           count(*) FILTER (WHERE verdict IN ('reject', 'overturn'))::int AS rejected,
           count(*) FILTER (WHERE verdict = 'request_changes')::int AS "sentBack",
           (SELECT count(undone_at) FROM made)::int AS undone,
           count(batch_id)::int AS "inBatches",
           count(*) FILTER (WHERE was_quick)::int AS quick,
           round(percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds_on_screen))::int AS "medianSeconds",
           coalesce(sum(seconds_on_screen), 0)::int AS "totalSeconds",
           (SELECT array_agg(many ORDER BY step) FROM (
              SELECT step, (SELECT count(*)::int FROM stands WHERE bucket = step) AS many
              FROM generate_series(0, ${SECONDS_STEPS.length}::int) AS step) AS steps) AS spread
    FROM stands`);
  return row!;
}
