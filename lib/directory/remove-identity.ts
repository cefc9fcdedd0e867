import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { idField, textField } from "./fields";
import { lockPerson } from "./lock-person";
import { requireAdminLeft } from "./require-admin-left";

const inputSchema = z.strictObject({
  personId: idField,
  identity: z.strictObject({ issuer: textField(500), subject: textField(500) }),
});

/**
 * Takes an identity from a person: whoever signs in by it is nobody from the next request on.
 * @throws CountersignError `forbidden`, `not_found`, `conflict` (one's own last one, or no admin left who can sign in).
 */
export async function removeIdentity(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<void> {
  requirePermission(ctx.actor, "organisation.write");
  const { personId, identity } = parseInput(inputSchema, input);
  await ctx.db.transaction(async (tx) => {
    await lockPerson(tx, personId);
    const removed = await tx.run(sql`
      DELETE FROM person_identity
      WHERE person_id = ${personId} AND issuer = ${identity.issuer} AND subject = ${identity.subject}`);
    if (removed === 0) throw new CountersignError("not_found", "This identity is not there any more.");
    const hasAnother = await tx.row(sql`SELECT 1 FROM person_identity WHERE person_id = ${personId} LIMIT 1`);
    if (!hasAnother && personId === ctx.actor.personId) {
      throw new CountersignError("conflict", "This is your own last identity: you could not sign in again.");
    }
    await requireAdminLeft(tx);
    await tx.run(sql`UPDATE person SET version = version + 1 WHERE id = ${personId}`);
    await recordChange(ctx, tx, {
      verb: "person.changed",
      subject: { type: "person", id: personId },
      before: { identity },
      after: { identity: null },
    });
  });
}
