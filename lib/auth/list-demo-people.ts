import { ROLES, type Role } from "@/lib/context";
import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { getDirectory } from "@/lib/directory/load-directory";
import { onCallAt } from "@/lib/routing/on-call";
import { signInMethods } from "./sign-in-methods";

export interface DemoPerson {
  id: string;
  name: string;
  department: string | null;
  roles: Role[];
  /** The schedules on which it is their turn now. */
  onCall: string[];
}

/** The people of the demo organisation, by name, at most 200; none outside demo mode. */
export async function listDemoPeople(db: Database, now: Date): Promise<DemoPerson[]> {
  if (!signInMethods().demo) return [];
  const rows = await db.rows<{ id: string; name: string; department: string | null; roles: string[] }>(sql`
    SELECT p.id, p.name, d.name AS department,
           coalesce(array_agg(r.role) FILTER (WHERE r.role IS NOT NULL), '{}') AS roles
    FROM person p
    JOIN person_identity i ON i.person_id = p.id AND i.issuer = 'demo'
    LEFT JOIN department d ON d.id = p.department_id
    LEFT JOIN person_role r ON r.person_id = p.id
    WHERE p.disabled_at IS NULL
    GROUP BY p.id, d.name
    ORDER BY p.name, p.id
    LIMIT 200`);
  const { schedules } = await getDirectory(db);
  const turns = [...schedules.values()].map(({ name, definition, overrides }) => ({
    name,
    personId: onCallAt(definition, overrides, now)?.personId,
  }));
  return rows.map((row) => ({
    ...row,
    roles: ROLES.filter((role) => row.roles.includes(role)),
    onCall: turns.filter(({ personId }) => personId === row.id).map(({ name }) => name),
  }));
}
