import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";
import type { Preferences } from "./get-preferences";
import { quietHoursSchema } from "./quiet-hours";

const inputSchema = z.strictObject({ quietHours: quietHoursSchema.nullable() });

/** Sets the acting person's quiet hours, or none. @throws CountersignError `forbidden`, `invalid_request`. */
export async function saveQuietHours(ctx: Context, input: z.input<typeof inputSchema>): Promise<Preferences> {
  const { personId } = requirePermission(ctx.actor, "inbox.read");
  const { quietHours } = parseInput(inputSchema, input);
  await ctx.db.run(sql`
    INSERT INTO preference (person_id, quiet_hours) VALUES (${personId}, ${quietHours && JSON.stringify(quietHours)}::jsonb)
    ON CONFLICT (person_id) DO UPDATE SET quiet_hours = excluded.quiet_hours`);
  return { quietHours };
}
