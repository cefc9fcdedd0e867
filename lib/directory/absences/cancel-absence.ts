import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";

const inputSchema = z.strictObject({ id: z.string().max(100) });

/**
 * Cancels an absence that has not begun; one that has, ends now: the person is back.
 * @throws CountersignError `forbidden` (somebody else's, without being an admin), `not_found`, `conflict` (over or
 * cancelled already).
 */
export async function cancelAbsence(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<void> {
  requirePermission(ctx.actor, "absence.write_own");
  const { id } = parseInput(inputSchema, input);
  await ctx.db.transaction(async (tx) => {
    const absence = await tx.row<{
      person_id: string;
      delegate_id: string | null;
      starts_at: Date;
      ends_at: Date;
      cancelled_at: Date | null;
    }>(sql`
      SELECT person_id, delegate_id, starts_at, ends_at, cancelled_at FROM absence WHERE id = ${id} FOR UPDATE`);
    if (!absence) throw new CountersignError("not_found", "There is no such absence.");
    const isOwn = absence.person_id === ctx.actor.personId;
    if (!isOwn) requirePermission(ctx.actor, "organisation.write");
    const at = ctx.now();
    if (absence.cancelled_at) throw new CountersignError("conflict", "It is cancelled already.");
    if (absence.ends_at <= at) throw new CountersignError("conflict", "It is over already.");
    const hasBegun = absence.starts_at < at;
    await tx.run(
      hasBegun
        ? sql`UPDATE absence SET ends_at = ${at} WHERE id = ${id}`
        : sql`UPDATE absence SET cancelled_at = ${at} WHERE id = ${id}`,
    );
    const { person_id, delegate_id, starts_at, ends_at } = absence;
    const entered = { person_id, delegate_id, starts_at: starts_at.toISOString() };
    await recordChange(ctx, tx, {
      verb: "absence.cancelled",
      subject: { type: "absence", id },
      before: { ...entered, ends_at: ends_at.toISOString() },
      after: hasBegun ? { ...entered, ends_at: at.toISOString() } : null,
    });
  });
}
