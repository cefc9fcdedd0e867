import { eventText, recordEvent } from "@/lib/audit/record-event";
import type { Context, KeyActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { embedDraft, toVectorParam } from "@/lib/examples/embed";
import { lockTotals } from "@/lib/facts/compute-facts";
import { parseInput } from "@/lib/parse-input";
import type { Classification } from "@/lib/policy/evaluate";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { policyVersionId } from "@/lib/policy-files/policy-versions";
import { dueAfter, timerAt } from "@/lib/routing/deadlines";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { sha256Hex } from "@/lib/trust/sha256";
import { enqueueWorkflow } from "@/lib/workflows/enqueue";
import { type Approvers, assignApprovers, findApprovers } from "./assign-approvers";
import { type CheckedSubmission, checkSubmission } from "./check-submission";
import { amountOf, classify, computedFactsOf, routeOf, statusOf } from "./classify";
import { findFirstAnswer } from "./find-first-answer";
import { newId } from "./new-id";
import { requireAgent } from "./require-agent";
import { requireUnrevised } from "./require-unrevised";
import { type Submission, submissionSchema } from "./submission";
import { type SubmissionAnswer, submissionAnswer } from "./submission-answer";

/** How a submission arrived: what makes it the same one again, and which draft it revises. */
export interface Arrival {
  idempotencyKey: string | null;
  revisesId?: string | null;
}

/**
 * Takes a draft in: checks it, classifies it by the policy in force and the facts of now, and writes draft, evidence,
 * classification, trail and whatever follows in one transaction. The same idempotency key with the same body answers
 * the first answer again.
 * @throws CountersignError `invalid_request`, `invalid_payload`, `unknown_action_type` (recorded), `too_large`,
 * `idempotency_key_reused`, `forbidden`, `conflict` (a second revision of one draft).
 */
export async function submitDraft(ctx: Context, input: unknown, arrival: Arrival): Promise<SubmissionAnswer> {
  const actor = requireAgent(ctx.actor, "drafts:write");
  const submission = parseInput(submissionSchema, input);
  const bodyHash = sha256Hex(canonicalJson({ ...(input as object), revises: arrival.revisesId ?? null }));

  try {
    const policy = ctx.policies.get(submission.action_type);
    if (!policy) throw unknownType(submission.action_type);
    const prepared = prepare(policy, submission, ctx.now());
    return await ctx.db.transaction(async (tx) => {
      if (arrival.revisesId) await requireUnrevised(tx, arrival.revisesId);
      lockTotals(tx, computedFactsOf(policy), { subject: submission.subject, agentId: actor.agentId });
      const [classification, approvers] = await Promise.all([
        classify(ctx, tx, policy, {
          payload: submission.payload,
          subject: submission.subject,
          agentId: actor.agentId,
          excludeDraftId: arrival.revisesId ?? null,
        }),
        findApprovers(tx, policy.policy, actor, submission.requested_by),
      ]);
      return insertDraft(ctx, tx, {
        actor,
        submission,
        policy,
        prepared,
        classification,
        approvers,
        arrival,
        bodyHash,
      });
    });
  } catch (error) {
    // Also when it is refused by now: a policy may have changed since the draft was taken in.
    if (arrival.idempotencyKey !== null && (isDuplicate(error) || error instanceof CountersignError)) {
      const first = await findFirstAnswer(ctx.db, actor.agentId, arrival.idempotencyKey, bodyHash);
      if (first) return first;
    }
    if (error instanceof CountersignError && error.code === "unknown_action_type") {
      await recordUnknownType(ctx, actor, submission.action_type);
    }
    throw error;
  }
}

interface Prepared extends CheckedSubmission {
  vector: Buffer;
  embedder: string;
  amount: number | null;
  currency: string | null;
}

/** Everything that needs no database: validation, canonical forms, hashes, the vector. */
function prepare(policy: LoadedPolicy, submission: Submission, now: Date): Prepared {
  const checked = checkSubmission(policy, submission, now);
  const { amount, currency } = amountOf(policy, submission.payload);
  const { embedder, vector } = embedDraft({
    actionType: submission.action_type,
    subjectType: submission.subject.type,
    summary: submission.summary,
    payload: submission.payload,
    amount,
    evidence: submission.evidence,
  });
  return { ...checked, vector: toVectorParam(vector), embedder, amount, currency };
}

interface Insertion {
  actor: KeyActor & { agentId: string };
  submission: Submission;
  policy: LoadedPolicy;
  prepared: Prepared;
  classification: Classification;
  approvers: Approvers;
  arrival: Arrival;
  bodyHash: string;
}

/** Sends all writes without waiting: they travel with the commit. */
function insertDraft(ctx: Context, tx: Transaction, insertion: Insertion): SubmissionAnswer {
  const { actor, submission, policy, prepared, classification, approvers, arrival, bodyHash } = insertion;
  const now = ctx.now();
  const id = newId("drf");
  const classificationId = newId("cls");
  const versionId = policyVersionId(policy);
  const status = statusOf(classification);
  const route = routeOf(classification);
  const deadline = submission.deadline ? new Date(submission.deadline) : null;
  const dueAt = status === "pending" ? dueAfter(now, classification.sla_hours ?? 24) : null;
  const assignment = status === "pending" ? assignApprovers(classification, approvers) : null;
  const answer = submissionAnswer({
    id,
    status,
    tier: classification.tier,
    route,
    rule: classification.rule_name,
    reasons: classification.reasons,
    dueAt,
    payloadHash: prepared.payloadHash,
  });
  const event = eventText({
    verb: "draft.submitted",
    actor,
    at: now,
    draftId: id,
    details: {
      action_type: submission.action_type,
      subject: submission.subject,
      status,
      tier: classification.tier,
      route,
      rule: classification.rule_name,
      blocked_by: classification.blocked_by,
      policy_version: versionId,
      payload_hash: prepared.payloadHash,
      evidence_hashes: prepared.evidenceHashes,
      classification: classificationId,
      approver_rule: assignment?.approverRule ?? null,
      revises: arrival.revisesId ?? null,
    },
  });
  const approved = status === "approved";

  tx.send(sql`
    WITH new_draft AS (
      INSERT INTO draft (
        id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary, reasoning,
        confidence, expected_outcome, requested_by, requested_by_id, external_id, callback_url, deadline,
        idempotency_key, body_hash, payload, payload_hash, decided_payload, decided_payload_hash, amount, currency,
        policy_version_id, classification_id, approver_rule, approvals_required, escalation_level, due_at, revises_id,
        embedder, embedding, created_at, closed_at)
      VALUES (
        ${id}, ${submission.action_type}, ${status}, ${classification.tier}, ${route}, ${actor.agentId},
        ${actor.keyId}, ${submission.subject.type}, ${submission.subject.id}, ${submission.summary},
        ${submission.reasoning ?? null}, ${submission.confidence ?? null}, ${submission.expected_outcome ?? null},
        ${submission.requested_by ?? null}, ${approvers.requestedById}, ${submission.external_id ?? null},
        ${submission.callback_url ?? null}, ${deadline}, ${arrival.idempotencyKey}, ${bodyHash},
        ${prepared.payload}::json, ${prepared.payloadHash}, ${approved ? prepared.payload : null}::json,
        ${approved ? prepared.payloadHash : null}, ${prepared.amount}, ${prepared.currency}, ${versionId},
        ${classificationId}, ${assignment?.approverRule ?? null}, ${classification.approvals_required},
        ${assignment?.level ?? 0}, ${dueAt}, ${arrival.revisesId ?? null}, ${prepared.embedder},
        ${prepared.vector}::vector, ${now}, ${status === "blocked" ? now : null})
    ), new_classification AS (
      INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, route, rule,
                                  approver_rule, due_at, result, created_at)
      VALUES (${classificationId}, ${id}, 'submitted', ${prepared.payloadHash}, ${versionId}, ${status},
              ${classification.tier}, ${route}, ${classification.rule_name},
              ${assignment?.approverRule ?? null}, ${dueAt}, ${JSON.stringify(classification)}::json, ${now})
    ), new_evidence AS (
      INSERT INTO evidence (draft_id, position, kind, title, content, url, source, hash)
      SELECT ${id}, piece.position - 1, piece.value->>'kind', piece.value->>'title', piece.value->'content',
             piece.value->>'url', piece.value->>'source', (${prepared.evidenceHashes}::text[])[piece.position]
      FROM json_array_elements(${prepared.evidence}::json) WITH ORDINALITY AS piece(value, position)
    ), new_event AS (
      INSERT INTO audit_event (verb, draft_id, bytes, event, occurred_at)
      SELECT 'draft.submitted', ${id}, convert_to(t, 'UTF8'), t::jsonb, ${now} FROM (SELECT ${event}::text AS t) AS text
    )
    INSERT INTO execution (draft_id, executor, status, idempotency_key, payload_hash, created_at)
    SELECT ${id}, ${executorOf(policy)}, 'waiting', ${id}, ${prepared.payloadHash}, ${now} WHERE ${approved}`);

  if (dueAt) {
    const args: [string, number] = [id, assignment?.level ?? 0];
    enqueueWorkflow(tx, "escalate_draft", {
      id: `escalate:${id}:${args[1]}`,
      args,
      delayUntil: timerAt(dueAt, deadline),
    });
  }
  if (approved && executorOf(policy) === "webhook") {
    enqueueWorkflow(tx, "execute_draft", { id: `execute:${id}`, args: [id] });
  }
  return answer;
}

/** Who carries an approved draft of this action type out. */
export const executorOf = ({ raw }: LoadedPolicy): "agent" | "webhook" =>
  typeof raw.executor === "object" ? "webhook" : "agent";

const isDuplicate = (error: unknown): boolean =>
  error instanceof Error &&
  "constraint" in error &&
  error.constraint === "draft_agent_id_idempotency_key_key";

/** A new kind of action must be assigned before it can happen: refused, recorded, listed for the managers. */
async function recordUnknownType(
  ctx: Context,
  actor: KeyActor & { agentId: string },
  actionType: string,
): Promise<void> {
  const now = ctx.now();
  await ctx.db.transaction(async (tx) => {
    await tx.run(sql`
      INSERT INTO unassigned_action_type (action_type, agent_id, first_at, last_at)
      VALUES (${actionType}, ${actor.agentId}, ${now}, ${now})
      ON CONFLICT (action_type) DO UPDATE
      SET submissions = unassigned_action_type.submissions + 1, last_at = excluded.last_at, agent_id = excluded.agent_id`);
    await recordEvent(tx, {
      verb: "draft.refused",
      actor,
      at: now,
      details: { action_type: actionType, reason: "unknown_action_type" },
    });
  });
}

const unknownType = (actionType: string) =>
  new CountersignError(
    "unknown_action_type",
    `No policy covers the action type ${JSON.stringify(actionType)}. It is listed for the managers, who must assign it first.`,
  );
