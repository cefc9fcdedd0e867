import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { type DepartmentUses, departmentUses } from "./department-uses";
import { idField } from "./fields";

export interface DepartmentDetail {
  id: string;
  name: string;
  version: number;
  head: { id: string; name: string; disabled: boolean } | null;
  uses: DepartmentUses;
}

/** One department and what refers to it. @throws CountersignError `forbidden`, `not_found`. */
export async function getDepartment(ctx: Context, input: { id: string }): Promise<DepartmentDetail> {
  requirePermission(ctx.actor, "organisation.read");
  const { id } = parseInput(z.strictObject({ id: idField }), input);
  const department = await ctx.db.row<Omit<DepartmentDetail, "uses">>(sql`
    SELECT department.id, department.name, department.version,
           CASE WHEN head.id IS NOT NULL THEN
             json_build_object('id', head.id, 'name', head.name, 'disabled', head.disabled_at IS NOT NULL) END AS head
    FROM department LEFT JOIN person AS head ON head.id = department.head_id WHERE department.id = ${id}`);
  if (!department) throw new CountersignError("not_found", "There is no such department.");
  return { ...department, uses: await departmentUses(ctx, ctx.db, department) };
}
