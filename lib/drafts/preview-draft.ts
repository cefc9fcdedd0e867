import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { fetchFacts } from "@/lib/facts/fetch-facts";
import { openHolds } from "@/lib/holds/open-holds";
import { toldToAgents } from "@/lib/holds/overturned-reason";
import { parseInput } from "@/lib/parse-input";
import { applyLease } from "@/lib/policy/apply-lease";
import { applyHolds, type Hold, holdsConcerning } from "@/lib/policy/holds";
import { policyVersionId } from "@/lib/policy-files/policy-versions";
import { canonicalForms, checkSubmission } from "./check-submission";
import { classify, routeOf, statusOf } from "./classify";
import { requireAgent } from "./require-agent";
import { submissionSchema } from "./submission";

/**
 * What submitting the draft now would lead to. Nothing is stored, and nothing reserved.
 * @throws CountersignError as `submitDraft` does for the same body.
 */
export async function previewDraft(ctx: Context, input: unknown) {
  const actor = requireAgent(ctx.actor, "drafts:write");
  const submission = parseInput(submissionSchema, input);
  const policy = ctx.policies.get(submission.action_type);
  if (!policy) {
    throw new CountersignError(
      "unknown_action_type",
      `No policy covers the action type ${JSON.stringify(submission.action_type)}.`,
    );
  }
  const forms = canonicalForms(submission);
  checkSubmission(policy, submission, forms, ctx.now());
  const { classification: evaluated } = await classify(ctx, ctx.db, policy, {
    payload: submission.payload,
    subject: submission.subject,
    agentId: actor.agentId,
    excludeDraftId: null,
    fetched: await fetchFacts(ctx, policy, submission),
  });
  const about = { actionType: submission.action_type, agentId: actor.agentId, requestingKeyId: null };
  const open = await ctx.db.row<{ holds: Hold[] }>(sql`
    SELECT (${openHolds({ ...about, now: ctx.now() })}) AS holds`);
  const holds = holdsConcerning(open!.holds, evaluated.rule_name, policy.policy);
  const classification = applyHolds(applyLease(evaluated, ctx.now()), holds);
  return {
    status: statusOf(classification),
    tier: classification.tier,
    route: routeOf(classification),
    rule: classification.rule_name,
    reasons: classification.reasons.map(toldToAgents),
    blocked_by: classification.blocked_by,
    conditions: classification.conditions,
    approver_rule: classification.approver_rule,
    sla_hours: classification.sla_hours,
    policy_version: policyVersionId(policy),
    payload_hash: forms.payloadHash,
  };
}
