import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { idField } from "./fields";
import { lockPerson } from "./lock-person";
import { requireAdminLeft } from "./require-admin-left";

const inputSchema = z.strictObject({ id: idField, disabled: z.boolean() });

/**
 * Disables a person, or enables them again. From the next request on a disabled person cannot sign in, nobody is asked
 * through them, and the keys they own open nothing; what they decided stays.
 * @throws CountersignError `forbidden`, `not_found`, `conflict` (oneself, done already, no admin left, or an address that
 * somebody else has taken).
 */
export async function setPersonDisabled(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<void> {
  requirePermission(ctx.actor, "organisation.write");
  const { id, disabled } = parseInput(inputSchema, input);
  if (disabled && id === ctx.actor.personId) {
    throw new CountersignError("conflict", "You cannot disable yourself; another admin can.");
  }
  await ctx.db.transaction(async (tx) => {
    const before = await lockPerson(tx, id);
    if ((before.disabled_at !== null) === disabled) {
      const state = disabled ? "disabled" : "enabled";
      throw new CountersignError("conflict", `${before.name} is ${state} already.`);
    }
    if (!disabled) {
      const namesake = await tx.row<{ name: string }>(sql`
        SELECT name FROM person WHERE lower(email) = lower(${before.email}) AND disabled_at IS NULL AND id <> ${id}`);
      if (namesake) {
        throw new CountersignError("conflict", `${namesake.name} has the same e-mail address and is active.`);
      }
    }
    await tx.run(sql`
      UPDATE person SET disabled_at = ${disabled ? ctx.now() : null}, version = version + 1 WHERE id = ${id}`);
    await requireAdminLeft(tx);
    await recordChange(ctx, tx, {
      verb: "person.changed",
      subject: { type: "person", id },
      before: { disabled: !disabled },
      after: { disabled },
    });
  });
}
