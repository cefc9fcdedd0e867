import { commitText, eventText, newSalt } from "@/lib/audit/record-event";
import type { Context, PersonActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { aboutAssignment } from "@/lib/notices/about-assignment";
import { noticesToWrite } from "@/lib/notices/notice";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { nextWakeOf } from "@/lib/routing/deadlines";
import type { Approver } from "@/lib/routing/resolve-approvers";
import { enqueueWorkflow } from "@/lib/workflows/enqueue";
import { assignmentDetails, dueOf } from "./assign-approvers";
import { amountOf } from "./classify";
import type { Decision } from "./decision";
import type { Effect } from "./decision-effect";
import { type DraftUnderDecision, isQuick } from "./load-for-decision";
import { newId } from "./new-id";
import { executorOf } from "./submit-draft";
import type { AfterVerdict, Outcome, Verdict } from "./types";

const OUTCOMES: Record<Exclude<Verdict, AfterVerdict>, Outcome> = {
  approve: "approved",
  edit_and_approve: "edited",
  reject: "rejected",
  request_changes: "changes_requested",
};

/** A refusal carries nothing out, so it can be taken back for a moment whatever the policy says. */
const REFUSAL_UNDO_SECONDS = 10;

interface Decided {
  actor: PersonActor;
  draft: DraftUnderDecision;
  /** As whom the actor decided. */
  entitlement: Approver;
  decision: Decision;
  policy: LoadedPolicy;
  effect: Effect;
}

/**
 * Writes a decision and all that it leads to, inside the transaction that locked the draft. Resolves to how long it can
 * be taken back, where the policy gives time for that.
 * @throws CountersignError `conflict` when somebody else moved the draft meanwhile all the same.
 */
export async function writeDecision(
  ctx: Context,
  tx: Transaction,
  decided: Decided,
): Promise<{ undoUntil: Date | null }> {
  const { actor, draft, entitlement, decision, policy, effect } = decided;
  const now = ctx.now();
  const { row } = draft;
  const { draftId, verdict } = decision;
  const salt = newSalt();
  const edited = verdict === "edit_and_approve" || draft.duties.editorIds.length > 0;
  const concluded = effect.status !== "pending";
  const { reclassified, moved } = effect;
  const handling = moved?.classification ?? null;
  const classificationId = reclassified?.id ?? row.classification_id;
  // A verdict on what turned out stricter was given on the former classification, and counts for that one only.
  const decidedOnId = reclassified?.cause === "edited" ? classificationId : row.classification_id;
  const { amount, currency } = amountOf(policy, JSON.parse(effect.payload));
  const dueAt = moved ? dueOf(moved.classification, now, draft.directory.businessHours) : row.due_at;
  const approverRule = moved?.assignment.approverRule ?? row.approver_rule;
  const level = moved?.assignment.level ?? row.escalation_level;
  const route = handling?.route ?? row.route;
  const { undo_seconds } = reclassified?.classification ?? row.handling;
  const undoSeconds =
    effect.status === "approved" ? undo_seconds : Math.max(undo_seconds, REFUSAL_UNDO_SECONDS);
  const undoUntil = concluded && undoSeconds > 0 ? new Date(now.getTime() + undoSeconds * 1000) : null;
  const wasQuick = isQuick(draft, decision);

  if (reclassified) {
    await tx.run(sql`
      INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, route, rule,
                                  approver_rule, due_at, result, created_at)
      VALUES (${reclassified.id}, ${draftId}, ${reclassified.cause}, ${effect.payloadHash}, ${row.policy_version_id},
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
      ...(entitlement.onBehalfOf === null ? {} : { on_behalf_of: entitlement.onBehalfOf }),
      approvals_missing: effect.missing,
      reason_commitment: commitText(salt, decision.reason),
      ...(decision.secondsOnScreen === undefined ? {} : { seconds_on_screen: decision.secondsOnScreen }),
      ...(wasQuick ? { quicker_than_policy_asks: true } : {}),
      ...(decision.batchId ? { batch: decision.batchId } : {}),
      ...(decision.fields.length > 0 ? { requested_fields: decision.fields } : {}),
      ...(moved
        ? {
            moved_to: {
              tier: moved.classification.tier,
              approver_rule: approverRule,
              cause: reclassified?.cause,
              ...assignmentDetails(moved.assignment),
            },
          }
        : {}),
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
        amount = ${amount}, currency = ${currency}, tier = ${handling?.tier ?? row.tier}, route = ${route},
        approver_rule = ${approverRule}, department_id = ${moved ? moved.departmentId : row.department_id},
        approvals_required = ${handling?.approvals_required ?? row.approvals_required},
        escalation_level = ${level}, due_at = ${dueAt},
        waiting_since = CASE WHEN ${moved !== null} THEN ${now}::timestamptz ELSE waiting_since END,
        decided_at = CASE WHEN ${concluded} THEN ${now}::timestamptz END,
        closed_at = CASE WHEN ${concluded && effect.status !== "approved"} THEN ${now}::timestamptz END
      WHERE id = ${draftId} AND status = 'pending' AND version = ${row.version}
      RETURNING *
    ), new_decision AS (
      INSERT INTO decision (id, draft_id, person_id, verdict, reason, reason_salt, screen_hash, classification_id, payload,
                            payload_hash, precedent_ids, on_behalf_of_id, seconds_on_screen, was_quick, batch_id,
                            undo_until, requested_fields, decided_at)
      SELECT ${newId("dec")}, id, ${actor.personId}, ${verdict}, ${decision.reason ?? null}, ${salt},
             ${decision.screenHash}, ${decidedOnId}, ${effect.payload}::json, ${effect.payloadHash},
             ${decision.precedentIds}::text[], ${entitlement.onBehalfOf}, ${decision.secondsOnScreen ?? null}::int,
             ${wasQuick}::boolean, ${decision.batchId ?? null}, ${undoUntil}::timestamptz, ${decision.fields}::text[], ${now}
      FROM moved
    ), new_event AS (
      INSERT INTO audit_event (verb, draft_id, bytes, event, occurred_at)
      SELECT ${effect.verb}, moved.id, convert_to(t, 'UTF8'), t::jsonb, ${now}
      FROM moved, (SELECT ${event}::text AS t) AS text
    ), new_example AS (
      INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, amount, proposed_payload,
                           final_payload, reason, person_id, policy_version_id, decided_at, embedder, embedding,
                           remote_embedder, remote_embedding)
      SELECT ${newId("exm")}, id, action_type, ${OUTCOMES[edited && effect.status === "approved" ? "edit_and_approve" : verdict]},
             summary, subject_type, subject_id, amount, payload, ${effect.payload}::json, ${decision.reason ?? null},
             ${actor.personId}, policy_version_id, ${now}, embedder, embedding, remote_embedder,
             remote_embedding
      FROM moved WHERE ${concluded}
    ), new_execution AS (
      INSERT INTO execution (draft_id, executor, status, idempotency_key, payload_hash, not_before, created_at)
      SELECT id, ${executorOf(policy)}, 'waiting', id, ${effect.payloadHash}, ${undoUntil}, ${now}
      FROM moved WHERE ${effect.status === "approved"}
    )
    SELECT id FROM moved`);
  if (updated !== 1) throw new CountersignError("conflict", "Somebody else decided this at the same moment.");

  if (effect.status === "approved" && executorOf(policy) === "webhook") {
    // It may have been approved before, and held back or taken back since.
    const id = `execute:${draftId}:v${row.version}`;
    enqueueWorkflow(tx, "execute_draft", { id, args: [draftId], delayUntil: undoUntil ?? undefined });
  }
  if (moved && dueAt) {
    const id = `escalate:${draftId}:${level}:${classificationId}`;
    const delayUntil = nextWakeOf({ since: now, dueAt, deadline: row.deadline }, now);
    enqueueWorkflow(tx, "escalate_draft", { id, args: [draftId, level], delayUntil });
    const notices = aboutAssignment(
      draft.directory,
      { id: draftId, route },
      moved.assignment,
      classificationId,
    );
    tx.send(noticesToWrite(notices, now));
  }
  if (concluded && row.callback_url) {
    enqueueWorkflow(tx, "deliver_callback", {
      id: `callback:${draftId}:${effect.status}:v${row.version}`,
      args: [draftId, effect.verb],
      delayUntil: undoUntil ?? undefined,
    });
  }
  return { undoUntil };
}
