import { type PostOutcome, postSigned } from "@/lib/channels/post-signed";
import { readConfig } from "@/lib/config";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { findWebhookTarget } from "./webhook-target";

/**
 * POSTs the decided payload, as the exact text that was hashed, to the webhook of its action type. Id and
 * `Idempotency-Key` are the draft's id on every attempt, so a receiver that has seen it answers without acting again.
 * Writes nothing: the outcome is for `recordDelivery`.
 */
export async function deliverWebhook(ctx: Context, draftId: string): Promise<PostOutcome> {
  const row = await ctx.db.row<{ action_type: string; payload: string; hash: string; key: string }>(sql`
    SELECT draft.action_type, draft.decided_payload::text AS payload, draft.decided_payload_hash AS hash,
           execution.idempotency_key AS key
    FROM draft JOIN execution ON execution.draft_id = draft.id WHERE draft.id = ${draftId}`);
  if (!row) return { kind: "final", error: "the draft is gone" };
  const target = findWebhookTarget(ctx.policies, row.action_type);
  if ("missing" in target) return { kind: "retry", error: target.missing, retryAfterMs: null };
  return postSigned({
    url: target.url,
    secret: target.secret,
    id: row.key,
    body: envelope(draftId, row),
    headers: { "idempotency-key": row.key },
    timeoutMs: target.timeoutMs,
    allowedHosts: readConfig().OUTGOING_ALLOWED_HOSTS,
    now: ctx.now(),
  });
}

/** The payload goes in verbatim: parsing and writing it again could change what was approved. */
function envelope(draftId: string, row: { action_type: string; payload: string; hash: string }): string {
  const head = `"type":"action.execute","draft_id":${JSON.stringify(draftId)}`;
  const action = `"action_type":${JSON.stringify(row.action_type)},"payload_hash":"${row.hash}"`;
  return `{${head},${action},"payload":${row.payload}}`;
}
