import { ROLES, type Role } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

export interface SignedInPerson {
  personId: string;
  name: string;
  roles: Role[];
}

/**
 * The person whom an identity stands for, with the roles they have at this moment.
 * Null when nobody has that identity or the person is disabled.
 */
export async function findPerson(
  db: Queryable,
  identity: { issuer: string; subject: string },
): Promise<SignedInPerson | null> {
  const row = await db.row<{ id: string; name: string; roles: string[] }>(sql`
    SELECT p.id, p.name,
           coalesce(array_agg(r.role ORDER BY r.role) FILTER (WHERE r.role IS NOT NULL), '{}') AS roles
    FROM person_identity i
    JOIN person p ON p.id = i.person_id AND p.disabled_at IS NULL
    LEFT JOIN person_role r ON r.person_id = p.id
    WHERE i.issuer = ${identity.issuer} AND i.subject = ${identity.subject}
    GROUP BY p.id`);
  if (!row) return null;
  return { personId: row.id, name: row.name, roles: ROLES.filter((role) => row.roles.includes(role)) };
}
