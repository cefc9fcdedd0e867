import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";

export interface DecidedByPerson {
  id: string;
  name: string;
  decided: number;
  medianSeconds: number | null;
  totalSeconds: number;
}

/**
 * What each person decided in a stretch of time, from the index of their decisions. What was taken back does not count,
 * nor do checks. LATERAL with OFFSET keeps the planner from reading all decisions instead.
 */
export function readDecided(
  ctx: Pick<Context, "db">,
  { from, until }: { from: Date; until: Date },
): Promise<DecidedByPerson[]> {
  return ctx.db.rows<DecidedByPerson>(sql`
    SELECT person.id, person.name, count(*)::int AS decided,
           (percentile_cont(0.5) WITHIN GROUP (ORDER BY own.seconds_on_screen))::float8 AS "medianSeconds",
           coalesce(sum(own.seconds_on_screen), 0)::int AS "totalSeconds"
    FROM person CROSS JOIN LATERAL (
      SELECT draft_id, seconds_on_screen FROM decision
      WHERE decision.person_id = person.id AND decided_at >= ${from} AND decided_at < ${until} AND undone_at IS NULL
      OFFSET 0) AS own
    WHERE NOT EXISTS (SELECT FROM seeded_check WHERE seeded_check.draft_id = own.draft_id)
    GROUP BY person.id, person.name ORDER BY decided DESC, person.name`);
}
