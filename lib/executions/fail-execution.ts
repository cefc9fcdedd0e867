import type { Context } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { moveDraft } from "@/lib/drafts/move-draft";
import { sha256Hex } from "@/lib/trust/sha256";
import type { LockedDraft } from "./lock-draft";

export interface Failure {
  /** Why, for the screen; kept to 2,000 characters. */
  error: string;
  /** Which attempt failed for good. */
  attempt?: number;
  /** What the executor says it executed, when that is known. */
  executedHash?: string | null;
  /** The executor's answer as JSON text. */
  result?: string | null;
}

/** The longest text of an error that is kept, in characters. */
export const MAX_ERROR_LENGTH = 2_000;

/**
 * Closes an execution that failed for good, and its draft with it. When the executor names the hash of another payload
 * than the one that was decided, that is a mismatch: marked on the execution, an event of its own, and logged as an alarm.
 */
export async function failExecution(
  ctx: Context,
  tx: Transaction,
  draft: LockedDraft,
  failure: Failure,
): Promise<void> {
  const at = ctx.now();
  const executedHash = failure.executedHash ?? null;
  const mismatch = executedHash !== null && executedHash !== draft.decidedHash;
  const error = failure.error.slice(0, MAX_ERROR_LENGTH);
  const moved = await moveDraft(tx, draft, {
    to: "failed",
    verb: mismatch ? "execution.mismatched" : "execution.failed",
    actor: ctx.actor,
    at,
    details: {
      executor: draft.execution.executor,
      payload_hash: draft.decidedHash,
      executed_hash: executedHash,
      attempts: failure.attempt ?? draft.execution.attempts,
      error_hash: sha256Hex(error),
    },
  });
  if (!moved) return;
  await tx.run(sql`
    UPDATE execution
    SET status = 'failed', last_error = ${error}, attempts = ${failure.attempt ?? draft.execution.attempts},
        executed_hash = ${executedHash}, hash_mismatch = ${mismatch}, result = ${failure.result ?? null}::json,
        waiting_for = NULL, finished_at = ${at}
    WHERE draft_id = ${draft.id}`);
  if (mismatch) {
    console.error(
      `ALARM: draft ${draft.id}: ${executedHash} was executed, ${draft.decidedHash} was approved`,
    );
  }
}
