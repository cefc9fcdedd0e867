import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";
import { containing, type Page, pageField, pageOf, queryField } from "./fields";
import { PAGE_ROWS } from "./page-rows";

const inputSchema = z.strictObject({ query: queryField, page: pageField });

export interface ListedDepartment {
  id: string;
  name: string;
  head: { id: string; name: string; disabled: boolean } | null;
  members: number;
}

/** Departments by name, fifty a page, with how many active people are in each. */
export async function listDepartments(
  ctx: Context,
  input: z.input<typeof inputSchema>,
): Promise<Page<ListedDepartment>> {
  requirePermission(ctx.actor, "organisation.read");
  const { query, page } = parseInput(inputSchema, input);
  const rows = await ctx.db.rows<ListedDepartment & { total: number }>(sql`
    WITH matching AS (SELECT id, name, head_id FROM department WHERE name ILIKE ${containing(query)}),
         counted AS (SELECT count(*)::int AS total FROM matching)
    SELECT matching.id, matching.name, counted.total,
           (SELECT json_build_object('id', id, 'name', name, 'disabled', disabled_at IS NOT NULL)
            FROM person WHERE id = matching.head_id) AS head,
           (SELECT count(*)::int FROM person WHERE department_id = matching.id AND disabled_at IS NULL) AS members
    FROM matching CROSS JOIN counted
    ORDER BY lower(name), id LIMIT ${PAGE_ROWS}
    OFFSET (SELECT greatest(least(${page}::int - 1, (total - 1) / ${PAGE_ROWS}), 0) * ${PAGE_ROWS} FROM counted)`);
  return pageOf(rows, page);
}
