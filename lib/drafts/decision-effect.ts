import type { AuditVerb } from "@/lib/audit/record-event";
import type { Context } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { CountersignError } from "@/lib/errors";
import { lockTotals } from "@/lib/facts/compute-facts";
import { departmentOf } from "@/lib/policy/department-of";
import type { Classification } from "@/lib/policy/evaluate";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { approvalsMissing } from "@/lib/routing/quorum";
import type { Approver } from "@/lib/routing/resolve-approvers";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { sha256Hex } from "@/lib/trust/sha256";
import { classify, totalsFor } from "./classify";
import type { Decision } from "./decision";
import type { FetchedByVersion } from "./fetch-for-draft";
import { type GoesOn, goesOnTo } from "./goes-on-to";
import type { DraftUnderDecision } from "./load-for-decision";
import { newId } from "./new-id";
import type { DraftStatus } from "./types";

/** What a decision does to the draft. */
export interface Effect {
  status: DraftStatus;
  verb: AuditVerb;
  /** Canonical JSON of what was decided on, and its hash. */
  payload: string;
  payloadHash: string;
  missing: number;
  /** A classification to record: of an edited payload, or of facts that turned stricter. */
  reclassified: { id: string; cause: "edited" | "facts_changed"; classification: Classification } | null;
  /** Set when that is stricter than the approver was asked about: whom it goes on to. */
  moved: GoesOn | null;
}

interface Deciding {
  draft: DraftUnderDecision;
  entitlement: Approver;
  decision: Decision;
  policy: LoadedPolicy;
  fetched: FetchedByVersion;
}

/**
 * What this decision comes to. Approving looks the facts up once more, on the payload as it would be executed.
 * @throws CountersignError `invalid_payload` for an edit that is none or that policy forbids, `hard_blocked`.
 */
export async function effectOf(ctx: Context, tx: Transaction, deciding: Deciding): Promise<Effect> {
  const { draft, decision, policy } = deciding;
  const { verdict } = decision;
  if (verdict === "reject" || verdict === "request_changes") {
    const verb = verdict === "reject" ? "draft.rejected" : "draft.changes_requested";
    const status = verdict === "reject" ? "rejected" : "changes_requested";
    return { status, verb, ...unchanged(draft), missing: 0, reclassified: null, moved: null };
  }
  const edited = decision.payload ? checkEdit(draft, decision.payload, policy) : null;
  const payload = decision.payload ?? draft.payload;
  const { row } = draft;
  const question = { actionType: row.action_type, subject: { type: row.subject_type, id: row.subject_id } };
  // An edit may raise a total that a draft submitted at this moment looks at, as a submission does.
  if (edited) lockTotals(tx, totalsFor(ctx.policies, policy), { ...question, agentId: row.acting_agent_id });
  const { classification, facts } = await classify(ctx, tx, policy, {
    payload,
    subject: question.subject,
    agentId: row.acting_agent_id,
    excludeDraftId: row.id,
    fetched: deciding.fetched.get(row.policy_version_id),
  });
  requireAllowed(classification, edited !== null);
  const moved = goesOnTo(
    { draft, personId: deciding.entitlement.personId, policy, isEdit: edited !== null, now: ctx.now() },
    { classification, department: departmentOf(policy.policy, facts), payload },
  );

  const now = edited ?? unchanged(draft);
  const approval = {
    principalId: deciding.entitlement.onBehalfOf ?? deciding.entitlement.personId,
    payloadHash: now.payloadHash,
    edited: edited !== null,
  };
  const missing = moved
    ? moved.classification.approvals_required
    : approvalsMissing(row.approvals_required, now.payloadHash, [...draft.approvals, approval]);
  const cause = edited ? "edited" : "facts_changed";
  return {
    ...now,
    missing,
    status: missing > 0 ? "pending" : "approved",
    verb: edited ? "draft.edited" : missing > 0 ? "draft.approval_added" : "draft.approved",
    reclassified: edited || moved ? { id: newId("cls"), cause, classification } : null,
    moved,
  };
}

const unchanged = (draft: DraftUnderDecision) => ({
  payload: canonicalJson(draft.payload),
  payloadHash: draft.payloadHash,
});

function checkEdit(draft: DraftUnderDecision, edited: Record<string, unknown>, policy: LoadedPolicy) {
  const check = policy.validatePayload(edited);
  if (!check.ok) {
    const [first] = check.errors;
    const message = `${first?.path} ${first?.message}`;
    throw new CountersignError("invalid_payload", message, { fields: check.errors });
  }
  const payload = canonicalJson(edited);
  const payloadHash = sha256Hex(payload);
  if (payloadHash === draft.payloadHash) {
    throw new CountersignError("invalid_payload", "Nothing was changed. Approve it as it is, or edit it.");
  }
  return { payload, payloadHash };
}

/** What policy forbids nobody can approve, whether it was so at submission or has become so since. */
function requireAllowed({ tier, blocked_by, reasons }: Classification, isEdit: boolean): void {
  if (tier !== "prohibited" && blocked_by.length === 0) return;
  const why = reasons.join("; ");
  throw isEdit
    ? new CountersignError("invalid_payload", `Policy forbids this edit: ${why}.`)
    : new CountersignError(
        "hard_blocked",
        `Policy forbids this by now: ${why}. Reject it, or decide once that has changed.`,
      );
}
