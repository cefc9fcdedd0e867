import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { newId } from "@/lib/drafts/new-id";
import { parseInput } from "@/lib/parse-input";
import { identitySchema, insertIdentity } from "./identity";
import { lockDirectory } from "./lock-directory";
import { checkPersonFields, personFields } from "./person-fields";

const inputSchema = z.strictObject({ ...personFields, identity: identitySchema.nullable() });
export type NewPerson = z.input<typeof inputSchema>;

/**
 * Adds a person. Without an identity they are known, and can be named, but cannot sign in.
 * @throws CountersignError `forbidden`, `invalid_request`, `conflict` (an address or identity that somebody has).
 */
export async function createPerson(ctx: Context<PersonActor>, input: NewPerson): Promise<{ id: string }> {
  requirePermission(ctx.actor, "organisation.write");
  const fields = parseInput(inputSchema, input);
  const { name, email, departmentId, managerId, roles, identity } = fields;
  return ctx.db.transaction(async (tx) => {
    await lockDirectory(tx);
    await checkPersonFields(tx, null, fields);
    const id = newId("per");
    await tx.run(sql`
      INSERT INTO person (id, name, email, department_id, manager_id, created_at)
      VALUES (${id}, ${name}, ${email}, ${departmentId}, ${managerId}, ${ctx.now()})`);
    await tx.run(sql`INSERT INTO person_role (person_id, role) SELECT ${id}, unnest(${roles}::text[])`);
    if (identity) await insertIdentity(tx, id, identity);
    await recordChange(ctx, tx, {
      verb: "person.created",
      subject: { type: "person", id },
      before: null,
      after: {
        department_id: departmentId,
        manager_id: managerId,
        roles,
        identities: identity ? [identity] : [],
      },
      personal: ["name", "email"],
    });
    return { id };
  });
}
