import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, Role } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { idField, type Page, pageField, pageOf } from "./fields";
import { PAGE_ROWS } from "./page-rows";
import { rulesThatNameGroup } from "./rules-that-ask";

const inputSchema = z.strictObject({ id: idField, page: pageField });

export interface GroupMember {
  id: string;
  name: string;
  department: string | null;
  roles: Role[];
  disabled: boolean;
}

export interface GroupDetail {
  id: string;
  name: string;
  version: number;
  members: Page<GroupMember>;
  rules: string[];
}

/** One group with its members by name, fifty a page. @throws CountersignError `forbidden`, `not_found`. */
export async function getGroup(ctx: Context, input: z.input<typeof inputSchema>): Promise<GroupDetail> {
  requirePermission(ctx.actor, "organisation.read");
  const { id, page } = parseInput(inputSchema, input);
  const [group, members, rules] = await Promise.all([
    ctx.db.row<{ id: string; name: string; version: number }>(
      sql`SELECT id, name, version FROM "group" WHERE id = ${id}`,
    ),
    ctx.db.rows<GroupMember & { total: number }>(sql`
      WITH counted AS (SELECT count(*)::int AS total FROM group_member WHERE group_id = ${id})
      SELECT person.id, person.name, department.name AS department, person.disabled_at IS NOT NULL AS disabled,
             ARRAY(SELECT role FROM person_role WHERE person_id = person.id ORDER BY role) AS roles, counted.total
      FROM group_member JOIN person ON person.id = group_member.person_id CROSS JOIN counted
      LEFT JOIN department ON department.id = person.department_id
      WHERE group_member.group_id = ${id}
      ORDER BY lower(person.name), person.id LIMIT ${PAGE_ROWS}
      OFFSET (SELECT greatest(least(${page}::int - 1, (total - 1) / ${PAGE_ROWS}), 0) * ${PAGE_ROWS} FROM counted)`),
    rulesThatNameGroup(ctx.db, id),
  ]);
  if (!group) throw new CountersignError("not_found", "There is no such group.");
  return { ...group, members: pageOf(members, page), rules };
}
