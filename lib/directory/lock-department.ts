import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { lockDirectory } from "./lock-directory";

interface LockedDepartment {
  name: string;
  head_id: string | null;
  version: number;
}

/** The department as stored, its and the directory's lock held until the transaction ends. @throws `not_found`. */
export async function lockDepartment(tx: Transaction, id: string): Promise<LockedDepartment> {
  await lockDirectory(tx);
  const department = await tx.row<LockedDepartment>(
    sql`SELECT name, head_id, version FROM department WHERE id = ${id} FOR NO KEY UPDATE`,
  );
  if (!department) throw new CountersignError("not_found", "This department is not there any more.");
  return department;
}
