import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";

/**
 * Locks a draft that is about to be revised: each is revised once, or its amount would come back as two. Resolves to the
 * person who asked for changes.
 * @throws CountersignError `conflict` naming the revision there is, `not_pending` when the request was taken back.
 */
export async function requireUnrevised(tx: Transaction, draftId: string): Promise<string | null> {
  const draft = await tx.row<{ status: string }>(
    sql`SELECT status FROM draft WHERE id = ${draftId} FOR NO KEY UPDATE`,
  );
  if (draft?.status !== "changes_requested") {
    throw new CountersignError(
      "not_pending",
      "The request for changes was taken back: the draft waits again.",
    );
  }
  const revision = await tx.row<{ id: string }>(
    sql`SELECT id FROM draft WHERE revises_id = ${draftId} LIMIT 1`,
  );
  if (revision) throw new CountersignError("conflict", `This draft was revised before, by ${revision.id}.`);
  const asked = await tx.row<{ person_id: string }>(sql`
    SELECT person_id FROM decision
    WHERE draft_id = ${draftId} AND verdict = 'request_changes' AND undone_at IS NULL
    ORDER BY decided_at DESC LIMIT 1`);
  return asked?.person_id ?? null;
}
