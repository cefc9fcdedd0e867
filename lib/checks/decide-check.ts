import { commitText, newSalt, recordEvent } from "@/lib/audit/record-event";
import type { Context, PersonActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { Decision } from "@/lib/drafts/decision";
import { type DraftUnderDecision, isQuick } from "@/lib/drafts/load-for-decision";
import { newId } from "@/lib/drafts/new-id";
import type { CheckResult, DecisionResult, DraftStatus } from "@/lib/drafts/types";
import { CountersignError } from "@/lib/errors";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import type { Approver } from "@/lib/routing/resolve-approvers";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { sha256Hex } from "@/lib/trust/sha256";

interface Deciding {
  actor: PersonActor;
  draft: DraftUnderDecision;
  entitlement: Approver;
  decision: Decision;
  policy: LoadedPolicy;
}

/**
 * What deciding a check comes to, in the transaction that locked it, past all that guards a decision: rejected or sent
 * back, it was caught; approved, edited or not, it was missed, and is withdrawn. There is no example of it, nothing to
 * carry out and nothing to take back; its person is told.
 * @throws CountersignError `invalid_payload` for an edit that any draft of the type would refuse.
 */
export async function decideCheck(
  ctx: Context,
  tx: Transaction,
  { actor, draft, entitlement, decision, policy }: Deciding,
): Promise<DecisionResult> {
  const now = ctx.now();
  const { row } = draft;
  const { verdict, draftId } = decision;
  const caught = verdict === "reject" || verdict === "request_changes";
  const status = STATUS_OF[verdict];
  const payload = payloadOf(draft, decision, policy);
  const payloadHash = sha256Hex(payload);
  const salt = newSalt();
  const wasQuick = isQuick(draft, decision);
  const moved = await tx.run(sql`
    UPDATE draft SET status = ${status}, version = version + 1, decided_at = ${now}, closed_at = ${now}
    WHERE id = ${draftId} AND origin = 'check' AND status = 'pending' AND version = ${row.version}`);
  if (moved !== 1) throw new CountersignError("conflict", "Somebody else decided this at the same moment.");
  await tx.run(sql`
    INSERT INTO decision (id, draft_id, person_id, verdict, reason, reason_salt, screen_hash, classification_id, payload,
                          payload_hash, precedent_ids, on_behalf_of_id, seconds_on_screen, was_quick, batch_id,
                          requested_fields, decided_at)
    VALUES (${newId("dec")}, ${draftId}, ${actor.personId}, ${verdict}, ${decision.reason ?? null}, ${salt},
            ${decision.screenHash}, ${row.classification_id}, ${payload}::json, ${payloadHash},
            ${decision.precedentIds}::text[], ${entitlement.onBehalfOf}, ${decision.secondsOnScreen ?? null}, ${wasQuick},
            ${decision.batchId ?? null}, ${decision.fields}::text[], ${now})`);
  const check = (await tx.row<{ because: string }>(sql`
    UPDATE seeded_check SET outcome = ${caught ? "caught" : "missed"}, person_id = ${actor.personId}, ended_at = ${now}
    WHERE draft_id = ${draftId} AND outcome IS NULL RETURNING because`))!;
  await recordEvent(tx, {
    verb: caught ? "draft.check_caught" : "draft.check_missed",
    actor,
    at: now,
    draftId,
    details: {
      verdict,
      status,
      screen_hash: decision.screenHash,
      payload_hash: payloadHash,
      policy_version: row.policy_version_id,
      classification: row.classification_id,
      approver_rule: row.approver_rule,
      ...(entitlement.onBehalfOf === null ? {} : { on_behalf_of: entitlement.onBehalfOf }),
      reason_commitment: commitText(salt, decision.reason),
      ...(decision.secondsOnScreen === undefined ? {} : { seconds_on_screen: decision.secondsOnScreen }),
      ...(wasQuick ? { quicker_than_policy_asks: true } : {}),
      ...(decision.batchId ? { batch: decision.batchId } : {}),
    },
  });
  const told: CheckResult = { caught, because: check.because };
  return {
    draftId,
    status,
    tier: row.tier,
    movedTo: null,
    approvalsMissing: 0,
    undoUntil: null,
    check: told,
  };
}

const STATUS_OF: Record<Decision["verdict"], DraftStatus> = {
  reject: "rejected",
  request_changes: "changes_requested",
  approve: "withdrawn",
  edit_and_approve: "withdrawn",
};

/** What was decided on, as canonical JSON: an edit has to be one, as anywhere. */
function payloadOf(draft: DraftUnderDecision, decision: Decision, policy: LoadedPolicy): string {
  const proposed = canonicalJson(draft.payload);
  if (!decision.payload) return proposed;
  const check = policy.validatePayload(decision.payload);
  if (!check.ok) {
    const [first] = check.errors;
    throw new CountersignError("invalid_payload", `${first?.path} ${first?.message}`, {
      fields: check.errors,
    });
  }
  const edited = canonicalJson(decision.payload);
  if (edited === proposed) {
    throw new CountersignError("invalid_payload", "Nothing was changed. Approve it as it is, or edit it.");
  }
  return edited;
}
