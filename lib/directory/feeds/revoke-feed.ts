import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { may, requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";

const inputSchema = z.strictObject({ id: z.string().max(100) });

/**
 * Revokes a feed address: it answers 404 from the next request on. One's own, or as an admin anyone's.
 * @throws CountersignError `forbidden`, `not_found` (also somebody else's), `conflict` (revoked already).
 */
export async function revokeFeed(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<void> {
  requirePermission(ctx.actor, "organisation.read");
  const { id } = parseInput(inputSchema, input);
  await ctx.db.transaction(async (tx) => {
    const feed = await tx.row<{ person_id: string; schedule_id: string | null; revoked_at: Date | null }>(sql`
      SELECT person_id, schedule_id, revoked_at FROM calendar_feed WHERE token_hash = ${id} FOR UPDATE`);
    const isTheirs = feed?.person_id === ctx.actor.personId || may(ctx.actor, "organisation.write");
    if (!feed || !isTheirs) throw new CountersignError("not_found", "There is no such feed address.");
    if (feed.revoked_at) throw new CountersignError("conflict", "It is revoked already.");
    await tx.run(sql`UPDATE calendar_feed SET revoked_at = ${ctx.now()} WHERE token_hash = ${id}`);
    await recordChange(ctx, tx, {
      verb: "calendar_feed.revoked",
      subject: { type: "calendar_feed", id },
      before: { person_id: feed.person_id, schedule_id: feed.schedule_id },
      after: null,
    });
  });
}
