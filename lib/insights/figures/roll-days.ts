import type { Transaction } from "@/lib/db/database";
import { type Statement, sql } from "@/lib/db/sql";
import { addUp } from "./add-up";
import { figuresFromDrafts } from "./ended-drafts";
import { monthOf, startOf } from "./period";
import { BUCKETS } from "./spread";
import type { RolledDimension } from "./types";

export const DIMENSIONS: readonly RolledDimension[] = ["action_type", "rule", "agent", "agent_of_any_type"];

/**
 * Adds up the UTC days from `from` to before `until` anew, from the drafts themselves, and then the months that they are
 * in, where those are over: all their days are before `rolledUntil`. In the caller's transaction.
 */
export async function rollDays(
  tx: Transaction,
  { from, until, rolledUntil }: { from: string; until: string; rolledUntil: string },
): Promise<void> {
  const days = figuresFromDrafts({
    from: startOf(from),
    until: startOf(until),
    dimensions: DIMENSIONS,
    actionType: null,
  });
  await tx.run(sql`
    DELETE FROM figure
    WHERE grain = 'day' AND dimension = ANY (${DIMENSIONS}::text[]) AND start >= ${from}::date AND start < ${until}::date`);
  await tx.run(sql`
    INSERT INTO figure (grain, start, dimension, action_type, name, decided, auto_execute, execute_then_review, batch_review,
                        named_approver, automatic, approved, edited, rejected, changes_requested, lapsed, withdrawn, blocked,
                        escalated, breached, executed, failed, mismatched, sampled, upheld, overturned, decisions, in_batches,
                        quick, imported, checks, decide_spread, screen_spread)
    SELECT 'day', day, dimension, action_type, name, decided, auto_execute, execute_then_review, batch_review,
           named_approver, automatic, approved, edited, rejected, changes_requested, lapsed, withdrawn, blocked,
           escalated, breached, executed, failed, mismatched, sampled, upheld, overturned, decisions, in_batches,
           quick, imported, checks, ${everyBucket(sql`decide_buckets`, sql`decide_counts`)},
           ${everyBucket(sql`screen_buckets`, sql`screen_counts`)}
    FROM (${days}) AS rolled`);
  for (let month = monthOf(from); month < until; month = monthOf(month, 1)) {
    if (monthOf(month, 1) <= rolledUntil) await rollMonth(tx, month);
  }
}

/** A number for every bucket, as a vector: those add up quickly. */
const everyBucket = (buckets: Statement, counts: Statement): Statement => sql`
  (SELECT array_agg(coalesce(many, 0)::real ORDER BY bucket)
   FROM generate_series(0, ${BUCKETS - 1}::int) AS bucket LEFT JOIN unnest(${buckets}, ${counts}) AS held(at, many) ON at = bucket
  )::vector`;

async function rollMonth(tx: Transaction, month: string): Promise<void> {
  await tx.run(sql`
    DELETE FROM figure WHERE grain = 'month' AND dimension = ANY (${DIMENSIONS}::text[]) AND start = ${month}::date`);
  const days = sql`
    SELECT * FROM figure WHERE grain = 'day' AND dimension = ANY (${DIMENSIONS}::text[])
      AND start >= ${month}::date AND start < ${monthOf(month, 1)}::date`;
  await tx.run(sql`
    INSERT INTO figure (dimension, action_type, name, decided, auto_execute, execute_then_review, batch_review,
                        named_approver, automatic, approved, edited, rejected, changes_requested, lapsed, withdrawn, blocked,
                        escalated, breached, executed, failed, mismatched, sampled, upheld, overturned, decisions, in_batches,
                        quick, imported, checks, decide_spread, screen_spread, grain, start)
    SELECT added.*, 'month', ${month}::date FROM (${addUp(days)}) AS added`);
}
