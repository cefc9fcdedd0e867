import type { Context } from "@/lib/context";
import { type Statement, sql } from "@/lib/db/sql";
import { addUp } from "./add-up";
import { figuresFromDrafts } from "./ended-drafts";
import { addDays, type DaySpan, earliest, latest, monthOf } from "./period";
import type { FigureSums } from "./sum-figures";
import type { Dimension } from "./types";

export interface KeyedSums extends FigureSums {
  /** Of sums that are counted from the drafts: which day of. */
  on_day?: string;
  dimension: Dimension;
  action_type: string;
  name: string;
}

interface Wanted {
  span: DaySpan;
  dimensions: readonly Dimension[];
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
      ? ctx.db.rows<KeyedSums>(addUp(rolledRows(span.from, rolledTo, { dimensions, actionType })))
      : [],
    until > rolledUntil
      ? ctx.db.rows<KeyedSums>(
          live({
            from: midnight(latest(span.from, rolledUntil)),
            until: midnight(until),
            dimensions,
            actionType,
          }),
        )
      : [],
  ]);
  return [...rolled, ...counted];
}

const live = (wanted: Parameters<typeof figuresFromDrafts>[0]): Statement => sql`
  SELECT counted.*, counted.day::text AS on_day FROM (${figuresFromDrafts(wanted)}) AS counted`;

const midnight = (day: string) => new Date(`${day}T00:00:00Z`);

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
