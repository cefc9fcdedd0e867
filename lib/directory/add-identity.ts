import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";
import { idField } from "./fields";
import { identitySchema, insertIdentity } from "./identity";
import { lockPerson } from "./lock-person";

const inputSchema = z.strictObject({ personId: idField, identity: identitySchema });

/**
 * Lets a person sign in by one more identity.
 * @throws CountersignError `forbidden`, `invalid_request`, `not_found`, `conflict` that names who has it.
 */
export async function addIdentity(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<void> {
  requirePermission(ctx.actor, "organisation.write");
  const { personId, identity } = parseInput(inputSchema, input);
  await ctx.db.transaction(async (tx) => {
    await lockPerson(tx, personId);
    await insertIdentity(tx, personId, identity);
    await tx.run(sql`UPDATE person SET version = version + 1 WHERE id = ${personId}`);
    await recordChange(ctx, tx, {
      verb: "person.changed",
      subject: { type: "person", id: personId },
      before: { identity: null },
      after: { identity },
    });
  });
}
