import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { FigureRow } from "@/lib/insights/figures/types";

/** The figures of one action type as anybody would write them in SQL who knows the tables and no rollups. */
export interface PlainFigures {
  decided: number;
  autoExecute: number;
  executeThenReview: number;
  batchReview: number;
  namedApprover: number;
  automatic: number;
  reviewed: number;
  approved: number;
  edited: number;
  rejected: number;
  changesRequested: number;
  lapsed: number;
  withdrawn: number;
  blocked: number;
  executed: number;
  failed: number;
  mismatched: number;
  chosen: number;
  upheld: number;
  overturned: number;
  waiting: number;
  overdue: number;
  decisions: number;
  inBatches: number;
  quick: number;
  imported: number;
  checks: number;
  /** Exact, where the rollups are within 2 %. */
  medianDecideSeconds: number | null;
  p90DecideSeconds: number | null;
  medianScreenSeconds: number | null;
}

/** Counts what was decided from `from` to `to`, UTC days, both included, by reading every draft and decision of it. */
export async function plainFigures(
  db: Database,
  { actionType, from, to }: { actionType: string; from: string; to: string },
): Promise<PlainFigures> {
  const row = await db.row<PlainFigures>(sql`
    WITH of_type AS (
      SELECT draft.*,
             (SELECT max(verdict) FROM decision WHERE decision.draft_id = draft.id AND undone_at IS NULL
                AND verdict NOT IN ('uphold', 'overturn')) AS verdict,
             (SELECT count(*) FROM decision WHERE decision.draft_id = draft.id AND undone_at IS NULL
                AND verdict = 'edit_and_approve') AS edits,
             (SELECT max(decided_at) FROM decision WHERE decision.draft_id = draft.id AND undone_at IS NULL
                AND verdict NOT IN ('uphold', 'overturn')) AS verdict_at
      FROM draft WHERE draft.action_type = ${actionType} AND draft.origin = 'agent'
    ), ended AS (
      SELECT * FROM of_type WHERE (decided_at AT TIME ZONE 'UTC')::date BETWEEN ${from}::date AND ${to}::date
    ), decisions AS (
      SELECT decision.* FROM decision JOIN ended ON ended.id = decision.draft_id
      WHERE undone_at IS NULL AND decision.verdict NOT IN ('uphold', 'overturn')
    ), apart AS (
      SELECT origin FROM draft
      WHERE action_type = ${actionType} AND (decided_at AT TIME ZONE 'UTC')::date BETWEEN ${from}::date AND ${to}::date
    )
    SELECT
      (SELECT count(*) FROM ended)::int AS decided,
      (SELECT count(*) FROM ended WHERE route = 'auto_execute')::int AS "autoExecute",
      (SELECT count(*) FROM ended WHERE route = 'execute_then_review')::int AS "executeThenReview",
      (SELECT count(*) FROM ended WHERE route = 'batch_review')::int AS "batchReview",
      (SELECT count(*) FROM ended WHERE route = 'named_approver')::int AS "namedApprover",
      (SELECT count(*) FROM ended WHERE verdict IS NULL AND status IN ('approved', 'executing', 'executed', 'failed'))::int AS automatic,
      (SELECT count(*) FROM ended WHERE verdict IS NOT NULL AND status NOT IN ('expired', 'withdrawn'))::int AS reviewed,
      (SELECT count(*) FROM ended WHERE verdict IS NOT NULL AND status IN ('approved', 'executing', 'executed', 'failed'))::int AS approved,
      (SELECT count(*) FROM ended WHERE edits > 0 AND status IN ('approved', 'executing', 'executed', 'failed'))::int AS edited,
      (SELECT count(*) FROM ended WHERE status = 'rejected')::int AS rejected,
      (SELECT count(*) FROM ended WHERE status = 'changes_requested')::int AS "changesRequested",
      (SELECT count(*) FROM ended WHERE status = 'expired')::int AS lapsed,
      (SELECT count(*) FROM ended WHERE status = 'withdrawn')::int AS withdrawn,
      (SELECT count(*) FROM ended WHERE status = 'blocked')::int AS blocked,
      (SELECT count(*) FROM ended WHERE status = 'executed')::int AS executed,
      (SELECT count(*) FROM ended WHERE status = 'failed')::int AS failed,
      (SELECT count(*) FROM ended JOIN execution ON execution.draft_id = ended.id WHERE hash_mismatch)::int AS mismatched,
      (SELECT count(*) FROM ended WHERE after_review IS NOT NULL)::int AS chosen,
      (SELECT count(*) FROM ended WHERE after_review = 'upheld')::int AS upheld,
      (SELECT count(*) FROM ended WHERE after_review = 'overturned')::int AS overturned,
      (SELECT count(*) FROM of_type WHERE status = 'pending')::int AS waiting,
      (SELECT count(*) FROM of_type WHERE status = 'pending' AND due_at < now())::int AS overdue,
      (SELECT count(*) FROM decisions)::int AS decisions,
      (SELECT count(*) FROM decisions WHERE batch_id IS NOT NULL)::int AS "inBatches",
      (SELECT count(*) FROM decisions WHERE was_quick)::int AS quick,
      (SELECT count(*) FROM apart WHERE origin = 'import')::int AS imported,
      (SELECT count(*) FROM apart WHERE origin = 'check')::int AS checks,
      (SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM decided_at - created_at))
       FROM ended WHERE verdict IS NOT NULL)::float8 AS "p90DecideSeconds",
      (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM decided_at - created_at))
       FROM ended WHERE verdict IS NOT NULL)::float8 AS "medianDecideSeconds",
      (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds_on_screen) FROM decisions)::float8 AS "medianScreenSeconds"`);
  return row!;
}

/** The same figures as the insights page has them. */
export const shownFigures = ({ now, queue }: Pick<FigureRow, "now" | "queue">): PlainFigures => ({
  decided: now.decided,
  ...now.byRoute,
  automatic: now.automatic,
  reviewed: now.reviewed,
  approved: now.approved,
  edited: now.edited,
  rejected: now.rejected,
  changesRequested: now.changesRequested,
  lapsed: now.lapsed,
  withdrawn: now.withdrawn,
  blocked: now.blocked,
  executed: now.executed,
  failed: now.failed,
  mismatched: now.mismatched,
  chosen: now.samples.chosen,
  upheld: now.samples.upheld,
  overturned: now.samples.overturned,
  waiting: queue.waiting,
  overdue: queue.overdue,
  decisions: now.attention.decisions,
  inBatches: now.attention.inBatches,
  quick: now.attention.quick,
  imported: now.imported,
  checks: now.checks,
  medianDecideSeconds: now.decideSeconds?.median ?? null,
  p90DecideSeconds: now.decideSeconds?.p90 ?? null,
  medianScreenSeconds: now.attention.medianSeconds,
});
