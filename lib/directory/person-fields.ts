import { z } from "zod";
import { ROLES } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError, type ErrorCode } from "@/lib/errors";
import { idField, nameField } from "./fields";

/** What an admin says of a person. */
export const personFields = {
  name: nameField,
  email: z.string().trim().max(200).pipe(z.email("an e-mail address, such as ada@example.com")),
  departmentId: idField.nullable(),
  managerId: idField.nullable(),
  roles: z.array(z.enum(ROLES)).transform((roles) => [...new Set(roles)].sort()),
};

interface PersonFields {
  email: string;
  departmentId: string | null;
  managerId: string | null;
}

const refuse = (code: ErrorCode, path: string, message: string) =>
  new CountersignError(code, message, { fields: [{ path, message }] });

/**
 * Checks, under the directory's lock, what only the other rows can tell. `personId` is null for somebody new.
 * @throws CountersignError `conflict` for an address somebody active has, `invalid_request` for a department or manager
 * that is not there and for managers who would go round in a circle.
 */
export async function checkPersonFields(
  tx: Transaction,
  personId: string | null,
  { email, departmentId, managerId }: PersonFields,
): Promise<void> {
  const namesake = await tx.row<{ name: string }>(sql`
    SELECT name FROM person WHERE lower(email) = lower(${email}) AND disabled_at IS NULL
      AND id IS DISTINCT FROM ${personId}::text LIMIT 1`);
  if (namesake) throw refuse("conflict", "/email", `${namesake.name} has this e-mail address.`);
  if (departmentId && !(await tx.row(sql`SELECT 1 FROM department WHERE id = ${departmentId}`))) {
    throw refuse("invalid_request", "/departmentId", "This department is not there any more.");
  }
  if (!managerId) return;
  const manager = await tx.row<{ name: string; is_below: boolean }>(sql`
    WITH RECURSIVE chain (id) AS (
      SELECT ${managerId}::text
      UNION SELECT person.manager_id FROM person JOIN chain ON chain.id = person.id WHERE person.manager_id IS NOT NULL
    )
    SELECT name, EXISTS (SELECT 1 FROM chain WHERE id = ${personId}::text) AS is_below
    FROM person WHERE id = ${managerId}`);
  if (!manager) throw refuse("invalid_request", "/managerId", "This person is not there.");
  if (managerId === personId) throw refuse("invalid_request", "/managerId", "Nobody is their own manager.");
  if (manager.is_below) {
    const message = `${manager.name} already reports to this person, directly or through others. A chain of managers ends somewhere.`;
    throw refuse("invalid_request", "/managerId", message);
  }
}
