import type { Context } from "@/lib/context";
import { type Statement, sql } from "@/lib/db/sql";
import { addUp } from "./add-up";
import { figuresFromDrafts } from "./ended-drafts";
import { addDays, type DaySpan, earliest, latest, monthOf, startOf } from "./period";
import { spreadOf } from "./spread";
import type { FigureSums } from "./sum-figures";
import type { RolledDimension } from "./types";

export interface KeyedSums extends FigureSums {
  /** Of sums that are counted from the drafts: which day of. */
  on_day?: string;
  dimension: RolledDimension;
  action_type: string;
  name: string;
}

interface Wanted {
  span: DaySpan;
  dimensions: readonly RolledDimension[];
  actionType: string | null;
  /** Days from this one on are not added up yet. */
  rolledUntil: string;
}

/**
 * The sums of a stretch of days by each of these dimensions, in no order: whole months and single days as they are added
 * up, and what came after, counted from the drafts themselves. A key can come twice: once of each.
 */
export async function readSums(ctx: Pick<Context, "db">, wanted: Wanted): Promise<KeyedSums[]> {
  const { span, dimensions, actionType, rolledUntil } = wanted;
  const until = addDays(span.to, 1);
  const rolledTo = earliest(until, rolledUntil);
  const [rolled, counted] = await Promise.all([
    span.from < rolledTo
      ? ctx.db.rows<RolledRow>(addedUp(rolledRows(span.from, rolledTo, { dimensions, actionType })))
      : [],
    until > rolledUntil
      ? ctx.db.rows<LiveRow>(
          live({
            from: startOf(latest(span.from, rolledUntil)),
            until: startOf(until),
            dimensions,
            actionType,
          }),
        )
      : [],
  ]);
  return [
    ...rolled.map(({ decide_text, screen_text, ...row }) => ({
      ...row,
      deciding: spreadOf(JSON.parse(decide_text)),
      looking: spreadOf(JSON.parse(screen_text)),
    })),
    ...counted.map(({ decide_buckets, decide_counts, screen_buckets, screen_counts, ...row }) => ({
      ...row,
      deciding: { buckets: decide_buckets, counts: decide_counts },
      looking: { buckets: screen_buckets, counts: screen_counts },
    })),
  ];
}

type Key = Omit<KeyedSums, "deciding" | "looking">;
type RolledRow = Key & { decide_text: string; screen_text: string };
type LiveRow = Key &
  Record<"decide_buckets" | "decide_counts" | "screen_buckets" | "screen_counts", number[]>;

/** Vectors as text, and not twice. */
const addedUp = (rows: Statement): Statement => sql`
  SELECT dimension, action_type, name, decided, auto_execute, execute_then_review, batch_review, named_approver, automatic,
         approved, edited, rejected, changes_requested, lapsed, withdrawn, blocked, escalated, breached, executed, failed,
         mismatched, sampled, upheld, overturned, decisions, in_batches, quick, imported, checks,
         decide_spread::text AS decide_text, screen_spread::text AS screen_text
  FROM (${addUp(rows)}) AS added`;

const live = (wanted: Parameters<typeof figuresFromDrafts>[0]): Statement => sql`
  SELECT counted.*, counted.day::text AS on_day FROM (${figuresFromDrafts(wanted)}) AS counted`;

/** Whole months where there are some, and the days before and after them. */
function rolledRows(
  from: string,
  until: string,
  { dimensions, actionType }: Pick<Wanted, "dimensions" | "actionType">,
): Statement {
  const next = monthOf(from, from === monthOf(from) ? 0 : 1);
  const firstMonth = earliest(next, until);
  const endOfMonths = latest(monthOf(until), firstMonth);
  return sql`
    SELECT * FROM figure
    WHERE dimension = ANY (${dimensions}::text[]) AND (${actionType}::text IS NULL OR action_type = ${actionType})
      AND ((grain = 'month' AND start >= ${firstMonth}::date AND start < ${endOfMonths}::date)
        OR (grain = 'day' AND start >= ${from}::date AND start < ${firstMonth}::date)
        OR (grain = 'day' AND start >= ${endOfMonths}::date AND start < ${until}::date))`;
}
