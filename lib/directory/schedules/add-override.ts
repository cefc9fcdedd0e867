import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { newId } from "@/lib/drafts/new-id";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { DAY_MS, MINUTE_MS } from "@/lib/routing/wall-clock";
import { requireApprover } from "../require-approver";
import { lockSchedule } from "./stored-schedule";

const LONGEST_MS = 366 * DAY_MS;
/** A form that says "now" takes a moment to fill in. */
const LATENESS_MS = 10 * MINUTE_MS;

const inputSchema = z
  .strictObject({
    scheduleId: z.string().max(100),
    personId: z.string("somebody to take over").max(100),
    startsAt: z.date("a date and a time"),
    endsAt: z.date("a date and a time"),
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, { path: ["endsAt"], error: "later than the start" })
  .refine(({ startsAt, endsAt }) => endsAt.getTime() - startsAt.getTime() <= LONGEST_MS, {
    path: ["endsAt"],
    error: "at most a year after the start",
  });

/**
 * Puts a person on call for a while, whatever the layers say; of two that overlap the one entered last wins.
 * @throws CountersignError `forbidden`, `not_found`, `conflict` (archived), `invalid_request` (in the past, or somebody
 * who could not decide).
 */
export async function addOverride(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<{ id: string }> {
  requirePermission(ctx.actor, "organisation.write");
  const { scheduleId, personId, startsAt, endsAt } = parseInput(inputSchema, input);
  const at = ctx.now();
  if (startsAt.getTime() < at.getTime() - LATENESS_MS || endsAt <= at) {
    const path = endsAt <= at ? "/endsAt" : "/startsAt";
    const message = "Overrides begin now or later: what is past stays as it was.";
    throw new CountersignError("invalid_request", message, { fields: [{ path, message }] });
  }
  const from = new Date(Math.max(startsAt.getTime(), at.getTime()));
  return ctx.db.transaction(async (tx) => {
    const schedule = await lockSchedule(tx, scheduleId);
    if (schedule.archivedAt) throw new CountersignError("conflict", `“${schedule.name}” is archived.`);
    await requireApprover(tx, personId, "/personId");
    const id = newId("ovr");
    await tx.run(sql`
      INSERT INTO schedule_override (id, schedule_id, person_id, starts_at, ends_at, created_by_id, created_at)
      VALUES (${id}, ${scheduleId}, ${personId}, ${from}, ${endsAt}, ${ctx.actor.personId}, ${at})`);
    await recordChange(ctx, tx, {
      verb: "schedule.overridden",
      subject: { type: "schedule", id: scheduleId },
      before: null,
      after: {
        override_id: id,
        person_id: personId,
        starts_at: from.toISOString(),
        ends_at: endsAt.toISOString(),
      },
    });
    return { id };
  });
}
