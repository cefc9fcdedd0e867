import { type Statement, sql } from "@/lib/db/sql";

/** Adds rows of `figure` up: one row for each dimension, action type and name among them. */
export const addUp = (rows: Statement): Statement => sql`
  SELECT dimension, action_type, name, sum(decided)::int AS decided, sum(auto_execute)::int AS auto_execute,
         sum(execute_then_review)::int AS execute_then_review, sum(batch_review)::int AS batch_review,
         sum(named_approver)::int AS named_approver, sum(automatic)::int AS automatic, sum(approved)::int AS approved,
         sum(edited)::int AS edited, sum(rejected)::int AS rejected, sum(changes_requested)::int AS changes_requested,
         sum(lapsed)::int AS lapsed, sum(withdrawn)::int AS withdrawn, sum(blocked)::int AS blocked,
         sum(escalated)::int AS escalated, sum(breached)::int AS breached, sum(executed)::int AS executed,
         sum(failed)::int AS failed, sum(mismatched)::int AS mismatched, sum(sampled)::int AS sampled,
         sum(upheld)::int AS upheld, sum(overturned)::int AS overturned, sum(decisions)::int AS decisions,
         sum(in_batches)::int AS in_batches, sum(quick)::int AS quick, sum(imported)::int AS imported,
         sum(checks)::int AS checks, sum(decide_spread) AS decide_spread, sum(screen_spread) AS screen_spread
  FROM (${rows}) AS part GROUP BY dimension, action_type, name`;
