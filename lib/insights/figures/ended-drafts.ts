import { type Statement, sql } from "@/lib/db/sql";
import { BUCKETS, LN_GROWTH } from "./spread";
import type { RolledDimension } from "./types";

interface Wanted {
  /** Decided from then on, and before that. */
  from: Date;
  until: Date;
  dimensions: readonly RolledDimension[];
  /** Of one action type; null of all. */
  actionType: string | null;
}

const BY_PEOPLE = sql`verdict IN ('approve', 'edit_and_approve', 'reject', 'request_changes')`;

/**
 * The drafts that stopped waiting in that time, one row each, with all that figures count of it: from the tables that
 * people write, by the index on when drafts were decided. OFFSET 0 keeps the planner to looking each draft up.
 */
const endedDrafts = ({ from, until, actionType }: Omit<Wanted, "dimensions">): Statement => sql`
  SELECT (draft.decided_at AT TIME ZONE 'UTC')::date AS day, draft.action_type, draft.agent_id,
         coalesce(decided_under.rule, '') AS rule, draft.route, draft.origin, draft.status, draft.after_review,
         draft.route IN ('auto_execute', 'execute_then_review') AS by_itself,
         -- Let through, whatever came of it afterwards: what is approved has an execution until it is taken back.
         coalesce(draft.status IN ('approved', 'executing', 'executed', 'failed')
                  OR (draft.status IN ('expired', 'blocked') AND carried.found), false) AS let_through,
         coalesce(draft.decided_payload_hash <> draft.payload_hash, false) AS changed,
         coalesce(carried.hash_mismatch, false) AS mismatched,
         coalesce(trail.escalated, false) AS escalated,
         coalesce(said.decisions, 0) AS decisions, coalesce(said.in_batches, 0) AS in_batches,
         coalesce(said.quick, 0) AS quick, said.screen_buckets,
         greatest(extract(epoch FROM draft.decided_at - draft.created_at), 0)::float8 AS seconds
  FROM draft
  LEFT JOIN LATERAL (SELECT rule FROM classification WHERE id = draft.classification_id OFFSET 0) AS decided_under ON true
  LEFT JOIN LATERAL (SELECT true AS found, hash_mismatch FROM execution WHERE draft_id = draft.id OFFSET 0) AS carried ON true
  LEFT JOIN LATERAL (
    SELECT true AS escalated FROM audit_event
    WHERE draft_id = draft.id AND verb = 'draft.escalated' AND draft.route IN ('batch_review', 'named_approver')
    LIMIT 1
  ) AS trail ON true
  LEFT JOIN LATERAL (
    SELECT count(*)::int AS decisions, count(batch_id)::int AS in_batches, (count(*) FILTER (WHERE was_quick))::int AS quick,
           array_agg(${bucketOf(sql`seconds_on_screen`)}) FILTER (WHERE seconds_on_screen IS NOT NULL) AS screen_buckets
    FROM decision
    WHERE draft_id = draft.id AND undone_at IS NULL AND draft.route IN ('batch_review', 'named_approver') AND ${BY_PEOPLE}
  ) AS said ON true
  WHERE draft.decided_at >= ${from} AND draft.decided_at < ${until}
    AND (${actionType}::text IS NULL OR draft.action_type = ${actionType})`;

/** As `bucketOf` in spread.ts. */
function bucketOf(seconds: Statement): Statement {
  return sql`(CASE WHEN ${seconds} < 1 THEN 0 ELSE least(${BUCKETS - 1}::int, greatest(1, ceil(ln(${seconds}::float8) / ${LN_GROWTH}::float8))::int) END)`;
}

/** Rows of the table `figure` but for their grain, of each day, straight from the drafts. */
export const figuresFromDrafts = (wanted: Wanted): Statement => sql`
  WITH ended AS MATERIALIZED (
    SELECT *, origin = 'agent' AS counts,
           CASE WHEN let_through AND by_itself THEN 'automatic' WHEN let_through THEN 'approved'
                WHEN status = 'expired' THEN 'lapsed' ELSE status END AS outcome
    FROM (${endedDrafts(wanted)}) AS draft
  ), told AS MATERIALIZED (
    SELECT ended.*, dimension, type, name
    FROM ended CROSS JOIN LATERAL (
      VALUES ('action_type', action_type, ''), ('rule', action_type, rule), ('agent', action_type, agent_id),
             ('agent_of_any_type', '', agent_id)
    ) AS told(dimension, type, name)
    WHERE dimension = ANY (${wanted.dimensions}::text[])
  ), counted AS (
    SELECT day, dimension, type, name,
           (count(*) FILTER (WHERE counts))::int AS decided,
           (count(*) FILTER (WHERE counts AND route = 'auto_execute'))::int AS auto_execute,
           (count(*) FILTER (WHERE counts AND route = 'execute_then_review'))::int AS execute_then_review,
           (count(*) FILTER (WHERE counts AND route = 'batch_review'))::int AS batch_review,
           (count(*) FILTER (WHERE counts AND route = 'named_approver'))::int AS named_approver,
           (count(*) FILTER (WHERE counts AND outcome = 'automatic'))::int AS automatic,
           (count(*) FILTER (WHERE counts AND outcome = 'approved'))::int AS approved,
           (count(*) FILTER (WHERE counts AND outcome = 'approved' AND changed))::int AS edited,
           (count(*) FILTER (WHERE counts AND outcome = 'rejected'))::int AS rejected,
           (count(*) FILTER (WHERE counts AND outcome = 'changes_requested'))::int AS changes_requested,
           (count(*) FILTER (WHERE counts AND outcome = 'lapsed'))::int AS lapsed,
           (count(*) FILTER (WHERE counts AND outcome = 'withdrawn'))::int AS withdrawn,
           (count(*) FILTER (WHERE counts AND outcome = 'blocked'))::int AS blocked,
           (count(*) FILTER (WHERE counts AND escalated))::int AS escalated,
           (count(*) FILTER (WHERE counts AND (escalated OR outcome = 'lapsed')))::int AS breached,
           (count(*) FILTER (WHERE counts AND status = 'executed'))::int AS executed,
           (count(*) FILTER (WHERE counts AND status = 'failed'))::int AS failed,
           (count(*) FILTER (WHERE counts AND mismatched))::int AS mismatched,
           (count(*) FILTER (WHERE counts AND after_review IS NOT NULL))::int AS sampled,
           (count(*) FILTER (WHERE counts AND after_review = 'upheld'))::int AS upheld,
           (count(*) FILTER (WHERE counts AND after_review = 'overturned'))::int AS overturned,
           coalesce(sum(decisions) FILTER (WHERE counts), 0)::int AS decisions,
           coalesce(sum(in_batches) FILTER (WHERE counts), 0)::int AS in_batches,
           coalesce(sum(quick) FILTER (WHERE counts), 0)::int AS quick,
           (count(*) FILTER (WHERE origin = 'import'))::int AS imported,
           (count(*) FILTER (WHERE origin = 'check'))::int AS checks
    FROM told GROUP BY day, dimension, type, name
  ), deciding AS (
    SELECT day, dimension, type, name, array_agg(bucket ORDER BY bucket) AS decide_buckets,
           array_agg(many ORDER BY bucket) AS decide_counts
    FROM (
      SELECT day, dimension, type, name, ${bucketOf(sql`seconds`)} AS bucket, count(*)::int AS many
      FROM told WHERE counts AND outcome IN ('approved', 'rejected', 'changes_requested') GROUP BY 1, 2, 3, 4, 5
    ) AS each GROUP BY 1, 2, 3, 4
  ), looking AS (
    SELECT day, dimension, type, name, array_agg(bucket ORDER BY bucket) AS screen_buckets,
           array_agg(many ORDER BY bucket) AS screen_counts
    FROM (
      SELECT day, dimension, type, name, bucket, count(*)::int AS many
      FROM told CROSS JOIN LATERAL unnest(screen_buckets) AS bucket WHERE counts GROUP BY 1, 2, 3, 4, 5
    ) AS each GROUP BY 1, 2, 3, 4
  )
  SELECT day, dimension, type AS action_type, name, decided, auto_execute, execute_then_review, batch_review, named_approver, automatic,
         approved, edited, rejected, changes_requested, lapsed, withdrawn, blocked, escalated, breached, executed, failed,
         mismatched, sampled, upheld, overturned, decisions, in_batches, quick, imported, checks,
         coalesce(decide_buckets, '{}') AS decide_buckets, coalesce(decide_counts, '{}') AS decide_counts,
         coalesce(screen_buckets, '{}') AS screen_buckets, coalesce(screen_counts, '{}') AS screen_counts
  FROM counted
  LEFT JOIN deciding USING (day, dimension, type, name)
  LEFT JOIN looking USING (day, dimension, type, name)`;
