import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { Instant } from "@/lib/drafts/types";
import { policyVersionId } from "./policy-versions";

/** A recorded content of one policy folder. */
export interface PolicyVersionView {
  id: string;
  recordedAt: Instant;
  /** Drafts whose tier and route follow from it, as they are now. */
  drafts: number;
  inForce: boolean;
}

export interface PolicyVersions {
  /** The newest first. */
  versions: PolicyVersionView[];
  /** When set, drafts were counted among the newest so many of the action type only. */
  countedAmong: number | null;
}

const MOST = 200;
const MOST_COUNTED = 100_000;

/** The versions of a policy that this database has seen, at most the last 200. @throws CountersignError `forbidden`. */
export async function listVersions(ctx: Context, actionType: string): Promise<PolicyVersions> {
  requirePermission(ctx.actor, "organisation.read");
  const current = ctx.policies.get(actionType);
  const inForce = current && policyVersionId(current);
  const [rows, counts] = await Promise.all([
    ctx.db.rows<{ id: string; recorded_at: Date }>(sql`
      SELECT id, recorded_at FROM policy_version WHERE action_type = ${actionType}
      ORDER BY recorded_at DESC, id LIMIT ${MOST}`),
    ctx.db.rows<{ id: string; drafts: number }>(sql`
      SELECT policy_version_id AS id, count(*)::int AS drafts FROM (
        SELECT policy_version_id, origin FROM draft WHERE action_type = ${actionType}
        ORDER BY created_at DESC LIMIT ${MOST_COUNTED}
      ) AS newest WHERE origin = 'agent' GROUP BY policy_version_id`),
  ]);
  const drafts = new Map(counts.map((row) => [row.id, row.drafts]));
  const counted = counts.reduce((sum, row) => sum + row.drafts, 0);
  return {
    versions: rows.map(({ id, recorded_at }) => ({
      id,
      recordedAt: recorded_at.toISOString(),
      drafts: drafts.get(id) ?? 0,
      inForce: id === inForce,
    })),
    countedAmong: counted >= MOST_COUNTED ? MOST_COUNTED : null,
  };
}
