import type { Context } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { moveDraft } from "@/lib/drafts/move-draft";
import type { LockedDraft } from "./lock-draft";

export interface Success {
  attempt: number;
  /** Whether the executor named the hash of what it executed; it then is the decided one. */
  confirmed: boolean;
  /** The executor's answer as JSON text, if it gave one that can be kept. */
  result: string | null;
}

/** Closes an execution that succeeded with the decided payload, and its draft with it. */
export async function succeedExecution(
  ctx: Context,
  tx: Transaction,
  draft: LockedDraft,
  success: Success,
): Promise<void> {
  const at = ctx.now();
  const moved = await moveDraft(tx, draft, {
    to: "executed",
    verb: "execution.succeeded",
    actor: ctx.actor,
    at,
    details: {
      executor: draft.execution.executor,
      payload_hash: draft.decidedHash,
      executed_hash: draft.decidedHash,
      hash_confirmed: success.confirmed,
      attempts: success.attempt,
    },
  });
  if (!moved) return;
  await tx.run(sql`
    UPDATE execution
    SET status = 'succeeded', attempts = ${success.attempt}, executed_payload = ${draft.decidedText}::json,
        executed_hash = ${draft.decidedHash}, result = ${success.result}::json, waiting_for = NULL, last_error = NULL,
        finished_at = ${at}
    WHERE draft_id = ${draft.id}`);
}
