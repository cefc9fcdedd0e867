import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";

const inputSchema = z.strictObject({ id: z.string().min(1).max(100) });

/**
 * Ends a hold now. What it put before people stays with them: they have the draft, and the policy had no vote on it.
 * @throws CountersignError `forbidden`, `not_found`, `conflict` when it was released or ended before.
 */
export async function releaseHold(ctx: Context, input: z.input<typeof inputSchema>): Promise<{ id: string }> {
  const actor = requirePermission(ctx.actor, "hold.write");
  const { id } = parseInput(inputSchema, input);
  const now = ctx.now();
  return ctx.db.transaction(async (tx) => {
    const hold = await tx.row<{ released_at: Date | null; ends_at: Date | null; name: string | null }>(sql`
      SELECT hold.released_at, hold.ends_at, person.name
      FROM hold LEFT JOIN person ON person.id = hold.released_by_id WHERE hold.id = ${id} FOR UPDATE OF hold`);
    if (!hold) throw new CountersignError("not_found", "There is no such hold.");
    if (hold.released_at)
      throw new CountersignError("conflict", `${hold.name ?? "Somebody"} released it already.`);
    if (hold.ends_at && hold.ends_at <= now)
      throw new CountersignError("conflict", "It has ended by itself.");
    await tx.run(
      sql`UPDATE hold SET released_at = ${now}, released_by_id = ${actor.personId} WHERE id = ${id}`,
    );
    await recordChange({ ...ctx, actor }, tx, {
      verb: "hold.released",
      subject: { type: "hold", id },
      before: { released: false },
      after: { released: true },
    });
    return { id };
  });
}
