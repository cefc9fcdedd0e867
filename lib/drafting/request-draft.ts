import { recordEvent } from "@/lib/audit/record-event";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { newId } from "@/lib/drafts/new-id";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { sha256Hex } from "@/lib/trust/sha256";
import { enqueueWorkflow } from "@/lib/workflows/enqueue";
import { requireDraftingModel } from "./drafting-model";
import { type DraftRequest, draftRequestSchema, MAX_RECORDS_BYTES, personRequestSchema } from "./request";
import { answerColumns, type RequestAnswer, type RequestRow, requestAnswer } from "./request-answer";
import { type Requester, requesterOf } from "./requester";

/** How many requests of one person or agent may be under way: each of them costs. */
const MAX_OPEN = 20;

/**
 * Takes a request to the built-in drafter in: stored, in the trail and enqueued in one transaction. A worker writes and
 * submits the draft. The same idempotency key with the same body answers the first request again, as it is now.
 * @throws CountersignError `not_configured`, `forbidden`, `invalid_request`, `too_large`, `unknown_action_type`,
 * `idempotency_key_reused`, `rate_limited` (too many under way).
 */
export async function requestDraft(
  ctx: Context<PersonActor | KeyActor>,
  input: unknown,
  { idempotencyKey }: { idempotencyKey: string | null },
): Promise<RequestAnswer> {
  const requester = requesterOf(ctx.actor, "drafts:write");
  const request: DraftRequest = parseInput(
    ctx.actor.kind === "person" ? personRequestSchema : draftRequestSchema,
    input,
  );
  const model = requireDraftingModel();
  const records = recordsText(request);
  requirePolicy(ctx, request.action_type);
  const bodyHash = sha256Hex(canonicalJson(request));
  const id = newId("drq");
  const now = ctx.now();

  return ctx.db.transaction(async (tx) => {
    const first = await findFirst(tx, requester, idempotencyKey, bodyHash);
    if (first) return first;
    await requireRoom(tx, requester);
    const added = await tx.run(sql`
      INSERT INTO draft_request (id, requester, person_id, key_id, requested_by, idempotency_key, body_hash, action_type,
                                 text, records, subject_type, subject_id, external_id, model, created_at)
      VALUES (${id}, ${requester.id}, ${requester.personId}, ${requester.keyId},
              ${request.requested_by ?? requester.behindId}, ${idempotencyKey}, ${bodyHash}, ${request.action_type},
              ${request.text}, ${records}::json, ${request.subject.type}, ${request.subject.id},
              ${request.external_id ?? null}, ${model.name}, ${now})
      ON CONFLICT (requester, idempotency_key) DO NOTHING`);
    // Somebody else with the same key was quicker, and has committed by now.
    if (added === 0) return (await findFirst(tx, requester, idempotencyKey, bodyHash))!;
    await recordEvent(tx, {
      verb: "draft_request.created",
      actor: ctx.actor,
      at: now,
      details: {
        draft_request: id,
        action_type: request.action_type,
        subject: request.subject,
        request_hash: bodyHash,
      },
    });
    enqueueWorkflow(tx, "write_draft", { id: `write:${id}`, args: [id] });
    return readAnswer(tx, id);
  });
}

/** @throws CountersignError `too_large`. */
function recordsText({ records }: DraftRequest): string {
  const text = canonicalJson(records);
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_RECORDS_BYTES) return text;
  throw new CountersignError("too_large", `The records are over ${MAX_RECORDS_BYTES / 1024} KB.`, {
    fields: [{ path: "/records", message: `${bytes} bytes as canonical JSON; at most ${MAX_RECORDS_BYTES}` }],
  });
}

function requirePolicy(ctx: Pick<Context, "policies">, actionType: string): void {
  if (ctx.policies.has(actionType)) return;
  throw new CountersignError(
    "unknown_action_type",
    `No policy covers the action type ${JSON.stringify(actionType)}, so nobody can request one.`,
    { fields: [{ path: "/action_type", message: "not an action type that a policy covers" }] },
  );
}

async function findFirst(
  tx: Queryable,
  requester: Requester,
  idempotencyKey: string | null,
  bodyHash: string,
): Promise<RequestAnswer | null> {
  if (idempotencyKey === null) return null;
  const row = await tx.row<RequestRow & { body_hash: string }>(sql`
    SELECT ${answerColumns}, request.body_hash FROM draft_request AS request
    WHERE request.requester = ${requester.id} AND request.idempotency_key = ${idempotencyKey}`);
  if (!row) return null;
  if (row.body_hash === bodyHash) return requestAnswer(row);
  throw new CountersignError(
    "idempotency_key_reused",
    "This Idempotency-Key was used for another body. Use a new key for a new request.",
  );
}

async function requireRoom(tx: Queryable, requester: Requester): Promise<void> {
  // One request of theirs after the other, or many that come at once would each be the last that there is room for.
  await tx.run(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${`draft requests of ${requester.id}`}, 0))`,
  );
  const row = await tx.row<{ open: number }>(sql`
    SELECT count(*)::int AS open FROM draft_request
    WHERE requester = ${requester.id} AND status IN ('queued', 'writing', 'checking')`);
  if (row!.open < MAX_OPEN) return;
  throw new CountersignError(
    "rate_limited",
    `${MAX_OPEN} of your requests are under way. Wait for some of them, or cancel some.`,
    { retryAfterSeconds: 10 },
  );
}

async function readAnswer(tx: Queryable, id: string): Promise<RequestAnswer> {
  const row = await tx.row<RequestRow>(
    sql`SELECT ${answerColumns} FROM draft_request AS request WHERE request.id = ${id}`,
  );
  return requestAnswer(row!);
}
