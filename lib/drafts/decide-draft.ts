import { z } from "zod";
import { type AuditVerb, commitText, eventText, newSalt, recordEvent } from "@/lib/audit/record-event";
import type { Context, PersonActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import type { Classification } from "@/lib/policy/evaluate";
import { tierRank } from "@/lib/policy/scrutiny";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { getPolicyOfVersion } from "@/lib/policy-files/policy-versions";
import { dueAfter } from "@/lib/routing/deadlines";
import { approvalsMissing } from "@/lib/routing/quorum";
import { separatedBecause } from "@/lib/routing/separation";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { sha256Hex } from "@/lib/trust/sha256";
import { enqueueWorkflow } from "@/lib/workflows/enqueue";
import { amountOf, classify } from "./classify";
import { type DraftUnderDecision, isOver, lastDecision, loadForDecision } from "./load-for-decision";
import { newId } from "./new-id";
import { executorOf } from "./submit-draft";
import type { DecisionResult, DraftStatus, Outcome, Verdict } from "./types";

const decisionSchema = z
  .strictObject({
    draftId: z.string().min(1).max(100),
    verdict: z.enum(["approve", "edit_and_approve", "reject", "request_changes"]),
    reason: z.string().trim().max(5000).optional(),
    /** The edited payload, with edit_and_approve only. */
    payload: z.record(z.string(), z.unknown()).optional(),
    /** The hash of everything that was on the decider's screen. */
    screenHash: z.string().regex(/^[0-9a-f]{64}$/, "the hash that the review screen came with"),
    precedentIds: z.array(z.string().max(100)).max(4).default([]),
  })
  .refine(({ verdict, payload }) => (verdict === "edit_and_approve") === (payload !== undefined), {
    path: ["payload"],
    message: "comes with edit_and_approve, and only with it",
  })
  .refine(({ verdict, reason }) => verdict === "approve" || verdict === "edit_and_approve" || reason, {
    path: ["reason"],
    message: "say why: the agent and the next approver learn from it",
  });

export type DecisionInput = z.input<typeof decisionSchema>;
type Decision = z.output<typeof decisionSchema>;

/** What a decision does to the draft. */
interface Effect {
  status: DraftStatus;
  verb: AuditVerb;
  payload: string;
  payloadHash: string;
  missing: number;
  /** Set when an edited payload was classified again. */
  reclassified: { id: string; classification: Classification; moved: boolean } | null;
}

/**
 * Records one person's verdict: guarded update, decision, trail, example and whatever follows, in one transaction.
 * An edited payload is classified again by the policy version of the submission; if that raises the tier or names
 * another approver, the draft goes on to them instead of executing.
 * @throws CountersignError `not_found`, `invalid_request`, `invalid_payload`, `not_eligible` (recorded), `screen_moved`,
 * and `conflict` or `not_pending` that say who won.
 */
export async function decideDraft(ctx: Context, input: DecisionInput): Promise<DecisionResult> {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new CountersignError("forbidden", "Only a signed-in person can decide.");
  const decision = parseInput(decisionSchema, input);
  try {
    return await ctx.db.transaction((tx) => decideInTransaction(ctx, tx, actor, decision));
  } catch (error) {
    if (error instanceof CountersignError && error.code === "not_eligible") {
      await recordEvent(ctx.db, {
        verb: "draft.decision_denied",
        actor,
        at: ctx.now(),
        draftId: decision.draftId,
        details: { verdict: decision.verdict, reason: "not_eligible" },
      });
    }
    throw error;
  }
}

async function decideInTransaction(
  ctx: Context,
  tx: Transaction,
  actor: PersonActor,
  decision: Decision,
): Promise<DecisionResult> {
  const draft = await loadForDecision(tx, decision.draftId, actor.personId, { lock: true });
  if (!draft) throw new CountersignError("not_found", "There is no such draft.");
  guard(draft, actor, decision, ctx.now());
  const policy = await getPolicyOfVersion(
    tx,
    ctx.policies,
    draft.row.action_type,
    draft.row.policy_version_id,
  );
  const effect = await effectOf(ctx, tx, draft, actor, decision, policy);
  await write(ctx, tx, draft, actor, decision, policy, effect);
  const handling = effect.reclassified?.moved ? effect.reclassified.classification : null;
  return {
    draftId: decision.draftId,
    status: effect.status,
    tier: handling?.tier ?? draft.row.tier,
    movedTo: handling && {
      approverRule: handling.approver_rule ?? draft.row.approver_rule,
      reason: handling.reasons.join("; "),
    },
    approvalsMissing: effect.missing,
  };
}

function guard(draft: DraftUnderDecision, actor: PersonActor, decision: Decision, now: Date): void {
  if (draft.row.status !== "pending") {
    const winner = lastDecision(draft);
    if (winner && winner.person_id !== actor.personId) {
      throw new CountersignError("conflict", `${winner.name} decided this first (${winner.verdict}).`, {
        winner: { name: winner.name, verdict: winner.verdict, at: winner.at },
      });
    }
    throw new CountersignError(
      "not_pending",
      `This draft is ${draft.row.status} and no longer waits for a decision.`,
    );
  }
  if (isOver(draft, now)) {
    throw new CountersignError("not_pending", "This draft has expired: its time to be decided is over.");
  }
  const duty = separatedBecause(actor.personId, draft.duties);
  if (duty) throw new CountersignError("not_eligible", duty);
  if (!draft.entitled) {
    throw new CountersignError(
      "not_eligible",
      `This waits for ${draft.row.approver_rule}, and you are not on it.`,
    );
  }
  if (draft.row.decisions.some(({ person_id }) => person_id === actor.personId)) {
    throw new CountersignError("conflict", "You have decided on this already; it waits for somebody else.");
  }
  if (draft.screenHash !== decision.screenHash) {
    throw new CountersignError(
      "screen_moved",
      "This draft changed while it was on your screen. Look at it again.",
    );
  }
}

async function effectOf(
  ctx: Context,
  tx: Transaction,
  draft: DraftUnderDecision,
  actor: PersonActor,
  { verdict, payload }: Decision,
  policy: LoadedPolicy,
): Promise<Effect> {
  const unchanged = {
    payload: canonicalJson(draft.payload),
    payloadHash: draft.payloadHash,
    missing: 0,
    reclassified: null,
  };
  if (verdict === "reject") return { ...unchanged, status: "rejected", verb: "draft.rejected" };
  if (verdict === "request_changes") {
    return { ...unchanged, status: "changes_requested", verb: "draft.changes_requested" };
  }
  if (verdict === "edit_and_approve") return effectOfEdit(ctx, tx, draft, actor, payload!, policy);
  const approvals = [
    ...draft.approvals,
    { personId: actor.personId, payloadHash: draft.payloadHash, edited: false },
  ];
  const missing = approvalsMissing(draft.row.approvals_required, draft.payloadHash, approvals);
  return missing > 0
    ? { ...unchanged, missing, status: "pending", verb: "draft.approval_added" }
    : { ...unchanged, status: "approved", verb: "draft.approved" };
}

async function effectOfEdit(
  ctx: Context,
  tx: Transaction,
  draft: DraftUnderDecision,
  actor: PersonActor,
  edited: Record<string, unknown>,
  policy: LoadedPolicy,
): Promise<Effect> {
  const check = policy.validatePayload(edited);
  if (!check.ok) {
    throw new CountersignError("invalid_payload", `${check.errors[0]?.path} ${check.errors[0]?.message}`, {
      fields: check.errors,
    });
  }
  const payload = canonicalJson(edited);
  const payloadHash = sha256Hex(payload);
  if (payloadHash === draft.payloadHash) {
    throw new CountersignError("invalid_payload", "Nothing was changed. Approve it as it is, or edit it.");
  }
  const { row } = draft;
  const classification = await classify(ctx, tx, policy, {
    payload: edited,
    subject: { type: row.subject_type, id: row.subject_id },
    agentId: row.agent_id,
    excludeDraftId: draft.row.id,
  });
  if (classification.tier === "prohibited" || classification.blocked_by.length > 0) {
    throw new CountersignError(
      "invalid_payload",
      `Policy forbids this edit: ${classification.reasons.join("; ")}.`,
    );
  }
  const anotherApprover =
    classification.route === "named_approver" && classification.approver_rule !== row.approver_rule;
  const moved = tierRank(classification.tier) > tierRank(row.tier) || anotherApprover;
  const required = moved ? classification.approvals_required : row.approvals_required;
  const approvals = [{ personId: actor.personId, payloadHash, edited: true }];
  const missing = moved ? required : approvalsMissing(required, payloadHash, approvals);
  return {
    payload,
    payloadHash,
    missing,
    status: missing > 0 ? "pending" : "approved",
    verb: "draft.edited",
    reclassified: { id: newId("cls"), classification, moved },
  };
}

const OUTCOMES: Record<Verdict, Outcome> = {
  approve: "approved",
  edit_and_approve: "edited",
  reject: "rejected",
  request_changes: "changes_requested",
};

async function write(
  ctx: Context,
  tx: Transaction,
  draft: DraftUnderDecision,
  actor: PersonActor,
  decision: Decision,
  policy: LoadedPolicy,
  effect: Effect,
): Promise<void> {
  const now = ctx.now();
  const { row } = draft;
  const { draftId, verdict } = decision;
  const salt = newSalt();
  const edited = verdict === "edit_and_approve" || draft.duties.editorIds.length > 0;
  const concluded = effect.status !== "pending";
  const { reclassified } = effect;
  const handling = reclassified?.moved ? reclassified.classification : null;
  const classificationId = reclassified?.id ?? row.classification_id;
  const { amount, currency } = amountOf(policy, JSON.parse(effect.payload));
  const dueAt = handling ? dueAfter(now, handling.sla_hours ?? 24) : row.due_at;
  const approverRule = handling ? (handling.approver_rule ?? row.approver_rule) : row.approver_rule;

  if (reclassified) {
    await tx.run(sql`
      INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, route, rule,
                                  approver_rule, due_at, result, created_at)
      VALUES (${reclassified.id}, ${draftId}, 'edited', ${effect.payloadHash}, ${row.policy_version_id},
              ${effect.status}, ${reclassified.classification.tier}, ${reclassified.classification.route},
              ${reclassified.classification.rule_name}, ${approverRule}, ${dueAt},
              ${JSON.stringify(reclassified.classification)}::json, ${now})`);
  }
  const event = eventText({
    verb: effect.verb,
    actor,
    at: now,
    draftId,
    details: {
      verdict,
      status: effect.status,
      screen_hash: decision.screenHash,
      payload_hash: effect.payloadHash,
      former_payload_hash: draft.payloadHash,
      policy_version: row.policy_version_id,
      classification: classificationId,
      approver_rule: row.approver_rule,
      approvals_missing: effect.missing,
      reason_commitment: commitText(salt, decision.reason),
      ...(handling ? { moved_to: { tier: handling.tier, approver_rule: approverRule } } : {}),
    },
  });
  const keepsPayload =
    effect.status === "approved" || verdict === "edit_and_approve" || row.decided_payload !== null;
  const updated = await tx.run(sql`
    WITH moved AS (
      UPDATE draft SET
        status = ${effect.status}, version = version + 1, classification_id = ${classificationId},
        decided_payload = CASE WHEN ${keepsPayload} THEN ${effect.payload}::json END,
        decided_payload_hash = CASE WHEN ${keepsPayload} THEN ${effect.payloadHash} END,
        amount = ${amount}, currency = ${currency}, tier = ${handling?.tier ?? row.tier}, route = ${handling?.route ?? row.route}, approver_rule = ${approverRule},
        approvals_required = ${handling?.approvals_required ?? row.approvals_required},
        escalation_level = ${handling ? 0 : row.escalation_level}, due_at = ${dueAt},
        closed_at = CASE WHEN ${concluded && effect.status !== "approved"} THEN ${now}::timestamptz END
      WHERE id = ${draftId} AND status = 'pending' AND version = ${row.version}
      RETURNING *
    ), new_decision AS (
      INSERT INTO decision (id, draft_id, person_id, verdict, reason, reason_salt, screen_hash, classification_id, payload,
                            payload_hash, precedent_ids, decided_at)
      SELECT ${newId("dec")}, id, ${actor.personId}, ${verdict}, ${decision.reason ?? null}, ${salt},
             ${decision.screenHash}, ${classificationId}, ${effect.payload}::json, ${effect.payloadHash},
             ${decision.precedentIds}::text[], ${now}
      FROM moved
    ), new_event AS (
      INSERT INTO audit_event (verb, draft_id, bytes, event, occurred_at)
      SELECT ${effect.verb}, moved.id, convert_to(t, 'UTF8'), t::jsonb, ${now}
      FROM moved, (SELECT ${event}::text AS t) AS text
    ), new_example AS (
      INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, amount, proposed_payload,
                           final_payload, reason, person_id, policy_version_id, decided_at, embedder, embedding)
      SELECT ${newId("exm")}, id, action_type, ${OUTCOMES[edited && effect.status === "approved" ? "edit_and_approve" : verdict]},
             summary, subject_type, subject_id, amount, payload, ${effect.payload}::json, ${decision.reason ?? null},
             ${actor.personId}, policy_version_id, ${now}, embedder, embedding
      FROM moved WHERE ${concluded}
    ), new_execution AS (
      INSERT INTO execution (draft_id, executor, status, idempotency_key, payload_hash, created_at)
      SELECT id, ${executorOf(policy)}, 'waiting', id, ${effect.payloadHash}, ${now}
      FROM moved WHERE ${effect.status === "approved"}
    )
    SELECT id FROM moved`);
  if (updated !== 1) throw new CountersignError("conflict", "Somebody else decided this at the same moment.");

  if (effect.status === "approved" && executorOf(policy) === "webhook") {
    enqueueWorkflow(tx, "execute_draft", { id: `execute:${draftId}`, args: [draftId] });
  }
  if (handling && dueAt) {
    const id = `escalate:${draftId}:edit:${reclassified?.id}`;
    enqueueWorkflow(tx, "escalate_draft", { id, args: [draftId, 0], delayUntil: dueAt });
  }
  if (concluded && row.callback_url) {
    enqueueWorkflow(tx, "deliver_callback", {
      id: `callback:${draftId}:${effect.status}`,
      args: [draftId, effect.verb],
    });
  }
}
