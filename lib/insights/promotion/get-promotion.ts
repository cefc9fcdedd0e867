import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { isPlainText } from "@/lib/drafts/filter-limits";
import type { Instant } from "@/lib/drafts/types";
import { CountersignError } from "@/lib/errors";
import { leaseEndsAt } from "@/lib/policy/apply-lease";
import type { LoadedPolicies } from "@/lib/policy-files/load-policies";
import { policyVersionId } from "@/lib/policy-files/policy-versions";
import type { PromotionContent } from "./promotion-content";

export interface PromotionRow {
  id: string;
  action_type: string;
  rule: string;
  policy_version_id: string;
  status: "proposed" | "accepted" | "declined" | "withdrawn";
  lease_until: string;
  content: string;
  content_hash: string;
  reason: string;
  proposed_by_id: string;
  proposed_by: string;
  proposed_by_email: string;
  proposed_at: Date;
  decided_by_id: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  decision_reason: string | null;
  pull_request_state: "none" | "wanted" | "open" | "failed";
  pull_request_url: string | null;
  pull_request_error: string | null;
}

/** What has become of a promotion: `in_force` and `ended` are what the policies in force say of its rule. */
export type PromotionState = PromotionRow["status"] | "in_force" | "ended";

/** The id of a promotion whose rule is in force, and until when, as the policies have it. */
export function leasesIn(
  policies: LoadedPolicies,
): Map<string, { until: string; actionType: string; rule: string }> {
  const leases = new Map<string, { until: string; actionType: string; rule: string }>();
  for (const { actionType, policy } of policies.values()) {
    for (const { lease, name } of policy.rules) {
      if (lease?.promotion) leases.set(lease.promotion, { until: lease.until, actionType, rule: name });
    }
  }
  return leases;
}

/** Where an accepted promotion stands by the policies in force: a patch that nobody has applied yet is `accepted` only. */
export function stateOf(
  { id, status, lease_until }: Pick<PromotionRow, "id" | "status" | "lease_until">,
  policies: LoadedPolicies,
  now: Date,
): PromotionState {
  if (status !== "accepted") return status;
  const lease = leasesIn(policies).get(id);
  if (now >= leaseEndsAt({ until: lease?.until ?? lease_until })) return "ended";
  return lease ? "in_force" : "accepted";
}

export interface PromotionView {
  id: string;
  state: PromotionState;
  content: PromotionContent;
  /** What accepting must name. */
  contentHash: string;
  reason: string;
  proposedBy: { id: string; name: string };
  proposedAt: Instant;
  decidedBy: string | null;
  decidedAt: Instant | null;
  decisionReason: string | null;
  /** Until when it runs by itself, as the policy in force has it; else as proposed. */
  leaseUntil: string;
  /** The policy in force is not the one it was proposed for: it can no longer be accepted. */
  isOutdated: boolean;
  pullRequest: { state: PromotionRow["pull_request_state"]; url: string | null; error: string | null };
}

/**
 * One promotion with everything that was frozen.
 * @throws CountersignError `forbidden`, `not_found`.
 */
export async function getPromotion(ctx: Context, id: string): Promise<PromotionView> {
  requirePermission(ctx.actor, "insights.read");
  const row = await readPromotion(ctx.db, id);
  const current = ctx.policies.get(row.action_type);
  return {
    id: row.id,
    state: stateOf(row, ctx.policies, ctx.now()),
    content: JSON.parse(row.content) as PromotionContent,
    contentHash: row.content_hash,
    reason: row.reason,
    proposedBy: { id: row.proposed_by_id, name: row.proposed_by },
    proposedAt: row.proposed_at.toISOString(),
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    decisionReason: row.decision_reason,
    leaseUntil: leasesIn(ctx.policies).get(id)?.until ?? row.lease_until,
    isOutdated: row.status === "proposed" && (!current || policyVersionId(current) !== row.policy_version_id),
    pullRequest: {
      state: row.pull_request_state,
      url: row.pull_request_url,
      error: row.pull_request_error,
    },
  };
}

/** The row of a promotion with the names of its people. @throws CountersignError `not_found`. */
export async function readPromotion(db: Queryable, id: string): Promise<PromotionRow> {
  const row = isPlainText(id) ? await readRow(db, id) : null;
  if (!row) throw new CountersignError("not_found", "There is no such promotion.");
  return row;
}

const readRow = (db: Queryable, id: string): Promise<PromotionRow | null> =>
  db.row<PromotionRow>(sql`
    SELECT promotion.*, proposer.name AS proposed_by, proposer.email AS proposed_by_email, decider.name AS decided_by
    FROM promotion JOIN person AS proposer ON proposer.id = promotion.proposed_by_id
    LEFT JOIN person AS decider ON decider.id = promotion.decided_by_id
    WHERE promotion.id = ${id}`);
