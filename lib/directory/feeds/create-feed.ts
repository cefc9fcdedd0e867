import { randomBytes } from "node:crypto";
import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { sha256Hex } from "@/lib/trust/sha256";

const MOST = 20;

/** `scheduleId` null: the person's own shifts in every schedule. */
const inputSchema = z.strictObject({ scheduleId: z.string().max(100).nullable() });

/**
 * Makes an address under which calendar programs read shifts without signing in. Whoever has it reads as the person who
 * made it, for as long as they may; only its hash is kept, so it is shown once.
 * @throws CountersignError `forbidden`, `not_found` (no such schedule, or archived), `conflict` (too many already).
 */
export async function createFeed(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<{ id: string; path: string }> {
  requirePermission(ctx.actor, "organisation.read");
  const { scheduleId } = parseInput(inputSchema, input);
  const token = randomBytes(32).toString("base64url");
  const id = sha256Hex(token);
  const { personId } = ctx.actor;
  await ctx.db.transaction(async (tx) => {
    // The person's row is what two at once wait for: the limit counts what is there.
    await tx.run(sql`SELECT 1 FROM person WHERE id = ${personId} FOR UPDATE`);
    if (scheduleId !== null) {
      const there = await tx.row(
        sql`SELECT 1 FROM schedule WHERE id = ${scheduleId} AND archived_at IS NULL`,
      );
      if (!there) throw new CountersignError("not_found", "There is no such schedule.");
    }
    const live = await tx.row<{ count: number }>(sql`
      SELECT count(*)::int AS count FROM calendar_feed WHERE person_id = ${personId} AND revoked_at IS NULL`);
    if (live!.count >= MOST) {
      throw new CountersignError(
        "conflict",
        `You have ${MOST} feed addresses. Revoke one that nothing reads.`,
      );
    }
    await tx.run(sql`
      INSERT INTO calendar_feed (token_hash, person_id, schedule_id, created_at)
      VALUES (${id}, ${personId}, ${scheduleId}, ${ctx.now()})`);
    await recordChange(ctx, tx, {
      verb: "calendar_feed.created",
      subject: { type: "calendar_feed", id },
      before: null,
      after: { person_id: personId, schedule_id: scheduleId },
    });
  });
  return { id, path: `/api/calendar/${token}.ics` };
}
