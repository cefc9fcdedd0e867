import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";

/** @throws CountersignError `invalid_request` at `path` when the person is unknown, disabled or no approver. */
export async function requireApprover(tx: Transaction, personId: string, path: string): Promise<void> {
  const person = await tx.row<{ name: string; disabled: boolean; is_approver: boolean }>(sql`
    SELECT name, disabled_at IS NOT NULL AS disabled,
           EXISTS (SELECT 1 FROM person_role WHERE person_id = person.id AND role = 'approver') AS is_approver
    FROM person WHERE id = ${personId} FOR SHARE`);
  const refuse = (message: string) =>
    new CountersignError("invalid_request", message, { fields: [{ path, message }] });
  if (!person) throw refuse("There is no such person.");
  if (person.disabled) throw refuse(`${person.name} is disabled.`);
  if (!person.is_approver) throw refuse(`${person.name} does not have the role approver.`);
}
