import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { type QuietHours, quietHoursSchema } from "./quiet-hours";

/** What a person wants of the product. */
export interface Preferences {
  quietHours: QuietHours | null;
}

/** The acting person's own preferences; the defaults where they have set none. @throws CountersignError `forbidden`. */
export async function getPreferences(ctx: Context): Promise<Preferences> {
  const { personId } = requirePermission(ctx.actor, "inbox.read");
  const row = await ctx.db.row<{ quiet_hours: unknown }>(
    sql`SELECT quiet_hours FROM preference WHERE person_id = ${personId}`,
  );
  // A zone that this machine does not know any more is no reason to refuse the page.
  const read = quietHoursSchema.safeParse(row?.quiet_hours);
  return { quietHours: read.success ? read.data : null };
}
