import { type Statement, sql } from "@/lib/db/sql";

/**
 * Adds rows of `figure` up: one row for each dimension, action type and name among them. The spreads of times add up
 * bucket by bucket.
 */
export const addUp = (rows: Statement): Statement => sql`
  WITH part AS MATERIALIZED (${rows}),
  counted AS (
    SELECT dimension, action_type, name, sum(decided)::int AS decided, sum(auto_execute)::int AS auto_execute,
           sum(execute_then_review)::int AS execute_then_review, sum(batch_review)::int AS batch_review,
           sum(named_approver)::int AS named_approver, sum(automatic)::int AS automatic, sum(approved)::int AS approved,
           sum(edited)::int AS edited, sum(rejected)::int AS rejected, sum(changes_requested)::int AS changes_requested,
           sum(lapsed)::int AS lapsed, sum(withdrawn)::int AS withdrawn, sum(blocked)::int AS blocked,
           sum(escalated)::int AS escalated, sum(breached)::int AS breached, sum(executed)::int AS executed,
           sum(failed)::int AS failed, sum(mismatched)::int AS mismatched, sum(sampled)::int AS sampled,
           sum(upheld)::int AS upheld, sum(overturned)::int AS overturned, sum(decisions)::int AS decisions,
           sum(in_batches)::int AS in_batches, sum(quick)::int AS quick, sum(imported)::int AS imported,
           sum(checks)::int AS checks
    FROM part GROUP BY dimension, action_type, name
  ), deciding AS (
    SELECT dimension, action_type, name, array_agg(bucket ORDER BY bucket) AS decide_buckets,
           array_agg(many ORDER BY bucket) AS decide_counts
    FROM (
      SELECT dimension, action_type, name, bucket, sum(many)::int AS many
      FROM part CROSS JOIN LATERAL unnest(decide_buckets, decide_counts) AS held(bucket, many) GROUP BY 1, 2, 3, 4
    ) AS each GROUP BY 1, 2, 3
  ), looking AS (
    SELECT dimension, action_type, name, array_agg(bucket ORDER BY bucket) AS screen_buckets,
           array_agg(many ORDER BY bucket) AS screen_counts
    FROM (
      SELECT dimension, action_type, name, bucket, sum(many)::int AS many
      FROM part CROSS JOIN LATERAL unnest(screen_buckets, screen_counts) AS held(bucket, many) GROUP BY 1, 2, 3, 4
    ) AS each GROUP BY 1, 2, 3
  )
  SELECT dimension, action_type, name, decided, auto_execute, execute_then_review, batch_review, named_approver, automatic,
         approved, edited, rejected, changes_requested, lapsed, withdrawn, blocked, escalated, breached, executed, failed,
         mismatched, sampled, upheld, overturned, decisions, in_batches, quick, imported, checks,
         coalesce(decide_buckets, '{}') AS decide_buckets, coalesce(decide_counts, '{}') AS decide_counts,
         coalesce(screen_buckets, '{}') AS screen_buckets, coalesce(screen_counts, '{}') AS screen_counts
  FROM counted
  LEFT JOIN deciding USING (dimension, action_type, name)
  LEFT JOIN looking USING (dimension, action_type, name)`;
