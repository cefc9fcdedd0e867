import type { Queryable, Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";

/**
 * The id of the one active person with this e-mail address, whatever its case.
 * @throws CountersignError `not_found` when there is none, `conflict` when there are several.
 */
export async function findPersonByEmail(db: Queryable, email: string): Promise<string> {
  const people = await db.rows<{ id: string }>(sql`
    SELECT id FROM person WHERE lower(email) = lower(${email}) AND disabled_at IS NULL ORDER BY id LIMIT 2`);
  const [first, second] = people;
  if (!first) throw new CountersignError("not_found", `Nobody active has the e-mail address ${email}.`);
  if (second) throw new CountersignError("conflict", `Several people have the e-mail address ${email}.`);
  return first.id;
}

/**
 * The admin who owns what has no other owner: the first one of the organisation.
 * @throws CountersignError `not_found` when there is no admin.
 */
export async function findFirstAdmin(db: Queryable): Promise<string> {
  const admin = await db.row<{ id: string }>(sql`
    SELECT p.id FROM person p JOIN person_role r ON r.person_id = p.id
    WHERE r.role = 'admin' AND p.disabled_at IS NULL ORDER BY p.created_at, p.id LIMIT 1`);
  if (!admin)
    throw new CountersignError("not_found", "There is no admin yet to own it. Name a person: --owner EMAIL");
  return admin.id;
}

/**
 * Checks that a key of this owner would open anything.
 * @throws CountersignError `not_found`, or `conflict` when the owner is disabled.
 */
export async function requireActiveOwner(tx: Transaction, ownerId: string): Promise<void> {
  const owner = await tx.row<{ name: string; disabled_at: Date | null }>(
    sql`SELECT name, disabled_at FROM person WHERE id = ${ownerId} FOR SHARE`,
  );
  if (!owner) throw new CountersignError("not_found", "The owner is not a person who is known here.");
  if (owner.disabled_at) {
    throw new CountersignError(
      "conflict",
      `The owner, ${owner.name}, is disabled, and keys of theirs open nothing. Choose another owner first.`,
    );
  }
}
