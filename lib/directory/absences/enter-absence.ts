import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { newId } from "@/lib/drafts/new-id";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { type AbsenceEffect, absenceEffects } from "@/lib/routing/absence-effects";
import { DAY_MS } from "@/lib/routing/wall-clock";
import { getDirectory } from "../load-directory";
import { requireApprover } from "../require-approver";

const LONGEST_MS = 366 * DAY_MS;

const inputSchema = z
  .strictObject({
    /** Whose; the actor's own when left out. */
    personId: z.string().max(100).optional(),
    startsAt: z.date("a date"),
    endsAt: z.date("a date"),
    delegateId: z.string().max(100).nullable().default(null),
    note: z.string().trim().max(200, "at most 200 characters").default(""),
    /** Enters it also when it leads to what one may not expect. */
    acceptEffects: z.boolean().default(false),
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, { path: ["endsAt"], error: "later than the start" })
  .refine(({ startsAt, endsAt }) => endsAt.getTime() - startsAt.getTime() <= LONGEST_MS, {
    path: ["endsAt"],
    error: "at most a year after the start",
  });
export type AbsenceInput = z.input<typeof inputSchema>;

/** What came of it: entered under `id`, or (null) not entered because of effects that were not accepted. */
export interface EnteredAbsence {
  id: string | null;
  effects: AbsenceEffectView[];
}

/** An effect with the name of the person it is about. */
export type AbsenceEffectView = AbsenceEffect & { name: string | null };

/**
 * Enters that somebody is away, from now on at the earliest, and who may decide meanwhile what they could. Effects that
 * one may not expect (the delegate is away too, delegates in a circle, shifts left to nobody) come back first, with
 * nothing entered, unless `acceptEffects`.
 * @throws CountersignError `forbidden` (somebody else's, without being an admin), `not_found`, `invalid_request` (over
 * already; a delegate who is no approver, or oneself).
 */
export async function enterAbsence(ctx: Context<PersonActor>, input: AbsenceInput): Promise<EnteredAbsence> {
  const { personId = ctx.actor.personId, delegateId, note, ...given } = parseInput(inputSchema, input);
  const isOwn = personId === ctx.actor.personId;
  requirePermission(ctx.actor, isOwn ? "absence.write_own" : "organisation.write");
  const at = ctx.now();
  if (given.endsAt <= at) refuse("/endsAt", "This is over already.");
  if (delegateId === personId) refuse("/delegateId", "Nobody can stand in for themselves.");
  const id = newId("abs");
  const startsAt = new Date(Math.max(given.startsAt.getTime(), at.getTime()));
  const absence = { id, personId, delegateId, startsAt, endsAt: given.endsAt };

  const directory = await getDirectory(ctx.db);
  const effects = absenceEffects(directory, absence).map((effect) => ({
    ...effect,
    name: effect.kind === "further" ? (directory.people.get(effect.personId)?.name ?? null) : null,
  }));
  return ctx.db.transaction(async (tx) => {
    const person = await tx.row(
      sql`SELECT 1 FROM person WHERE id = ${personId} AND disabled_at IS NULL FOR SHARE`,
    );
    if (!person) throw new CountersignError("not_found", "There is no such person.");
    if (delegateId !== null) await requireApprover(tx, delegateId, "/delegateId");
    if (effects.length > 0 && !given.acceptEffects) return { id: null, effects };
    await tx.run(sql`
      INSERT INTO absence (id, person_id, delegate_id, starts_at, ends_at, note, created_by_id, created_at)
      VALUES (${id}, ${personId}, ${delegateId}, ${startsAt}, ${absence.endsAt}, ${note || null},
              ${ctx.actor.personId}, ${at})`);
    await recordChange(ctx, tx, {
      verb: "absence.entered",
      subject: { type: "absence", id },
      before: null,
      after: {
        person_id: personId,
        delegate_id: delegateId,
        starts_at: startsAt.toISOString(),
        ends_at: absence.endsAt.toISOString(),
      },
      personal: note ? ["note"] : [],
    });
    return { id, effects };
  });
}

function refuse(path: string, message: string): never {
  throw new CountersignError("invalid_request", message, { fields: [{ path, message }] });
}
