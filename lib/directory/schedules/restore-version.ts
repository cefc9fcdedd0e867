import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { scheduleSchema } from "@/lib/routing/schedule";
import { publishVersion } from "./publish-version";
import { lockSchedule, refuseMoved } from "./stored-schedule";

const inputSchema = z.strictObject({
  id: z.string().max(100),
  /** The version in force when it was asked for. */
  version: z.int().min(1),
  restore: z.int().min(1),
  note: z.string().trim().max(500, "at most 500 characters").default(""),
  acceptGaps: z.boolean().default(false),
});

/**
 * Publishes an older version anew, as the next one; brings an archived schedule back. Overrides stay as they are.
 * @throws CountersignError as `publishSchedule`: people may have left since then.
 */
export async function restoreVersion(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<{ id: string; version: number }> {
  requirePermission(ctx.actor, "organisation.write");
  const { id, version, restore, note, acceptGaps } = parseInput(inputSchema, input);
  return ctx.db.transaction(async (tx) => {
    const before = await lockSchedule(tx, id);
    await refuseMoved(ctx, tx, before, version);
    const older = await tx.row<{ name: string; definition: unknown }>(sql`
      SELECT name, definition FROM schedule_version WHERE schedule_id = ${id} AND version = ${restore}`);
    if (!older) throw new CountersignError("not_found", `There is no version ${restore} of this schedule.`);
    return publishVersion(ctx, tx, {
      before,
      id,
      name: older.name,
      definition: scheduleSchema.parse(older.definition),
      note: note || null,
      acceptGaps,
      restoredFrom: restore,
    });
  });
}
