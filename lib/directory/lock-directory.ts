import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

/**
 * Waits until nobody else changes people, groups, departments or rules, and keeps it so until the transaction ends:
 * what a verb has checked still holds when it writes. Every change of the directory takes this row sooner or later;
 * taking it first keeps two of them from waiting for each other.
 */
export async function lockDirectory(tx: Transaction): Promise<void> {
  await tx.run(sql`SELECT 1 FROM directory_state FOR UPDATE`);
}
