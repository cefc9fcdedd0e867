import type { Context } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { directoryVersion, getDirectory } from "@/lib/directory/load-directory";
import type { Classification } from "@/lib/policy/evaluate";
import { hasLapsed } from "@/lib/routing/deadlines";
import type { Directory } from "@/lib/routing/directory";
import type { Approval } from "@/lib/routing/quorum";
import { type Approver, type Resolution, resolveApprovers } from "@/lib/routing/resolve-approvers";
import { barredBy, type Duties } from "@/lib/routing/separation";
import { screenHash } from "@/lib/trust/screen-hash";
import { sha256Hex } from "@/lib/trust/sha256";
import { peopleBehind } from "./people-behind";
import type { DraftStatus, Origin, Route, Tier, Verdict } from "./types";

interface Row {
  id: string;
  status: DraftStatus;
  tier: Tier;
  route: Route;
  version: number;
  action_type: string;
  origin: Origin;
  /** As people are shown it: a check goes under the name of another agent, and is kept from whom duty keeps from that. */
  /** The agent whose doing it is, as facts count it. */
  acting_agent_id: string;
  subject_type: string;
  subject_id: string;
  summary: string;
  payload: Record<string, unknown>;
  payload_hash: string;
  decided_payload: Record<string, unknown> | null;
  decided_payload_hash: string | null;
  policy_version_id: string;
  classification_id: string;
  after_review: "waiting" | "upheld" | "overturned" | null;
  amount: number | null;
  department_id: string | null;
  approver_rule: string;
  approvals_required: number;
  escalation_level: number;
  due_at: Date | null;
  deadline: Date | null;
  /** What the policy said when the draft was last classified. */
  handling: Classification;
  callback_url: string | null;
  requested_by_id: string | null;
  agent_owner_id: string;
  key_owner_id: string;
  key_creator_id: string | null;
  key_rotator_id: string | null;
  behind_ids: string[];
  evidence_hashes: string[];
  decisions: RecordedDecision[];
  directory_version: string;
}

interface RecordedDecision {
  person_id: string;
  on_behalf_of_id: string | null;
  verdict: Verdict;
  payload_hash: string;
  classification_id: string;
  name: string;
  at: string;
}

/** A draft as a decision sees it, with the hash of the screen that shows it now. */
export interface DraftUnderDecision {
  row: Row;
  /** The payload a decision is about: as proposed, or as a colleague edited it. */
  payload: Record<string, unknown>;
  payloadHash: string;
  duties: Duties;
  approvals: Approval[];
  directory: Directory;
  /** Whom the approver rule that the draft waits for asks at this moment. */
  resolution: Resolution;
  /** As whom the person may decide; null when the rule does not ask them now. */
  entitlement: Approver | null;
  screenHash: string;
}

/**
 * Reads a draft and all that bears on whether `personId` may decide it; with `lock`, nobody else can change it until
 * the transaction ends. Null when there is no such draft.
 */
export async function loadForDecision(
  ctx: Pick<Context, "db" | "now">,
  tx: Queryable,
  draftId: string,
  personId: string,
  { lock }: { lock: boolean },
): Promise<DraftUnderDecision | null> {
  if (lock) await tx.run(sql`SELECT FROM draft WHERE id = ${draftId} FOR NO KEY UPDATE`);
  const row = await tx.row<Row>(sql`
    SELECT draft.id, draft.status, draft.tier, draft.route, draft.version, draft.action_type, draft.origin, draft.subject_type,
           coalesce((SELECT agent_id FROM api_key AS asking WHERE asking.id = draft.requesting_key_id), agent.id) AS acting_agent_id,
           draft.subject_id, draft.summary, draft.payload, draft.payload_hash, draft.decided_payload,
           draft.decided_payload_hash, draft.policy_version_id, draft.classification_id, draft.approver_rule,
           draft.approvals_required, draft.escalation_level, draft.due_at, draft.deadline, draft.callback_url,
           draft.requested_by_id, draft.amount::float8 AS amount, draft.after_review, draft.department_id, classification.result AS handling,
           agent.owner_id AS agent_owner_id, api_key.owner_id AS key_owner_id, api_key.creator_id AS key_creator_id,
           api_key.rotator_id AS key_rotator_id, ${peopleBehind} AS behind_ids,
           ARRAY(SELECT hash FROM evidence WHERE draft_id = draft.id ORDER BY position) AS evidence_hashes,
           coalesce((SELECT json_agg(json_build_object('person_id', decision.person_id, 'verdict', decision.verdict,
                              'on_behalf_of_id', decision.on_behalf_of_id, 'payload_hash', decision.payload_hash,
                              'classification_id', decision.classification_id, 'name', person.name,
                              'at', decision.decided_at)
                              ORDER BY decision.decided_at, decision.id)
                     FROM decision JOIN person ON person.id = decision.person_id
                     WHERE decision.draft_id = draft.id AND decision.undone_at IS NULL), '[]') AS decisions,
           (${directoryVersion}) AS directory_version
    FROM draft JOIN agent ON agent.id = coalesce(draft.shown_agent_id, draft.agent_id)
    JOIN api_key ON api_key.id = coalesce(draft.shown_key_id, draft.api_key_id)
    JOIN classification ON classification.id = draft.classification_id
    WHERE draft.id = ${draftId}`);
  if (!row) return null;

  const payloadHash = row.decided_payload_hash ?? row.payload_hash;
  const duties: Duties = {
    agentOwnerId: row.agent_owner_id,
    keyOwnerId: row.key_owner_id,
    keyCreatorId: row.key_creator_id,
    keyRotatorId: row.key_rotator_id,
    requestedById: row.requested_by_id,
    behindIds: row.behind_ids,
    editorIds: row.decisions.filter((d) => d.verdict === "edit_and_approve").map((d) => d.person_id),
  };
  const directory = await getDirectory(ctx.db, tx, row.directory_version);
  const resolution = resolveApprovers(directory, {
    rule: row.approver_rule,
    amount: row.amount,
    departmentId: row.department_id,
    required: row.approvals_required,
    at: ctx.now(),
    barred: barredBy(duties),
  });
  return {
    row,
    payload: row.decided_payload ?? row.payload,
    payloadHash,
    duties,
    approvals: row.decisions
      .filter(({ verdict }) => verdict === "approve" || verdict === "edit_and_approve")
      // An approval under a classification that turned out too lax does not count for the stricter one.
      .filter(({ classification_id }) => classification_id === row.classification_id)
      .map((decision) => ({
        principalId: decision.on_behalf_of_id ?? decision.person_id,
        payloadHash: decision.payload_hash,
        edited: decision.verdict === "edit_and_approve",
      })),
    directory,
    resolution,
    entitlement: resolution.approvers.find((approver) => approver.personId === personId) ?? null,
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
      isLastLevel: row.escalation_level >= row.handling.escalation.length,
      onTimeout: row.handling.on_timeout,
    },
    now,
  );

/** Whether somebody approves sooner than the policy asks to look. A time that nobody measured counts as none. */
export const isQuick = (
  { row }: DraftUnderDecision,
  { verdict, secondsOnScreen = 0 }: { verdict: Verdict; secondsOnScreen?: number },
): boolean =>
  (verdict === "approve" || verdict === "edit_and_approve") &&
  secondsOnScreen < (row.handling.min_reading_seconds ?? 0);

/** The decision that closed the draft, if a person closed it. */
export const lastDecision = ({ row }: DraftUnderDecision) => row.decisions.at(-1);
