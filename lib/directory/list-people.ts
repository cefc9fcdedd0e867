import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import { type Context, ROLES, type Role } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";
import { containing, oneOf, type Page, pageField, pageOf, queryField } from "./fields";
import { getDirectory } from "./load-directory";
import { PAGE_ROWS } from "./page-rows";
import { type Presence, presenceAt } from "./presence";

const inputSchema = z.strictObject({
  /** Part of a name or e-mail address. */
  query: queryField,
  role: oneOf([...ROLES, "none"]),
  department: z.string().max(100).nullable().catch(null).default(null),
  state: oneOf(["disabled"]),
  page: pageField,
});

export interface ListedPerson extends Presence {
  id: string;
  name: string;
  email: string;
  department: string | null;
  manager: string | null;
  roles: Role[];
  disabled: boolean;
}

/** People by name, fifty a page, with who of them is away or on call now. A filter that makes no sense is none. */
export async function listPeople(
  ctx: Context,
  input: z.input<typeof inputSchema>,
): Promise<Page<ListedPerson>> {
  requirePermission(ctx.actor, "organisation.read");
  const { query, role, department, state, page } = parseInput(inputSchema, input);
  const pattern = containing(query);
  const [rows, directory] = await Promise.all([
    ctx.db.rows<Omit<ListedPerson, keyof Presence> & { total: number }>(sql`
      WITH matching AS (
        SELECT id, name FROM person
        WHERE (name ILIKE ${pattern} OR email ILIKE ${pattern})
          AND (disabled_at IS NOT NULL) = ${state === "disabled"}
          AND (${department}::text IS NULL OR department_id = ${department})
          AND (${role}::text IS NULL
               OR ${role} = 'none' AND NOT EXISTS (SELECT 1 FROM person_role WHERE person_id = person.id)
               OR EXISTS (SELECT 1 FROM person_role WHERE person_id = person.id AND role = ${role}))
      ), counted AS (SELECT count(*)::int AS total FROM matching), shown AS (
        SELECT id FROM matching ORDER BY lower(name), id LIMIT ${PAGE_ROWS}
        OFFSET (SELECT greatest(least(${page}::int - 1, (total - 1) / ${PAGE_ROWS}), 0) * ${PAGE_ROWS} FROM counted)
      )
      SELECT person.id, person.name, person.email, department.name AS department, manager.name AS manager,
             ARRAY(SELECT role FROM person_role WHERE person_id = person.id ORDER BY role) AS roles,
             person.disabled_at IS NOT NULL AS disabled, counted.total
      FROM shown JOIN person USING (id) CROSS JOIN counted
      LEFT JOIN department ON department.id = person.department_id
      LEFT JOIN person AS manager ON manager.id = person.manager_id
      ORDER BY lower(person.name), person.id`),
    getDirectory(ctx.db),
  ]);
  const presenceOf = presenceAt(directory, ctx.now());
  return pageOf(
    rows.map((row) => ({ ...row, ...presenceOf(row.id) })),
    page,
  );
}
