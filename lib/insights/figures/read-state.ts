import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { addDays, dayOf, daysBetween } from "./period";
import { FIGURES_VERSION } from "./refresh-figures";
import type { Preparation } from "./types";

/** Days that are over and not added up yet may hold so many drafts and be counted as they are, when the page is opened. */
const MOST_COUNTED_LIVE = 10_000;
/** Before anything was decided. */
export const BEGINNING = "1970-01-01";

/**
 * Up to which day (not included) figures are added up; what comes after is counted as it is. `preparing` when that is
 * too much to count.
 */
export async function readState(
  ctx: Pick<Context, "db" | "now">,
): Promise<{ rolledUntil: string; preparing: Preparation | null }> {
  const today = dayOf(ctx.now());
  const row = await ctx.db.row<{
    version: number;
    first_day: string | null;
    rolled_until: string | null;
  }>(sql`
    SELECT version, first_day::text, rolled_until::text FROM figure_state WHERE id = 1`);
  const isCurrent = row !== null && row.version === FIGURES_VERSION && row.rolled_until !== null;
  const rolledUntil = isCurrent ? row.rolled_until! : BEGINNING;
  // Right after midnight a worker is at it: yesterday can be counted as today is.
  if (rolledUntil >= addDays(today, -1)) return { rolledUntil, preparing: null };
  const left = await ctx.db.row<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM (
      SELECT FROM draft WHERE decided_at >= ${new Date(`${rolledUntil}T00:00:00Z`)} AND decided_at IS NOT NULL
      LIMIT ${MOST_COUNTED_LIVE + 1}) AS found`);
  if (left!.count <= MOST_COUNTED_LIVE) return { rolledUntil, preparing: null };
  const first = isCurrent ? row.first_day! : today;
  return {
    rolledUntil,
    preparing: {
      daysDone: isCurrent ? daysBetween(first, rolledUntil) : 0,
      daysInAll: daysBetween(first, today),
    },
  };
}
