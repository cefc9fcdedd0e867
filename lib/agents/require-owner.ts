import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";

/** @throws CountersignError `invalid_request` when the owner is nobody, or disabled: nobody would answer for the agent. */
export async function requireOwner(tx: Transaction, ownerId: string): Promise<void> {
  if (await tx.row(sql`SELECT 1 FROM person WHERE id = ${ownerId} AND disabled_at IS NULL FOR SHARE`)) return;
  const message = "This person is not there, or disabled.";
  throw new CountersignError("invalid_request", message, { fields: [{ path: "/ownerId", message }] });
}
