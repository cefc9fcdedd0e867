import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { DEFAULT_APPROVER_RULE } from "@/lib/policy/compile-policy";
import { hasLapsed } from "@/lib/routing/deadlines";
import type { Approval } from "@/lib/routing/quorum";
import type { Duties } from "@/lib/routing/separation";
import { screenHash } from "@/lib/trust/screen-hash";
import { sha256Hex } from "@/lib/trust/sha256";
import type { DraftStatus, Route, Tier, Verdict } from "./types";

interface Row {
  id: string;
  status: DraftStatus;
  tier: Tier;
  route: Route;
  version: number;
  action_type: string;
  agent_id: string;
  subject_type: string;
  subject_id: string;
  summary: string;
  payload: Record<string, unknown>;
  payload_hash: string;
  decided_payload: Record<string, unknown> | null;
  decided_payload_hash: string | null;
  policy_version_id: string;
  classification_id: string;
  approver_rule: string;
  approvals_required: number;
  escalation_level: number;
  due_at: Date | null;
  deadline: Date | null;
  escalation_steps: number;
  on_timeout: "deny" | "hold";
  callback_url: string | null;
  requested_by_id: string | null;
  agent_owner_id: string;
  key_owner_id: string;
  key_creator_id: string | null;
  key_rotator_id: string | null;
  evidence_hashes: string[];
  decisions: { person_id: string; verdict: Verdict; payload_hash: string; name: string; at: string }[];
  is_approver: boolean;
  on_rule: boolean;
  rule_exists: boolean;
}

/** A draft as a decision sees it, with the hash of the screen that shows it now. */
export interface DraftUnderDecision {
  row: Row;
  /** The payload a decision is about: as proposed, or as a colleague edited it. */
  payload: Record<string, unknown>;
  payloadHash: string;
  duties: Duties;
  approvals: Approval[];
  /** The person is an approver, and on the approver rule that the draft waits for. */
  entitled: boolean;
  screenHash: string;
}

/**
 * Reads a draft and all that bears on whether `personId` may decide it; with `lock`, nobody else can change it until
 * the transaction ends. Null when there is no such draft.
 */
export async function loadForDecision(
  tx: Pick<Transaction, "row" | "run">,
  draftId: string,
  personId: string,
  { lock }: { lock: boolean },
): Promise<DraftUnderDecision | null> {
  if (lock) await tx.run(sql`SELECT FROM draft WHERE id = ${draftId} FOR NO KEY UPDATE`);
  const row = await tx.row<Row>(sql`
    SELECT draft.id, draft.status, draft.tier, draft.route, draft.version, draft.action_type, draft.agent_id, draft.subject_type,
           draft.subject_id, draft.summary, draft.payload, draft.payload_hash, draft.decided_payload,
           draft.decided_payload_hash, draft.policy_version_id, draft.classification_id, draft.approver_rule,
           draft.approvals_required, draft.escalation_level, draft.due_at, draft.deadline, draft.callback_url,
           draft.requested_by_id, json_array_length(classification.result->'escalation') AS escalation_steps,
           classification.result->>'on_timeout' AS on_timeout,
           agent.owner_id AS agent_owner_id, api_key.owner_id AS key_owner_id, api_key.creator_id AS key_creator_id,
           api_key.rotator_id AS key_rotator_id,
           ARRAY(SELECT hash FROM evidence WHERE draft_id = draft.id ORDER BY position) AS evidence_hashes,
           coalesce((SELECT json_agg(json_build_object('person_id', decision.person_id, 'verdict', decision.verdict,
                              'payload_hash', decision.payload_hash, 'name', person.name, 'at', decision.decided_at)
                              ORDER BY decision.decided_at, decision.id)
                     FROM decision JOIN person ON person.id = decision.person_id
                     WHERE decision.draft_id = draft.id), '[]') AS decisions,
           EXISTS (SELECT 1 FROM person_role JOIN person ON person.id = person_role.person_id
                   WHERE person.id = ${personId} AND person.disabled_at IS NULL AND role = 'approver') AS is_approver,
           EXISTS (SELECT 1 FROM approver_rule_member AS member
                   WHERE member.rule_name = draft.approver_rule AND member.person_id = ${personId}) AS on_rule,
           EXISTS (SELECT 1 FROM approver_rule WHERE name = draft.approver_rule) AS rule_exists
    FROM draft JOIN agent ON agent.id = draft.agent_id JOIN api_key ON api_key.id = draft.api_key_id
    JOIN classification ON classification.id = draft.classification_id
    WHERE draft.id = ${draftId}`);
  if (!row) return null;

  const payloadHash = row.decided_payload_hash ?? row.payload_hash;
  const everyApprover = row.approver_rule === DEFAULT_APPROVER_RULE && !row.rule_exists;
  return {
    row,
    payload: row.decided_payload ?? row.payload,
    payloadHash,
    duties: {
      agentOwnerId: row.agent_owner_id,
      keyOwnerId: row.key_owner_id,
      keyCreatorId: row.key_creator_id,
      keyRotatorId: row.key_rotator_id,
      requestedById: row.requested_by_id,
      editorIds: row.decisions.filter((d) => d.verdict === "edit_and_approve").map((d) => d.person_id),
    },
    approvals: row.decisions
      .filter(({ verdict }) => verdict === "approve" || verdict === "edit_and_approve")
      .map((decision) => ({
        personId: decision.person_id,
        payloadHash: decision.payload_hash,
        edited: decision.verdict === "edit_and_approve",
      })),
    entitled: row.is_approver && (row.on_rule || everyApprover),
    screenHash: screenHash({
      draftId,
      version: row.version,
      payloadHash,
      evidenceHashes: row.evidence_hashes,
      classificationId: row.classification_id,
      summaryHash: sha256Hex(row.summary),
      policyVersionId: row.policy_version_id,
    }),
  };
}

/** Whether the time to decide is over, although the timer that will say so has not come round yet. */
export const isOver = ({ row }: DraftUnderDecision, now: Date): boolean =>
  hasLapsed(
    {
      dueAt: row.due_at,
      deadline: row.deadline,
      isLastLevel: row.escalation_level >= row.escalation_steps,
      onTimeout: row.on_timeout,
    },
    now,
  );

/** The decision that closed the draft, if a person closed it. */
export const lastDecision = ({ row }: DraftUnderDecision) => row.decisions.at(-1);
