import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";

/** The trail has no index by subject, and a conflict is about what happened just now. */
const RECENT_EVENTS = 2000;

/** The conflict for an editor whose form is older than what is stored; it says who changed it, where the trail knows. */
export async function changedMeanwhile(
  db: Queryable,
  subject: { type: string; id: string },
): Promise<CountersignError> {
  const last = await db.row<{ name: string | null }>(sql`
    SELECT person.name
    FROM (SELECT id, event FROM audit_event ORDER BY id DESC LIMIT ${RECENT_EVENTS}) AS recent
    LEFT JOIN person ON person.id = recent.event->'actor'->>'id'
    WHERE recent.event->'subject'->>'type' = ${subject.type} AND recent.event->'subject'->>'id' = ${subject.id}
    ORDER BY recent.id DESC LIMIT 1`);
  return new CountersignError(
    "conflict",
    `${last?.name ?? "Somebody else"} changed this meanwhile. What you typed is still there: compare it with what is stored now, then save again.`,
  );
}
