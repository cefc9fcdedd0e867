import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { lockDirectory } from "./lock-directory";

/** The group as stored, its and the directory's lock held until the transaction ends. @throws `not_found`. */
export async function lockGroup(tx: Transaction, id: string): Promise<{ name: string; version: number }> {
  await lockDirectory(tx);
  const group = await tx.row<{ name: string; version: number }>(
    sql`SELECT name, version FROM "group" WHERE id = ${id} FOR NO KEY UPDATE`,
  );
  if (!group) throw new CountersignError("not_found", "This group is not there any more.");
  return group;
}
