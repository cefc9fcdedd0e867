import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { type SubmissionAnswer, submissionAnswer } from "./submission-answer";
import type { DraftStatus, Route, Tier } from "./types";

interface Row {
  id: string;
  body_hash: string;
  status: DraftStatus;
  tier: Tier;
  route: Route | null;
  rule: string;
  reasons: string[];
  due_at: Date | null;
  payload_hash: string;
}

/**
 * The first answer given for this idempotency key, whatever became of the draft since; null when it is a new key.
 * @throws CountersignError `idempotency_key_reused` when the key came with another body then.
 */
export async function findFirstAnswer(
  db: Queryable,
  agentId: string,
  idempotencyKey: string,
  bodyHash: string,
): Promise<SubmissionAnswer | null> {
  const row = await db.row<Row>(sql`
    SELECT draft.id, draft.body_hash, first.status, first.tier, first.route, first.rule, first.result->'reasons' AS reasons,
           first.due_at, draft.payload_hash
    FROM draft
    JOIN LATERAL (
      SELECT * FROM classification WHERE draft_id = draft.id AND cause = 'submitted' LIMIT 1
    ) AS first ON true
    WHERE draft.agent_id = ${agentId} AND draft.idempotency_key = ${idempotencyKey}`);
  if (!row) return null;
  if (row.body_hash !== bodyHash) {
    throw new CountersignError(
      "idempotency_key_reused",
      "This Idempotency-Key was used for another body. Use a new key for a new draft.",
    );
  }
  return submissionAnswer({ ...row, dueAt: row.due_at, payloadHash: row.payload_hash });
}
