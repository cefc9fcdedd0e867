import { readConfig } from "@/lib/config";
import type { Context } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { checkSecret, type PostOutcome, postSigned } from "./post-signed";

const TIMEOUT_MS = 10_000;

/**
 * Tells the agent's callback_url once what happened to its draft: status, verdicts, hashes, time. Signed with
 * WEBHOOK_SECRET where that is set. Writes nothing: whether the agent listens never changes a draft.
 * `event` is the audit verb that is told of, such as `draft.approved`.
 */
export async function deliverCallback(ctx: Context, draftId: string, event: string): Promise<PostOutcome> {
  const told = await readNews(ctx.db, draftId, event);
  if (!told) return { kind: "final", error: "the draft has no callback_url, or waits again" };
  const { OUTGOING_ALLOWED_HOSTS, WEBHOOK_SECRET } = readConfig();
  const wrong = WEBHOOK_SECRET ? checkSecret("WEBHOOK_SECRET", WEBHOOK_SECRET) : null;
  if (wrong) return { kind: "retry", error: wrong, retryAfterMs: null };
  return postSigned({
    url: told.url,
    secret: WEBHOOK_SECRET ?? null,
    id: `${draftId}_${event.replaceAll(".", "_")}`,
    body: JSON.stringify(told.news),
    timeoutMs: TIMEOUT_MS,
    allowedHosts: OUTGOING_ALLOWED_HOSTS,
    now: ctx.now(),
  });
}

interface Row {
  callback_url: string;
  status: string;
  action_type: string;
  external_id: string | null;
  payload_hash: string;
  decided_payload_hash: string | null;
  hash_mismatch: boolean | null;
  occurred_at: Date;
  verdicts: { verdict: string; decided_at: string; payload_hash: string }[];
}

/** The people who decided stay inside: the agent learns the verdicts, not the names. */
async function readNews(
  db: Queryable,
  draftId: string,
  event: string,
): Promise<{ url: string; news: object } | null> {
  const row = await db.row<Row>(sql`
    SELECT draft.callback_url, draft.status, draft.action_type, draft.external_id, draft.payload_hash,
           draft.decided_payload_hash, execution.hash_mismatch,
           coalesce((SELECT max(occurred_at) FROM audit_event WHERE draft_id = draft.id AND verb = ${event}),
                    draft.closed_at, draft.created_at) AS occurred_at,
           coalesce((SELECT json_agg(json_build_object('verdict', verdict, 'decided_at', decided_at,
                                                       'payload_hash', payload_hash) ORDER BY decided_at)
                     FROM decision WHERE draft_id = draft.id AND undone_at IS NULL AND verdict NOT IN ('uphold', 'overturn')), '[]'::json) AS verdicts
    FROM draft LEFT JOIN execution ON execution.draft_id = draft.id
    WHERE draft.id = ${draftId} AND draft.callback_url IS NOT NULL`);
  // Waiting again: what was to be told was taken back.
  if (!row || row.status === "pending") return null;
  const news = {
    type: event,
    draft_id: draftId,
    external_id: row.external_id,
    action_type: row.action_type,
    status: row.status,
    occurred_at: row.occurred_at.toISOString(),
    payload_hash: row.payload_hash,
    decided_payload_hash: row.decided_payload_hash,
    hash_mismatch: row.hash_mismatch ?? false,
    verdicts: row.verdicts.map((given) => ({
      ...given,
      decided_at: new Date(given.decided_at).toISOString(),
    })),
  };
  return { url: row.callback_url, news };
}
