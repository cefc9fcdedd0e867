import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";
import { containing, type Page, pageField, pageOf, queryField } from "./fields";
import { getDirectory } from "./load-directory";
import { PAGE_ROWS } from "./page-rows";
import { rulesThatAsk } from "./rules-that-ask";

const inputSchema = z.strictObject({ query: queryField, page: pageField });

export interface ListedGroup {
  id: string;
  name: string;
  members: number;
  /** The approver rules that ask this group. */
  rules: string[];
}

/** Groups by name, fifty a page. */
export async function listGroups(
  ctx: Context,
  input: z.input<typeof inputSchema>,
): Promise<Page<ListedGroup>> {
  requirePermission(ctx.actor, "organisation.read");
  const { query, page } = parseInput(inputSchema, input);
  const [rows, directory] = await Promise.all([
    ctx.db.rows<Omit<ListedGroup, "rules"> & { total: number }>(sql`
      WITH matching AS (SELECT id, name FROM "group" WHERE name ILIKE ${containing(query)}),
           counted AS (SELECT count(*)::int AS total FROM matching)
      SELECT matching.id, matching.name, counted.total,
             (SELECT count(*)::int FROM group_member WHERE group_id = matching.id) AS members
      FROM matching CROSS JOIN counted
      ORDER BY lower(name), id LIMIT ${PAGE_ROWS}
      OFFSET (SELECT greatest(least(${page}::int - 1, (total - 1) / ${PAGE_ROWS}), 0) * ${PAGE_ROWS} FROM counted)`),
    getDirectory(ctx.db),
  ]);
  const withRules = rows.map((row) => ({
    ...row,
    rules: rulesThatAsk(directory, (target) => target.kind === "group" && target.id === row.id),
  }));
  return pageOf(withRules, page);
}
