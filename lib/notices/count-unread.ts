import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";

/** Nobody reads further than "99+". */
const MOST = 100;

/** How many notices a person has not read, up to a hundred. */
export async function countUnread(ctx: Context<PersonActor>): Promise<number> {
  const { personId } = requirePermission(ctx.actor, "inbox.read");
  const row = await ctx.db.row<{ unread: number }>(sql`
    SELECT count(*)::int AS unread FROM (
      SELECT 1 FROM notice WHERE person_id = ${personId} AND read_at IS NULL LIMIT ${MOST}) AS counted`);
  return row!.unread;
}
