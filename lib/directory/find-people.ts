import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import { type Context, ROLES, type Role } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";

const inputSchema = z.strictObject({
  /** Part of a name or e-mail address; everybody when empty. */
  query: z.string().max(200).default(""),
  role: z.enum(ROLES).optional(),
});

/** Somebody to choose, as a picker shows them. */
export interface PersonChoice {
  id: string;
  name: string;
  email: string;
  department: string | null;
  roles: Role[];
}

const MOST = 20;

/** The first people by name who match and are not disabled, at most twenty; those with the role, where one is given. */
export async function findPeople(ctx: Context, input: z.input<typeof inputSchema>): Promise<PersonChoice[]> {
  requirePermission(ctx.actor, "organisation.read");
  const { query, role } = parseInput(inputSchema, input);
  const pattern = `%${query.trim().replace(/[\\%_]/g, "\\$&")}%`;
  return ctx.db.rows<PersonChoice>(sql`
    SELECT person.id, person.name, person.email, department.name AS department,
           ARRAY(SELECT role FROM person_role WHERE person_id = person.id ORDER BY role) AS roles
    FROM person LEFT JOIN department ON department.id = person.department_id
    WHERE person.disabled_at IS NULL AND (person.name ILIKE ${pattern} OR person.email ILIKE ${pattern})
      AND (${role ?? null}::text IS NULL
           OR EXISTS (SELECT 1 FROM person_role WHERE person_id = person.id AND role = ${role ?? null}))
    ORDER BY person.name, person.id LIMIT ${MOST}`);
}
