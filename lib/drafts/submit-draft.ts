import { eventText, recordEvent } from "@/lib/audit/record-event";
import type { Context, KeyActor } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import { type Statement, sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { embedDraft, toVectorParam } from "@/lib/examples/embed";
import { lockTotals } from "@/lib/facts/compute-facts";
import { fetchFacts } from "@/lib/facts/fetch-facts";
import { plainFacts } from "@/lib/facts/plain-facts";
import { aboutAssignment } from "@/lib/notices/about-assignment";
import { aboutRevision } from "@/lib/notices/about-revision";
import { noticesToWrite } from "@/lib/notices/notice";
import { parseInput } from "@/lib/parse-input";
import { endedLease } from "@/lib/policy/apply-lease";
import { departmentOf } from "@/lib/policy/department-of";
import { type Classification, evaluate } from "@/lib/policy/evaluate";
import { applyHolds, holdsConcerning } from "@/lib/policy/holds";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { policyVersionId } from "@/lib/policy-files/policy-versions";
import { nextWakeOf } from "@/lib/routing/deadlines";
import { findDepartment } from "@/lib/routing/directory";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { drawShare } from "@/lib/trust/draw-share";
import { sha256Hex } from "@/lib/trust/sha256";
import { enqueueing } from "@/lib/workflows/enqueue";
import { assignApprovers, assignmentDetails, dueOf } from "./assign-approvers";
import { type CanonicalForms, canonicalForms, checkSubmission } from "./check-submission";
import { amountOf, routeOf, statusOf, totalsFor } from "./classify";
import { findFirstAnswer } from "./find-first-answer";
import { newId } from "./new-id";
import { type Circumstances, readCircumstances } from "./read-circumstances";
import { requireAgent } from "./require-agent";
import { requireUnrevised } from "./require-unrevised";
import { type Submission, submissionSchema } from "./submission";
import { type SubmissionAnswer, submissionAnswer } from "./submission-answer";

/** How a submission arrived: what makes it the same one again, which draft it revises, and who had it written. */
export interface Arrival {
  idempotencyKey: string | null;
  revisesId?: string | null;
  /** The request that the built-in drafter answers with it, and the agent that made that request, with its key. */
  request?: { id: string; keyId: string | null; agentId: string | null };
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
  const forms = canonicalForms(submission);
  const bodyHash = hashBody(input as object, forms, arrival);

  try {
    const policy = ctx.policies.get(submission.action_type);
    if (!policy) throw unknownType(submission.action_type);
    const prepared = prepare(policy, submission, forms, ctx.now());
    const revisesId = arrival.revisesId ?? null;
    const totals = totalsFor(ctx.policies, policy);
    const question = {
      actionType: submission.action_type,
      payload: submission.payload,
      fetched: await fetchFacts(ctx, policy, submission),
      subject: submission.subject,
      agentId: arrival.request?.agentId ?? actor.agentId,
      amount: prepared.amount,
      excludeDraftId: revisesId,
      now: ctx.now(),
    };
    const take = async (tx: Queryable, askedForBy: string | null) => {
      const requestingKeyId = arrival.request?.keyId ?? null;
      const from = { actor, requestedBy: submission.requested_by, requestingKeyId };
      const circumstances = await readCircumstances(ctx, tx, policy, question, from);
      const evaluated = evaluate(policy.policy, circumstances.facts);
      const holds = holdsConcerning(circumstances.holds, evaluated.rule_name, policy.policy);
      const ended = endedLease(evaluated.lease, ctx.now());
      const classification = applyHolds(evaluated, ended ? [...holds, ended] : holds);
      const taken = {
        actor,
        submission,
        policy,
        prepared,
        classification,
        circumstances,
        arrival,
        askedForBy,
        bodyHash,
      };
      return draftToWrite(taken, ctx.now());
    };
    if (revisesId === null && totals.length === 0) {
      // Nothing to lock before looking, and one statement writes everything: it is a transaction by itself.
      const { answer, write } = await take(ctx.db, null);
      await ctx.db.run(write);
      return answer;
    }
    return await ctx.db.transaction(async (tx) => {
      const askedForBy = revisesId ? await requireUnrevised(tx, revisesId) : null;
      lockTotals(tx, totals, question);
      const { answer, write } = await take(tx, askedForBy);
      tx.send(write);
      return answer;
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

/** What makes a body the same one again. Its two large parts go in by their hashes, which are there already. */
function hashBody(input: object, { payloadHash, evidenceHashes }: CanonicalForms, arrival: Arrival): string {
  const revises = arrival.revisesId ?? null;
  return sha256Hex(canonicalJson({ ...input, payload: payloadHash, evidence: evidenceHashes, revises }));
}

interface Prepared extends CanonicalForms {
  vector: Buffer;
  embedder: string;
  amount: number | null;
  currency: string | null;
}

/** Everything else that needs no database: validation, amount, the vector. */
function prepare(policy: LoadedPolicy, submission: Submission, forms: CanonicalForms, now: Date): Prepared {
  checkSubmission(policy, submission, forms, now);
  const { amount, currency } = amountOf(policy, submission.payload);
  const { embedder, vector } = embedDraft({
    actionType: submission.action_type,
    subjectType: submission.subject.type,
    summary: submission.summary,
    payload: submission.payload,
    amount,
    evidence: submission.evidence,
  });
  return { ...forms, vector: toVectorParam(vector), embedder, amount, currency };
}

interface Taken {
  actor: KeyActor & { agentId: string };
  submission: Submission;
  policy: LoadedPolicy;
  prepared: Prepared;
  classification: Classification;
  circumstances: Circumstances;
  arrival: Arrival;
  /** Who asked for the changes that this revision makes. */
  askedForBy: string | null;
  bodyHash: string;
}

/** The one statement that writes a draft with all that belongs to it and enqueues what follows. */
function draftToWrite(taken: Taken, now: Date): { answer: SubmissionAnswer; write: Statement } {
  const { actor, submission, policy, prepared, classification, circumstances, arrival, bodyHash } = taken;
  const id = newId("drf");
  const classificationId = newId("cls");
  const versionId = policyVersionId(policy);
  const status = statusOf(classification);
  const route = routeOf(classification);
  const deadline = submission.deadline ? new Date(submission.deadline) : null;
  const { directory, barred, requestedById } = circumstances;
  const departmentId = findDepartment(directory, departmentOf(policy.policy, circumstances.facts));
  const asked = { amount: prepared.amount, departmentId, at: now, barred };
  const isAsked = status === "pending";
  const afterReview = status === "approved" && isLookedAtAfterwards(classification) ? "waiting" : null;
  const assignment = isAsked || afterReview ? assignApprovers(directory, classification, asked) : null;
  const lookBy = assignment && dueOf(classification, now, directory.businessHours);
  // A look afterwards holds nothing up: nobody is told, and nothing escalates.
  const dueAt = isAsked ? lookBy : null;
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
      ...(assignment ? assignmentDetails(assignment) : {}),
      ...(afterReview ? { after_review: afterReview } : {}),
      ...(classification.held_by ? { held_by: classification.held_by.map((hold) => hold.id) } : {}),
      revises: arrival.revisesId ?? null,
      ...(arrival.request ? { draft_request: arrival.request.id } : {}),
    },
  });
  const approved = status === "approved";
  const notices = [
    ...(taken.askedForBy ? [aboutRevision(id, taken.askedForBy, assignment, classificationId)] : []),
    ...(isAsked && assignment ? aboutAssignment(directory, { id, route }, assignment, classificationId) : []),
  ];

  const write = sql`
    WITH new_draft AS (
      INSERT INTO draft (
        id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary, reasoning,
        confidence, expected_outcome, requested_by, requested_by_id, external_id, callback_url, deadline,
        idempotency_key, body_hash, payload, payload_hash, decided_payload, decided_payload_hash, amount, currency,
        policy_version_id, classification_id, department_id, approver_rule, approvals_required, escalation_level,
        waiting_since, due_at, after_review, revises_id, requesting_key_id, embedder, embedding, created_at, decided_at, closed_at)
      VALUES (
        ${id}, ${submission.action_type}, ${status}, ${classification.tier}, ${route}, ${actor.agentId},
        ${actor.keyId}, ${submission.subject.type}, ${submission.subject.id}, ${submission.summary},
        ${submission.reasoning ?? null}, ${submission.confidence ?? null}, ${submission.expected_outcome ?? null},
        ${submission.requested_by ?? null}, ${requestedById}, ${submission.external_id ?? null},
        ${submission.callback_url ?? null}, ${deadline}, ${arrival.idempotencyKey}, ${bodyHash},
        ${prepared.payload}::json, ${prepared.payloadHash}, ${approved ? prepared.payload : null}::json,
        ${approved ? prepared.payloadHash : null}, ${prepared.amount}, ${prepared.currency}, ${versionId},
        ${classificationId}, ${departmentId}, ${assignment?.approverRule ?? null},
        ${classification.approvals_required}, ${assignment?.level ?? 0}, ${isAsked ? now : null}, ${lookBy}, ${afterReview}, ${arrival.revisesId ?? null}, ${arrival.request?.keyId ?? null}, ${prepared.embedder},
        ${prepared.vector}::vector, ${now}, ${status === "pending" ? null : now}, ${status === "blocked" ? now : null})
    ), new_classification AS (
      INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, route, rule,
                                  approver_rule, due_at, result, facts, created_at)
      VALUES (${classificationId}, ${id}, 'submitted', ${prepared.payloadHash}, ${versionId}, ${status},
              ${classification.tier}, ${route}, ${classification.rule_name},
              ${assignment?.approverRule ?? null}, ${dueAt}, ${JSON.stringify(classification)}::json,
              ${JSON.stringify(plainFacts(circumstances.facts))}::json, ${now})
    ), new_evidence AS (
      INSERT INTO evidence (draft_id, position, kind, title, content, url, source, hash)
      SELECT ${id}, piece.position - 1, piece.value->>'kind', piece.value->>'title', piece.value->'content',
             piece.value->>'url', piece.value->>'source', (${prepared.evidenceHashes}::text[])[piece.position]
      FROM json_array_elements(${prepared.evidence}::json) WITH ORDINALITY AS piece(value, position)
    ), new_event AS (
      INSERT INTO audit_event (verb, draft_id, bytes, event, occurred_at)
      SELECT 'draft.submitted', ${id}, convert_to(t, 'UTF8'), t::jsonb, ${now} FROM (SELECT ${event}::text AS t) AS text
    ), new_notices AS (
      ${noticesToWrite(notices, now)}
    ), new_execution AS (
      INSERT INTO execution (draft_id, executor, status, idempotency_key, payload_hash, created_at)
      SELECT ${id}, ${executorOf(policy)}, 'waiting', ${id}, ${prepared.payloadHash}, ${now} WHERE ${approved}
    )
    ${whatFollows()}`;
  return { answer, write };

  function whatFollows(): Statement {
    if (dueAt) {
      const args: [string, number] = [id, assignment?.level ?? 0];
      const delayUntil = nextWakeOf({ since: now, dueAt, deadline }, now);
      return enqueueing("escalate_draft", { id: `escalate:${id}:${args[1]}`, args, delayUntil });
    }
    if (approved && executorOf(policy) === "webhook") {
      return enqueueing("execute_draft", { id: `execute:${id}`, args: [id] });
    }
    return sql`SELECT`;
  }
}

/** Whether a person looks at it once it has run: always by its route, or as one of a random share that nobody foresees. */
const isLookedAtAfterwards = ({ route, sample_review }: Classification): boolean =>
  route === "execute_then_review" || drawShare(sample_review);

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
