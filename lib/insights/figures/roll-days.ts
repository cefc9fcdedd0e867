import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { addUp } from "./add-up";
import { figuresFromDrafts } from "./ended-drafts";
import { monthOf } from "./period";
import type { Dimension } from "./types";

export const DIMENSIONS: readonly Dimension[] = ["action_type", "rule", "agent"];

const midnight = (day: string) => new Date(`${day}T00:00:00Z`);

/**
 * Adds up the UTC days from `from` to before `until` anew, from the drafts themselves, and then the months that they are
 * in, where those are over: all their days are before `rolledUntil`. In the caller's transaction.
 */
export async function rollDays(
  tx: Transaction,
  { from, until, rolledUntil }: { from: string; until: string; rolledUntil: string },
): Promise<void> {
  await tx.run(sql`DELETE FROM figure WHERE grain = 'day' AND dimension = ANY (${DIMENSIONS}::text[])
    AND start >= ${from}::date AND start < ${until}::date`);
  await tx.run(sql`
    INSERT INTO figure (start, dimension, action_type, name, decided, auto_execute, execute_then_review, batch_review,
                        named_approver, automatic, approved, edited, rejected, changes_requested, lapsed, withdrawn, blocked,
                        escalated, breached, executed, failed, mismatched, sampled, upheld, overturned, decisions, in_batches,
                        quick, imported, checks, decide_buckets, decide_counts, screen_buckets, screen_counts, grain)
    SELECT rolled.*, 'day'
    FROM (${figuresFromDrafts({ from: midnight(from), until: midnight(until), dimensions: DIMENSIONS, actionType: null })}) AS rolled`);
  for (let month = monthOf(from); month < until; month = monthOf(month, 1)) {
    if (monthOf(month, 1) <= rolledUntil) await rollMonth(tx, month);
  }
}

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
                        quick, imported, checks, decide_buckets, decide_counts, screen_buckets, screen_counts, grain, start)
    SELECT added.*, 'month', ${month}::date FROM (${addUp(days)}) AS added`);
}
