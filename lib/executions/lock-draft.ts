import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { DraftStatus, Route } from "@/lib/drafts/types";

/** An approved draft and its execution, locked until the transaction ends. */
export interface LockedDraft {
  id: string;
  version: number;
  status: DraftStatus;
  actionType: string;
  route: Route | null;
  /** The name of the rule that it was last classified by. */
  rule: string;
  amount: number | null;
  departmentId: string | null;
  policyVersionId: string;
  agentId: string;
  subject: { type: string; id: string };
  requestedById: string | null;
  /** The key by which an agent had the built-in drafter write it. */
  requestingKeyId: string | null;
  /** The agent whose key that is. */
  requestingAgentId: string | null;
  callbackUrl: string | null;
  deadline: Date | null;
  approvalsRequired: number;
  /** The canonical JSON text that was hashed, to be passed on as it is. */
  decidedText: string;
  decidedHash: string;
  execution: {
    executor: "agent" | "webhook";
    status: "waiting" | "claimed" | "delivering" | "succeeded" | "failed";
    idempotencyKey: string;
    attempts: number;
    createdAt: Date;
    notBefore: Date | null;
    startedAt: Date | null;
    grantHash: string | null;
    claimedByKeyId: string | null;
  };
}

interface Row {
  id: string;
  version: number;
  status: DraftStatus;
  action_type: string;
  route: Route | null;
  rule: string;
  amount: number | null;
  department_id: string | null;
  policy_version_id: string;
  agent_id: string;
  subject_type: string;
  subject_id: string;
  requested_by_id: string | null;
  requesting_key_id: string | null;
  requesting_agent_id: string | null;
  callback_url: string | null;
  deadline: Date | null;
  approvals_required: number;
  decided_text: string;
  decided_payload_hash: string;
  executor: LockedDraft["execution"]["executor"];
  execution_status: LockedDraft["execution"]["status"];
  idempotency_key: string;
  attempts: number;
  execution_created_at: Date;
  not_before: Date | null;
  started_at: Date | null;
  grant_hash: string | null;
  claimed_by_key_id: string | null;
}

/** Whether an agent may carry it out: it drafted it, or had the built-in drafter write it. */
export const isCarriedOutBy = (
  { agentId, requestingAgentId }: Pick<LockedDraft, "agentId" | "requestingAgentId">,
  byAgentId: string,
): boolean => agentId === byAgentId || requestingAgentId === byAgentId;

/** Locks the draft and its execution. Null when there is no such draft, or nothing of it is to be executed. */
export async function lockDraft(tx: Transaction, draftId: string): Promise<LockedDraft | null> {
  const row = await tx.row<Row>(sql`
    SELECT draft.id, draft.version, draft.status, draft.action_type, draft.route, draft.policy_version_id,
           draft.amount::float8 AS amount, draft.department_id,
           (SELECT rule FROM classification WHERE classification.id = draft.classification_id) AS rule,
           (SELECT agent_id FROM api_key WHERE api_key.id = draft.requesting_key_id) AS requesting_agent_id,
           draft.agent_id, draft.subject_type, draft.subject_id, draft.requested_by_id, draft.requesting_key_id, draft.callback_url,
           draft.deadline, draft.approvals_required, draft.decided_payload::text AS decided_text, draft.decided_payload_hash,
           execution.executor, execution.status AS execution_status, execution.idempotency_key, execution.attempts,
           execution.created_at AS execution_created_at, execution.not_before, execution.started_at, execution.grant_hash,
           execution.claimed_by_key_id
    FROM draft JOIN execution ON execution.draft_id = draft.id
    WHERE draft.id = ${draftId}
    FOR UPDATE`);
  if (!row) return null;
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    actionType: row.action_type,
    route: row.route,
    rule: row.rule,
    amount: row.amount,
    departmentId: row.department_id,
    policyVersionId: row.policy_version_id,
    agentId: row.agent_id,
    subject: { type: row.subject_type, id: row.subject_id },
    requestedById: row.requested_by_id,
    requestingKeyId: row.requesting_key_id,
    requestingAgentId: row.requesting_agent_id,
    callbackUrl: row.callback_url,
    deadline: row.deadline,
    approvalsRequired: row.approvals_required,
    decidedText: row.decided_text,
    decidedHash: row.decided_payload_hash,
    execution: {
      executor: row.executor,
      status: row.execution_status,
      idempotencyKey: row.idempotency_key,
      attempts: row.attempts,
      createdAt: row.execution_created_at,
      notBefore: row.not_before,
      startedAt: row.started_at,
      grantHash: row.grant_hash,
      claimedByKeyId: row.claimed_by_key_id,
    },
  };
}
