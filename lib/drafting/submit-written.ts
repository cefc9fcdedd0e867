import type { Context, SystemActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { Submission } from "@/lib/drafts/submission";
import { submitDraft } from "@/lib/drafts/submit-draft";
import { CountersignError } from "@/lib/errors";
import { DRAFTER_ID, findDrafter } from "./drafter";
import { type Failure, failRequest, NOT_ALLOWED_ANY_MORE, STOPPED } from "./fail-request";
import type { Written } from "./read-answer";
import { type DraftRequest, evidenceOf, type RequestStatus } from "./request";
import { mayStillAsk } from "./requester";

interface Row {
  status: RequestStatus;
  person_id: string | null;
  key_id: string | null;
  /** The agent whose key that is. */
  agent_id: string | null;
  requested_by: string;
  action_type: string;
  text: string;
  records: DraftRequest["records"];
  subject_type: string;
  subject_id: string;
  external_id: string | null;
  written: Written;
  /** The draft, where a run that ended early has submitted it. */
  submitted_id: string | null;
}

/**
 * Submits what was written as the drafter's own draft, like any agent's. The request's id is the idempotency key, so a
 * repetition after a crash finds the draft that is there. Action type, subject and requester are the request's.
 */
export async function submitWritten(
  ctx: Context<SystemActor>,
  id: string,
): Promise<"submitted" | "failed" | "stopped"> {
  const row = await ctx.db.row<Row>(sql`
    SELECT status, person_id, key_id, requested_by, action_type, text, records, subject_type, subject_id, external_id,
           written, (SELECT agent_id FROM api_key WHERE api_key.id = key_id) AS agent_id,
           (SELECT draft.id FROM draft WHERE draft.agent_id = ${DRAFTER_ID} AND draft.idempotency_key = ${id}) AS submitted_id
    FROM draft_request WHERE id = ${id}`);
  if (row?.status !== "checking") return "stopped";
  if (row.submitted_id) return close(row.submitted_id);
  const drafter = await findDrafter(ctx);
  if (!drafter) return fail(STOPPED);
  if (!(await mayStillAsk(ctx, ctx.db, row))) return fail(NOT_ALLOWED_ANY_MORE);
  const arrival = { idempotencyKey: id, request: { id, keyId: row.key_id, agentId: row.agent_id } };
  try {
    return close((await submitDraft({ ...ctx, actor: drafter }, submissionOf(row), arrival)).id);
  } catch (error) {
    if (error instanceof CountersignError) return fail({ code: error.code, message: error.message });
    throw error;
  }

  async function close(draftId: string) {
    await ctx.db.run(sql`
      UPDATE draft_request
      SET status = 'submitted', version = version + 1, draft_id = ${draftId}, finished_at = ${ctx.now()}
      WHERE id = ${id} AND status = 'checking'`);
    return "submitted" as const;
  }

  async function fail(failure: Failure) {
    await ctx.db.transaction((tx) => failRequest(ctx, tx, id, failure));
    return "failed" as const;
  }
}

/** All that a model has a say in is `written`; the rest is what was asked for. */
const submissionOf = (row: Row): Submission => ({
  action_type: row.action_type,
  subject: { type: row.subject_type, id: row.subject_id },
  requested_by: row.requested_by,
  ...(row.external_id === null ? {} : { external_id: row.external_id }),
  evidence: evidenceOf(row),
  payload: row.written.payload,
  summary: row.written.summary,
  ...(row.written.reasoning === null ? {} : { reasoning: row.written.reasoning }),
  ...(row.written.confidence === null ? {} : { confidence: row.written.confidence }),
  ...(row.written.expected_outcome === null ? {} : { expected_outcome: row.written.expected_outcome }),
});
