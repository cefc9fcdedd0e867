import type { Role } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { lockDirectory } from "./lock-directory";

export interface LockedPerson {
  id: string;
  name: string;
  email: string;
  department_id: string | null;
  manager_id: string | null;
  disabled_at: Date | null;
  version: number;
  roles: Role[];
}

/** The person as stored, theirs and the directory's lock held until the transaction ends. @throws `not_found`. */
export async function lockPerson(tx: Transaction, id: string): Promise<LockedPerson> {
  await lockDirectory(tx);
  const person = await tx.row<LockedPerson>(sql`
    SELECT id, name, email, department_id, manager_id, disabled_at, version,
           ARRAY(SELECT role FROM person_role WHERE person_id = person.id ORDER BY role) AS roles
    FROM person WHERE id = ${id} FOR NO KEY UPDATE`);
  if (!person) throw new CountersignError("not_found", "There is no such person.");
  return person;
}
