import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { titleOf } from "@/lib/drafts/title-of";
import type { Outcome } from "@/lib/drafts/types";

/** What the library holds of one action type. */
export interface LibraryCount {
  actionType: string;
  title: string;
  /** Whether a policy covers it now; without one, no prompt sees any of it. */
  covered: boolean;
  /** By outcome, withdrawn ones too. */
  outcomes: Record<Outcome, number>;
  total: number;
  withdrawn: number;
}

/**
 * What the library holds by action type, the largest first; a type that a policy covers is listed even when nothing of it
 * was decided yet.
 * @throws CountersignError `forbidden`.
 */
export async function countLibrary(ctx: Context): Promise<LibraryCount[]> {
  requirePermission(ctx.actor, "insights.read");
  const [counts, withdrawn] = await Promise.all([
    ctx.db.rows<{ action_type: string; outcome: Outcome; count: number }>(
      sql`SELECT action_type, outcome, count(*)::int AS count FROM example GROUP BY action_type, outcome`,
    ),
    ctx.db.rows<{ action_type: string; count: number }>(sql`
      SELECT action_type, count(*)::int AS count FROM example WHERE withdrawn_at IS NOT NULL GROUP BY action_type`),
  ]);
  const types = new Set([...ctx.policies.keys(), ...counts.map(({ action_type }) => action_type)]);
  return [...types]
    .map((actionType) => {
      const of = (outcome: Outcome) =>
        counts.find((row) => row.action_type === actionType && row.outcome === outcome)?.count ?? 0;
      const outcomes = {
        approved: of("approved"),
        edited: of("edited"),
        rejected: of("rejected"),
        changes_requested: of("changes_requested"),
      };
      const policy = ctx.policies.get(actionType);
      return {
        actionType,
        title: titleOf(policy, actionType),
        covered: policy !== undefined,
        outcomes,
        total: Object.values(outcomes).reduce((sum, count) => sum + count, 0),
        withdrawn: withdrawn.find((row) => row.action_type === actionType)?.count ?? 0,
      };
    })
    .sort((one, other) => other.total - one.total || one.title.localeCompare(other.title));
}
