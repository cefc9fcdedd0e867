import type { Context } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { rulesThatNameDepartment } from "./rules-that-ask";

/** What keeps a department from being deleted. */
export interface DepartmentUses {
  people: number;
  rules: string[];
  /** The action types whose policy names it, by id or by name. */
  policies: string[];
  /** Whether any draft was about it. */
  hasDrafts: boolean;
}

/** Everything that refers to a department now. */
export async function departmentUses(
  ctx: Context,
  db: Queryable,
  { id, name }: { id: string; name: string },
): Promise<DepartmentUses> {
  const row = await db.row<{ people: number; has_drafts: boolean }>(sql`
    SELECT (SELECT count(*)::int FROM person WHERE department_id = ${id}) AS people,
           EXISTS (SELECT 1 FROM draft WHERE department_id = ${id}) AS has_drafts`);
  return {
    people: row!.people,
    rules: await rulesThatNameDepartment(db, id),
    policies: policiesNaming(ctx, id, name),
    hasDrafts: row!.has_drafts,
  };
}

/** The action types whose policy names a department by this id or, in any case, this name. */
export const policiesNaming = ({ policies }: Context, id: string, name: string): string[] =>
  [...policies.values()]
    .filter(
      ({ policy }) => policy.department === id || policy.department?.toLowerCase() === name.toLowerCase(),
    )
    .map(({ actionType }) => actionType);
