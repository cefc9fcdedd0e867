import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

const MOST = 500;

/** The people who oversee what runs by itself, by id: managers and admins with an account in use. */
export async function readManagers(tx: Queryable): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    SELECT DISTINCT person.id FROM person JOIN person_role ON person_role.person_id = person.id
    WHERE person_role.role IN ('manager', 'admin') AND person.disabled_at IS NULL ORDER BY person.id LIMIT ${MOST}`);
  return rows.map(({ id }) => id);
}
