import { recordEvent } from "@/lib/audit/record-event";
import type { Context, SystemActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

/** Why nothing came of a request: a stable code and a sentence for whoever asked. */
export interface Failure {
  code: string;
  message: string;
}

/** What whoever asked can do nothing about, and an admin can. */
export const STOPPED: Failure = {
  code: "drafter_stopped",
  message: "The drafter is switched off: an admin disabled it, or revoked its key.",
};
export const NOT_ALLOWED_ANY_MORE: Failure = {
  code: "forbidden",
  message: "Whoever asked for this may not ask for drafts any more.",
};

const MAX_MESSAGE = 2000;

/** Ends a request that is still open without a draft. Resolves to whether it was open. */
export async function failRequest(
  { actor, now }: Pick<Context<SystemActor>, "actor" | "now">,
  tx: Transaction,
  id: string,
  { code, message }: Failure,
): Promise<boolean> {
  const at = now();
  const row = await tx.row<{ attempts: number; prompt_tokens: number; completion_tokens: number }>(sql`
    UPDATE draft_request
    SET status = 'failed', version = version + 1, error_code = ${code}, error = ${message.slice(0, MAX_MESSAGE)},
        trouble = NULL, retry_at = NULL, finished_at = ${at}
    WHERE id = ${id} AND status IN ('queued', 'writing', 'checking')
    RETURNING attempts, prompt_tokens, completion_tokens`);
  if (!row) return false;
  await recordEvent(tx, {
    verb: "draft_request.failed",
    actor,
    at,
    details: { draft_request: id, code, ...row },
  });
  return true;
}
