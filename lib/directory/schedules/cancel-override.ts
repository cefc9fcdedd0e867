import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";

const inputSchema = z.strictObject({ id: z.string().max(100) });

/**
 * Cancels an override that has not begun; one that has, ends now: who was on call until then stays true.
 * @throws CountersignError `forbidden`, `not_found`, `conflict` (over or cancelled already).
 */
export async function cancelOverride(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<void> {
  requirePermission(ctx.actor, "organisation.write");
  const { id } = parseInput(inputSchema, input);
  await ctx.db.transaction(async (tx) => {
    const override = await tx.row<{
      schedule_id: string;
      person_id: string;
      starts_at: Date;
      ends_at: Date;
      cancelled_at: Date | null;
    }>(sql`
      SELECT schedule_id, person_id, starts_at, ends_at, cancelled_at FROM schedule_override
      WHERE id = ${id} FOR UPDATE`);
    if (!override) throw new CountersignError("not_found", "There is no such override.");
    const at = ctx.now();
    if (override.cancelled_at) throw new CountersignError("conflict", "It is cancelled already.");
    if (override.ends_at <= at) throw new CountersignError("conflict", "It is over already.");
    const hasBegun = override.starts_at < at;
    await tx.run(
      hasBegun
        ? sql`UPDATE schedule_override SET ends_at = ${at} WHERE id = ${id}`
        : sql`UPDATE schedule_override SET cancelled_at = ${at} WHERE id = ${id}`,
    );
    const { person_id, starts_at, ends_at } = override;
    const entered = { override_id: id, person_id, starts_at: starts_at.toISOString() };
    await recordChange(ctx, tx, {
      verb: "schedule.override_cancelled",
      subject: { type: "schedule", id: override.schedule_id },
      before: { ...entered, ends_at: ends_at.toISOString() },
      after: hasBegun ? { ...entered, ends_at: at.toISOString() } : null,
    });
  });
}
