import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import { classifyCheck } from "@/lib/checks/classify-check";
import type { Context } from "@/lib/context";
import { CountersignError, type FieldError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { departmentOf } from "@/lib/policy/department-of";
import { getPolicyOfVersion, policyVersionId } from "@/lib/policy-files/policy-versions";
import { approvalsMissing } from "@/lib/routing/quorum";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { sha256Hex } from "@/lib/trust/sha256";
import { classify } from "./classify";
import { fetchForDraft } from "./fetch-for-draft";
import { goesOnTo } from "./goes-on-to";
import { loadForDecision } from "./load-for-decision";
import type { Route, Tier } from "./types";
import { notAsked } from "./why-asked";

const schema = z.strictObject({
  draftId: z.string().min(1).max(100),
  payload: z.record(z.string(), z.unknown()),
});

/** What approving an edit would lead to, or what is wrong with it. */
export type EditPreview =
  | {
      valid: false;
      /** `path` is a JSON Pointer into the payload. */
      errors: FieldError[];
    }
  | {
      valid: true;
      tier: Tier;
      /** Of the draft as it waits now, to compare with. */
      tierBefore: Tier;
      route: Route;
      rule: string;
      reasons: string[];
      /** Hard blocks and prohibitions that forbid the edit; empty where it may be approved. */
      blockedBy: string[];
      /** Whether it goes on to others instead of being approved by this edit. */
      movesOn: boolean;
      approverRule: string | null;
      /** Those who would be asked next, by name: at most a dozen of `toWhomInAll`. */
      toWhom: string[];
      toWhomInAll: number;
      approvalsRequired: number;
      /** How many more have to approve after this edit, 0 when it is carried out then. */
      approvalsMissing: number;
    };

const MOST_NAMES = 12;

/**
 * What approving the draft with this payload would lead to now: judged as `decideDraft` judges it, and nothing written.
 * @throws CountersignError `forbidden`, `invalid_request`, `not_found`, `not_pending`, `not_eligible`.
 */
export async function previewEdit(ctx: Context, input: unknown): Promise<EditPreview> {
  const { db } = ctx;
  const actor = requirePermission(ctx.actor, "draft.decide");
  const { draftId, payload } = parseInput(schema, input);
  const draft = await loadForDecision(ctx, db, draftId, actor.personId, { lock: false });
  if (!draft) throw new CountersignError("not_found", "There is no such draft.");
  const { row, directory, entitlement } = draft;
  if (row.status !== "pending") {
    throw new CountersignError(
      "not_pending",
      `This draft is ${row.status} and no longer waits for a decision.`,
    );
  }
  if (!entitlement) throw new CountersignError("not_eligible", notAsked(draft));
  const policy = await getPolicyOfVersion(db, ctx.policies, row.action_type, row.policy_version_id);
  const check = policy.validatePayload(payload);
  if (!check.ok) return { valid: false, errors: check.errors };

  const { classification, department } = await judge();
  const { personId } = entitlement;
  const moved = goesOnTo(
    { draft, personId, policy, isEdit: true, now: ctx.now() },
    { classification, department, payload },
  );
  const isForbidden = classification.tier === "prohibited" || classification.blocked_by.length > 0;
  const approval = {
    principalId: entitlement.onBehalfOf ?? personId,
    payloadHash: sha256Hex(canonicalJson(payload)),
    edited: true,
  };
  const missing = moved
    ? moved.classification.approvals_required
    : approvalsMissing(row.approvals_required, approval.payloadHash, [...draft.approvals, approval]);
  const asked = (moved?.assignment.resolution ?? draft.resolution).approvers.filter(
    (approver) => approver.personId !== personId,
  );
  const next = missing > 0 ? asked : [];
  return {
    valid: true,
    tier: classification.tier,
    tierBefore: row.tier,
    route: classification.route,
    rule: classification.rule_name,
    reasons: classification.reasons,
    blockedBy: isForbidden
      ? classification.blocked_by.length > 0
        ? classification.blocked_by
        : ["prohibited"]
      : [],
    movesOn: moved !== null,
    approverRule: moved?.assignment.approverRule ?? row.approver_rule,
    toWhom: next
      .slice(0, MOST_NAMES)
      .map((approver) => directory.people.get(approver.personId)?.name ?? approver.personId),
    toWhomInAll: next.length,
    approvalsRequired: moved?.classification.approvals_required ?? row.approvals_required,
    approvalsMissing: missing,
  };

  async function judge() {
    if (row.origin === "check") return classifyCheck(policy, row.handling, payload);
    const fetched = await fetchForDraft(ctx, draftId, payload);
    const { classification, facts } = await classify(ctx, db, policy, {
      payload,
      subject: { type: row.subject_type, id: row.subject_id },
      agentId: row.acting_agent_id,
      excludeDraftId: row.id,
      fetched: fetched.get(policyVersionId(policy)),
    });
    return { classification, department: departmentOf(policy.policy, facts) };
  }
}
