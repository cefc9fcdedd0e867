import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";

/** @throws CountersignError `invalid_request` when the head is nobody, or disabled. */
export async function requireHead(tx: Transaction, headId: string | null): Promise<void> {
  if (headId === null) return;
  if (await tx.row(sql`SELECT 1 FROM person WHERE id = ${headId} AND disabled_at IS NULL`)) return;
  const message = "This person is not there, or disabled.";
  throw new CountersignError("invalid_request", message, { fields: [{ path: "/headId", message }] });
}
