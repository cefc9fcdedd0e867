import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

/** Those who answer for what runs by itself: managers and admins. */
export async function listAnswerable(tx: Queryable): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    SELECT person.id FROM person
    WHERE person.disabled_at IS NULL
      AND EXISTS (SELECT FROM person_role WHERE person_id = person.id AND role IN ('manager', 'admin'))`);
  return rows.map(({ id }) => id);
}
