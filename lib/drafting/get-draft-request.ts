import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { answerColumns, type RequestAnswer, type RequestRow, requestAnswer } from "./request-answer";
import { requesterOf } from "./requester";

/** One of one's own requests. @throws CountersignError `not_found`, also for one of somebody else; `forbidden`. */
export async function getDraftRequest(
  ctx: Context<PersonActor | KeyActor>,
  id: string,
  scope: "drafts:read" | "drafts:write" = "drafts:read",
): Promise<RequestAnswer> {
  const requester = requesterOf(ctx.actor, scope);
  const row = await ctx.db.row<RequestRow>(sql`
    SELECT ${answerColumns} FROM draft_request AS request
    WHERE request.id = ${id} AND request.requester = ${requester.id}`);
  if (!row) throw new CountersignError("not_found", "You made no such request.");
  return requestAnswer(row);
}
