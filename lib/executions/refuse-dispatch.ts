import type { Actor, Context } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { moveDraft } from "@/lib/drafts/move-draft";
import type { DispatchCheck } from "./check-dispatch";
import { holdBack } from "./hold-back";
import type { LockedDraft } from "./lock-draft";

/**
 * Writes down why an approved draft is not executed now: forbidden and expired close it, a hold puts it before people,
 * waiting only says for what. Resolves to the reason as a sentence.
 */
export async function refuseDispatch(
  ctx: Pick<Context, "db">,
  tx: Transaction,
  draft: LockedDraft,
  check: Exclude<DispatchCheck, { may: "execute" }>,
  { actor, at }: { actor: Actor; at: Date },
): Promise<string> {
  if (check.may === "review") return holdBack(ctx, tx, draft, check.holds, { actor, at });
  if (check.may === "wait") {
    const reason = `Waiting for ${check.for}.`;
    await tx.run(sql`UPDATE execution SET waiting_for = ${check.for} WHERE draft_id = ${draft.id}`);
    return reason;
  }
  const blocked = check.may === "block";
  const reason = blocked
    ? `Forbidden by now: ${check.reasons.join("; ")}.`
    : "The agent's deadline passed before it was executed.";
  await moveDraft(tx, draft, {
    to: blocked ? "blocked" : "expired",
    verb: blocked ? "draft.blocked" : "draft.expired",
    actor,
    at,
    details: blocked
      ? { at_dispatch: true, blocked_by: check.blockedBy, payload_hash: draft.decidedHash }
      : { at_dispatch: true, deadline: draft.deadline?.toISOString(), payload_hash: draft.decidedHash },
  });
  await tx.run(sql`
    UPDATE execution SET status = 'failed', waiting_for = NULL, last_error = ${reason}, finished_at = ${at}
    WHERE draft_id = ${draft.id} AND finished_at IS NULL`);
  return reason;
}
