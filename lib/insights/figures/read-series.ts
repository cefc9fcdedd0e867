import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { addDays, daysBetween, earliest, latest, type Period } from "./period";
import type { KeyedSums } from "./read-sums";
import type { Series, SeriesStep } from "./types";

interface Row {
  action_type: string;
  /** Steps back from the last. */
  back: number;
  automatic: number;
  approved: number;
  edited: number;
  rejected: number;
  changes_requested: number;
  lapsed: number;
  other: number;
}

/** Days up to two months one by one, up to a year by weeks, and beyond that by four weeks. */
const daysPerStepOf = ({ days }: Period): number => (days <= 62 ? 1 : days <= 400 ? 7 : 28);

/** What days add up to over a period, in equal steps back from its end; `live` are the sums of days not added up yet. */
export async function readSeries(
  ctx: Pick<Context, "db">,
  wanted: { period: Period; actionType: string | null; rolledUntil: string; live: readonly KeyedSums[] },
): Promise<Series> {
  const { period, actionType, rolledUntil, live } = wanted;
  const daysPerStep = daysPerStepOf(period);
  const rows = await ctx.db.rows<Row>(sql`
    SELECT action_type, (${period.to}::date - start) / ${daysPerStep}::int AS back, sum(automatic)::int AS automatic,
           sum(approved - edited)::int AS approved, sum(edited)::int AS edited, sum(rejected)::int AS rejected,
           sum(changes_requested)::int AS changes_requested, sum(lapsed)::int AS lapsed,
           sum(withdrawn + blocked)::int AS other
    FROM figure
    WHERE dimension = 'action_type' AND grain = 'day' AND start >= ${period.from}::date
      AND start < ${earliest(addDays(period.to, 1), rolledUntil)}::date
      AND (${actionType}::text IS NULL OR action_type = ${actionType})
    GROUP BY 1, 2`);
  for (const sums of live) {
    if (sums.dimension !== "action_type" || !sums.on_day) continue;
    rows.push({
      ...sums,
      back: Math.floor(daysBetween(sums.on_day, period.to) / daysPerStep),
      approved: sums.approved - sums.edited,
      other: sums.withdrawn + sums.blocked,
    });
  }
  const types = [...new Set(rows.map(({ action_type }) => action_type))];
  const stepsOf = (some: Row[]) => stepsFrom(some, period, daysPerStep);
  return {
    daysPerStep,
    total: stepsOf(rows),
    byType: Object.fromEntries(
      types.map((type) => [type, stepsOf(rows.filter(({ action_type }) => action_type === type))]),
    ),
  };
}

function stepsFrom(rows: Row[], { from, to, days }: Period, daysPerStep: number): SeriesStep[] {
  const count = Math.ceil(days / daysPerStep);
  const steps = Array.from({ length: count }, (_, index): SeriesStep => {
    const back = count - 1 - index;
    return {
      from: latest(from, addDays(to, 1 - daysPerStep * (back + 1))),
      to: addDays(to, -daysPerStep * back),
      automatic: 0,
      approved: 0,
      edited: 0,
      rejected: 0,
      changesRequested: 0,
      lapsed: 0,
      other: 0,
    };
  });
  for (const row of rows) {
    const step = steps[count - 1 - row.back]!;
    step.automatic += row.automatic;
    step.approved += row.approved;
    step.edited += row.edited;
    step.rejected += row.rejected;
    step.changesRequested += row.changes_requested;
    step.lapsed += row.lapsed;
    step.other += row.other;
  }
  return steps;
}
