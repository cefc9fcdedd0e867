import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";

/**
 * Locks a draft that is about to be revised: each is revised once, or its amount would come back as two.
 * @throws CountersignError `conflict` naming the revision there is.
 */
export async function requireUnrevised(tx: Transaction, draftId: string): Promise<void> {
  await tx.run(sql`SELECT FROM draft WHERE id = ${draftId} FOR NO KEY UPDATE`);
  const revision = await tx.row<{ id: string }>(
    sql`SELECT id FROM draft WHERE revises_id = ${draftId} LIMIT 1`,
  );
  if (revision) throw new CountersignError("conflict", `This draft was revised before, by ${revision.id}.`);
}
