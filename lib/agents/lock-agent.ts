import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";

interface LockedAgent {
  name: string;
  owner_id: string;
  disabled_at: Date | null;
  version: number;
}

/** The agent as stored, locked until the transaction ends; its drafts go on meanwhile. @throws `not_found`. */
export async function lockAgent(tx: Transaction, id: string): Promise<LockedAgent> {
  const agent = await tx.row<LockedAgent>(
    sql`SELECT name, owner_id, disabled_at, version FROM agent WHERE id = ${id} FOR NO KEY UPDATE`,
  );
  if (!agent) throw new CountersignError("not_found", "There is no such agent.");
  return agent;
}
