import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";

/** A list with its filters, under a name that its person gave it. */
export interface SavedView {
  id: string;
  name: string;
  path: string;
}

/** The acting person's own views, by name. @throws CountersignError `forbidden`. */
export async function listViews(ctx: Context): Promise<SavedView[]> {
  const { personId } = requirePermission(ctx.actor, "inbox.read");
  return ctx.db.rows<SavedView>(
    sql`SELECT id, name, path FROM saved_view WHERE person_id = ${personId} ORDER BY lower(name), id`,
  );
}
