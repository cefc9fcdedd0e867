import { recheckDelayMs } from "@/lib/channels/retry-delay";
import type { Context, SystemActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { fetchForDraft } from "@/lib/drafts/fetch-for-draft";
import { moveDraft } from "@/lib/drafts/move-draft";
import { enqueueWorkflow } from "@/lib/workflows/enqueue";
import { checkDispatch, type DispatchCheck } from "./check-dispatch";
import { failExecution } from "./fail-execution";
import { type LockedDraft, lockDraft } from "./lock-draft";
import { refuseDispatch } from "./refuse-dispatch";
import { findWebhookTarget } from "./webhook-target";

/** What to do next with an execution by webhook. */
export type Dispatch =
  | { next: "deliver"; attempt: number }
  /** Something has to happen first; a later run is enqueued. */
  | { next: "wait" }
  /** Nothing: it is over, or was never ours to carry out. */
  | { next: "nothing" };

/**
 * Decides, in one transaction on the locked draft, whether it is delivered now. All checks are made again before every
 * attempt, not only the first: what has become forbidden is not tried again. Safe to repeat after a crash.
 */
export async function dispatchDraft(
  ctx: Context<SystemActor>,
  draftId: string,
  successorId: string,
): Promise<Dispatch> {
  const fetched = await fetchForDraft(ctx, draftId);
  return ctx.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, draftId);
    const isOurs = draft?.execution.executor === "webhook";
    if (!draft || !isOurs || (draft.status !== "approved" && draft.status !== "executing")) {
      return { next: "nothing" };
    }
    const now = ctx.now();
    const check = withTarget(ctx, draft, await checkDispatch(ctx, tx, draft, fetched));

    if (check.may === "wait") {
      await refuseDispatch(ctx, tx, draft, check, { actor: ctx.actor, at: now });
      const waited = now.getTime() - draft.execution.createdAt.getTime();
      enqueueWorkflow(tx, "execute_draft", {
        id: successorId,
        args: [draft.id],
        delayUntil: new Date(now.getTime() + recheckDelayMs(waited)),
      });
      return { next: "wait" };
    }
    if (check.may !== "execute") {
      if (draft.status === "approved") {
        await refuseDispatch(ctx, tx, draft, check, { actor: ctx.actor, at: now });
      } else {
        const why = check.may === "block" ? check.reasons.join("; ") : "the agent's deadline passed";
        const tried = draft.execution.attempts;
        const error = `given up after ${tried} attempts that may have reached the receiver: ${why}`;
        await failExecution(ctx, tx, draft, { error });
      }
      return { next: "nothing" };
    }

    if (draft.status === "approved") {
      await moveDraft(tx, draft, {
        to: "executing",
        verb: "execution.started",
        actor: ctx.actor,
        at: now,
        details: { executor: "webhook", payload_hash: draft.decidedHash },
      });
    }
    await tx.run(sql`
      UPDATE execution SET status = 'delivering', started_at = coalesce(started_at, ${now}), waiting_for = NULL
      WHERE draft_id = ${draft.id}`);
    return { next: "deliver", attempt: draft.execution.attempts + 1 };
  });
}

/** A webhook that is not configured is something to wait for, like a fact: an admin can still set it. */
function withTarget(ctx: Context, draft: LockedDraft, check: DispatchCheck): DispatchCheck {
  if (check.may !== "execute") return check;
  const target = findWebhookTarget(ctx.policies, draft.actionType);
  return "missing" in target ? { may: "wait", for: target.missing } : check;
}
