import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";

/**
 * Called after a change of roles, identities or people, under the directory's lock.
 * @throws CountersignError `conflict` when it leaves no admin who can sign in; the caller's transaction then undoes it.
 */
export async function requireAdminLeft(tx: Transaction): Promise<void> {
  const admin = await tx.row(sql`
    SELECT 1 FROM person JOIN person_role ON person_role.person_id = person.id AND person_role.role = 'admin'
    WHERE person.disabled_at IS NULL AND EXISTS (SELECT 1 FROM person_identity WHERE person_id = person.id) LIMIT 1`);
  if (admin) return;
  throw new CountersignError(
    "conflict",
    "This would leave no admin who can sign in. Make somebody else an admin first, with an identity to sign in by.",
  );
}
