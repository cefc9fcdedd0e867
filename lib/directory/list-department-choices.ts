import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";

/** The departments to choose from, by name; at most five hundred. */
export async function listDepartmentChoices(ctx: Context): Promise<{ id: string; name: string }[]> {
  requirePermission(ctx.actor, "organisation.read");
  return ctx.db.rows(sql`SELECT id, name FROM department ORDER BY lower(name), id LIMIT 500`);
}
