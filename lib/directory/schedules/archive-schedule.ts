import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { lockSchedule, refuseMoved, rulesAsking } from "./stored-schedule";

const inputSchema = z.strictObject({ id: z.string().max(100), version: z.int().min(1) });

/**
 * Takes a schedule out of use. Its versions stay, and restoring one brings it back.
 * @throws CountersignError `forbidden`, `not_found`, `conflict` (an approver rule asks it, or it moved meanwhile).
 */
export async function archiveSchedule(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<void> {
  requirePermission(ctx.actor, "organisation.write");
  const { id, version } = parseInput(inputSchema, input);
  await ctx.db.transaction(async (tx) => {
    const schedule = await lockSchedule(tx, id);
    await refuseMoved(ctx, tx, schedule, version);
    if (schedule.archivedAt) throw new CountersignError("conflict", "It is archived already.");
    const at = ctx.now();
    // Written first: whoever saves a rule at the same time then waits, or has been waited for.
    await tx.run(sql`UPDATE schedule SET archived_at = ${at}, updated_at = ${at} WHERE id = ${id}`);
    const rules = await rulesAsking(tx, id);
    if (rules.length > 0) {
      const message =
        rules.length === 1
          ? `The approver rule ${rules[0]} asks this schedule. Change the rule first.`
          : `The approver rules ${rules.join(", ")} ask this schedule. Change them first.`;
      throw new CountersignError("conflict", message);
    }
    await recordChange(ctx, tx, {
      verb: "schedule.archived",
      subject: { type: "schedule", id },
      before: { version: schedule.version, archived: false },
      after: { version: schedule.version, archived: true },
    });
  });
}
