import { recordEvent } from "@/lib/audit/record-event";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { getDraftRequest } from "./get-draft-request";
import type { RequestAnswer } from "./request-answer";
import { requesterOf } from "./requester";

/**
 * Calls one of one's own requests off, at any moment before its draft is submitted. Cancelling twice answers the same.
 * @throws CountersignError `not_found`, `forbidden`, `conflict` when it has ended or is being submitted.
 */
export async function cancelDraftRequest(
  ctx: Context<PersonActor | KeyActor>,
  id: string,
): Promise<RequestAnswer> {
  const requester = requesterOf(ctx.actor, "drafts:write");
  const now = ctx.now();
  const cancelled = await ctx.db.transaction(async (tx) => {
    const moved = await tx.run(sql`
      UPDATE draft_request
      SET status = 'cancelled', version = version + 1, trouble = NULL, retry_at = NULL, finished_at = ${now}
      WHERE id = ${id} AND requester = ${requester.id} AND status IN ('queued', 'writing')`);
    if (moved === 0) return false;
    await recordEvent(tx, {
      verb: "draft_request.cancelled",
      actor: ctx.actor,
      at: now,
      details: { draft_request: id },
    });
    return true;
  });
  const request = await getDraftRequest(ctx, id, "drafts:write");
  if (cancelled || request.status === "cancelled") return request;
  const message =
    request.status === "checking"
      ? "Its draft is being submitted this moment; withdraw the draft, or reject it."
      : `This request is ${request.status} already.`;
  throw new CountersignError("conflict", message);
}
