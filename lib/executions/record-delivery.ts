import type { PostOutcome } from "@/lib/channels/post-signed";
import { MAX_DELIVERY_ATTEMPTS, retryDelayMs } from "@/lib/channels/retry-delay";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { enqueueWorkflow } from "@/lib/workflows/enqueue";
import { failExecution, MAX_ERROR_LENGTH } from "./fail-execution";
import { lockDraft } from "./lock-draft";
import { succeedExecution } from "./succeed-execution";

/**
 * Writes down what became of one attempt, once: success, failure for good, or the next attempt's due time. An outcome
 * that arrives late (a worker that was paused) only counts if it is a success and nothing else has been recorded.
 */
export async function recordDelivery(
  ctx: Context,
  draftId: string,
  { attempt, outcome, successorId }: { attempt: number; outcome: PostOutcome; successorId: string },
): Promise<"succeeded" | "failed" | "retried" | "superseded"> {
  return ctx.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, draftId);
    if (draft?.status !== "executing" || draft.execution.executor !== "webhook") return "superseded";

    if (outcome.kind === "accepted") {
      const { executedHash, result } = readAnswer(outcome.body);
      if (executedHash !== null && executedHash !== draft.decidedHash) {
        const error = "the receiver executed another payload than the one that was approved";
        await failExecution(ctx, tx, draft, { error, attempt, executedHash, result });
        return "failed";
      }
      await succeedExecution(ctx, tx, draft, { attempt, confirmed: executedHash !== null, result });
      return "succeeded";
    }

    if (draft.execution.attempts !== attempt - 1) return "superseded";
    if (outcome.kind === "final" || attempt >= MAX_DELIVERY_ATTEMPTS) {
      const tries = outcome.kind === "final" ? "" : ` (the last of ${attempt} attempts)`;
      await failExecution(ctx, tx, draft, { error: outcome.error + tries, attempt });
      return "failed";
    }
    await tx.run(sql`
      UPDATE execution SET attempts = ${attempt}, last_error = ${outcome.error.slice(0, MAX_ERROR_LENGTH)}
      WHERE draft_id = ${draft.id}`);
    enqueueWorkflow(tx, "execute_draft", {
      id: successorId,
      args: [draft.id],
      delayUntil: new Date(ctx.now().getTime() + retryDelayMs(attempt, outcome.retryAfterMs)),
    });
    return "retried";
  });
}

/** What a receiver may answer: any JSON is kept as the result, `executed_payload_hash` in it is compared. */
function readAnswer(body: string | null): { executedHash: string | null; result: string | null } {
  if (!body) return { executedHash: null, result: null };
  try {
    const value: unknown = JSON.parse(body);
    const named =
      typeof value === "object" && value !== null && "executed_payload_hash" in value
        ? value.executed_payload_hash
        : null;
    return {
      executedHash: named === null ? null : String(named).slice(0, 100),
      result: JSON.stringify(value),
    };
  } catch {
    return { executedHash: null, result: null };
  }
}
