import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";

/** The name of a person by id, or null when there is no such person. @throws CountersignError `forbidden`. */
export async function findPersonName(ctx: Context, id: string): Promise<string | null> {
  requirePermission(ctx.actor, "organisation.read");
  const row = await ctx.db.row<{ name: string }>(sql`SELECT name FROM person WHERE id = ${id}`);
  return row?.name ?? null;
}
