import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { addDays, dayOf, daysBetween } from "./period";
import { FIGURES_VERSION } from "./refresh-figures";
import type { Preparation } from "./types";

/** Days that are over and not added up yet may hold so many drafts and be counted as they are, when the page is opened. */
const MOST_COUNTED_LIVE = 10_000;
/** Before anything was decided. */
const BEGINNING = "1970-01-01";

/** What a worker has counted of today is shown for so long; then the page counts by itself. */
const TODAY_IS_GOOD_MS = 600_000;

interface State {
  version: number;
  first_day: string | null;
  rolled_until: string | null;
  today_at: Date | null;
}

/** How far figures are added up. */
export interface FiguresState {
  /** Up to which day, not included; what comes after is counted as it is. */
  rolledUntil: string;
  /** Where today is among them: as of when. */
  asOf: string | null;
  /** What is not added up yet is too much to count. */
  preparing: Preparation | null;
}

/** How far figures are added up now. */
export async function readState(ctx: Pick<Context, "db" | "now">): Promise<FiguresState> {
  const now = ctx.now();
  const today = dayOf(now);
  const row = await ctx.db.row<State>(sql`
    SELECT version, first_day::text, rolled_until::text, today_at FROM figure_state WHERE id = 1`);
  const isCurrent = row !== null && row.version === FIGURES_VERSION && row.rolled_until !== null;
  const rolledUntil = isCurrent ? row.rolled_until! : BEGINNING;
  const todayAt = isCurrent && rolledUntil === today ? row.today_at : null;
  if (todayAt && Math.abs(now.getTime() - todayAt.getTime()) < TODAY_IS_GOOD_MS) {
    return { rolledUntil: addDays(today, 1), asOf: todayAt.toISOString(), preparing: null };
  }
  // Right after midnight a worker is at it: yesterday can be counted as today is.
  if (rolledUntil >= addDays(today, -1)) return { rolledUntil, asOf: null, preparing: null };
  const left = await ctx.db.row<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM (
      SELECT FROM draft WHERE decided_at >= ${new Date(`${rolledUntil}T00:00:00Z`)} AND decided_at IS NOT NULL
      LIMIT ${MOST_COUNTED_LIVE + 1}) AS found`);
  if (left!.count <= MOST_COUNTED_LIVE) return { rolledUntil, asOf: null, preparing: null };
  const first = isCurrent ? row.first_day! : today;
  const daysDone = isCurrent ? daysBetween(first, rolledUntil) : 0;
  return { rolledUntil, asOf: null, preparing: { daysDone, daysInAll: daysBetween(first, today) } };
}
