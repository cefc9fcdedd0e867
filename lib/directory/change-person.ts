import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";
import { changedMeanwhile } from "./changed-meanwhile";
import { idField, versionField } from "./fields";
import { lockPerson } from "./lock-person";
import { checkPersonFields, personFields } from "./person-fields";
import { requireAdminLeft } from "./require-admin-left";

const inputSchema = z.strictObject({ id: idField, version: versionField, ...personFields });
export type PersonChange = z.input<typeof inputSchema>;

/**
 * Replaces what is known of a person, roles included; a role counts from their next request on.
 * @throws CountersignError `forbidden`, `invalid_request`, `not_found`, `conflict` (changed meanwhile, an address that
 * somebody has, no admin left).
 */
export async function changePerson(
  ctx: Context<PersonActor>,
  input: PersonChange,
): Promise<{ version: number }> {
  requirePermission(ctx.actor, "organisation.write");
  const fields = parseInput(inputSchema, input);
  const { id, name, email, departmentId, managerId, roles } = fields;
  return ctx.db.transaction(async (tx) => {
    const before = await lockPerson(tx, id);
    if (before.version !== fields.version) throw await changedMeanwhile(tx, { type: "person", id });
    await checkPersonFields(tx, id, fields);
    const version = before.version + 1;
    await tx.run(sql`
      UPDATE person SET name = ${name}, email = ${email}, department_id = ${departmentId}, manager_id = ${managerId},
                        version = ${version}
      WHERE id = ${id}`);
    await tx.run(sql`DELETE FROM person_role WHERE person_id = ${id} AND role <> ALL(${roles}::text[])`);
    await tx.run(sql`
      INSERT INTO person_role (person_id, role) SELECT ${id}, unnest(${roles}::text[]) ON CONFLICT DO NOTHING`);
    await requireAdminLeft(tx);
    await recordChange(ctx, tx, {
      verb: "person.changed",
      subject: { type: "person", id },
      before: { department_id: before.department_id, manager_id: before.manager_id, roles: before.roles },
      after: { department_id: departmentId, manager_id: managerId, roles },
      personal: [...(before.name === name ? [] : ["name"]), ...(before.email === email ? [] : ["email"])],
    });
    return { version };
  });
}
