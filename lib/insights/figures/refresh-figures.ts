import type { Context } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { noticeChanges } from "./notice-changes";
import { addDays, dayOf, earliest } from "./period";
import { rollDays } from "./roll-days";

/** Rises when a figure comes to mean something else: all days are then added up anew. */
export const FIGURES_VERSION = 1;

const DAYS_AT_ONCE = 7;
/** A run ends after so many steps, so that a worker can stop: the next goes on. */
const MOST_STEPS = 100;

interface State {
  version: number;
  rolled_until: string | null;
}

/**
 * Brings the figures of past days up to date: adds up the days that are over, and once more those whose drafts have
 * changed since, which the trail tells. Each step is a transaction of its own, and one worker at a time makes them: the
 * others have nothing to do. Resolves to whether all days that are over are counted now.
 */
export async function refreshFigures(ctx: Pick<Context, "db" | "now">): Promise<boolean> {
  const { db } = ctx;
  const isMine = await db.transaction((tx) => begin(tx, dayOf(ctx.now())));
  if (!isMine) return false;
  for (let count = 0; count < MOST_STEPS; count++) {
    const step = await db.transaction((tx) => makeStep(tx, dayOf(ctx.now())));
    if (step === "done") await db.transaction((tx) => rollToday(tx, ctx.now()));
    if (step !== "more") return step === "done";
  }
  return false;
}

/** So many drafts of today a page counts by itself; of more, it shows what a worker has counted. */
const MOST_COUNTED_BY_PAGES = 500;
/** Of a worker's time, counting today takes this share at most. */
const SHARE_OF_TIME = 0.05;

/** Counts today, where that is much: the page says as of when. */
async function rollToday(tx: Transaction, now: Date): Promise<void> {
  const today = dayOf(now);
  const tomorrow = addDays(today, 1);
  const state = await tx.row<{ at: Date | null; took: number }>(sql`
    SELECT today_at AS at, today_took_ms AS took FROM figure_state
    WHERE id = 1 AND rolled_until = ${today}::date FOR UPDATE SKIP LOCKED`);
  if (!state) return;
  const sinceMs = state.at ? now.getTime() - state.at.getTime() : Number.POSITIVE_INFINITY;
  if (sinceMs >= 0 && sinceMs * SHARE_OF_TIME < state.took) return;
  const startedAt = performance.now();
  const decided = await tx.row<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM (
      SELECT FROM draft WHERE decided_at >= ${new Date(`${today}T00:00:00Z`)} LIMIT ${MOST_COUNTED_BY_PAGES + 1}
    ) AS found`);
  const isMuch = decided!.count > MOST_COUNTED_BY_PAGES;
  if (isMuch) await rollDays(tx, { from: today, until: tomorrow, rolledUntil: today });
  await tx.run(sql`
    UPDATE figure_state SET today_at = ${isMuch ? now : null}::timestamptz,
                            today_took_ms = ${Math.round(performance.now() - startedAt)}::int
    WHERE id = 1`);
}

/** The state, locked; null while another worker has it. */
const lockState = (tx: Transaction) =>
  tx.row<State>(sql`
    SELECT version, rolled_until::text FROM figure_state WHERE id = 1 FOR UPDATE SKIP LOCKED`);

async function begin(tx: Transaction, today: string): Promise<boolean> {
  const state = await lockState(tx);
  if (!state) return false;
  if (state.version === FIGURES_VERSION && state.rolled_until !== null)
    await noticeChanges(tx, state.rolled_until);
  else await startAnew(tx, today);
  return true;
}

/** From nothing: the first day is the one on which the first draft was decided. */
async function startAnew(tx: Transaction, today: string): Promise<void> {
  await tx.run(sql`DELETE FROM figure`);
  await tx.run(sql`DELETE FROM figure_dirty_day`);
  await tx.run(sql`
    UPDATE figure_state
    SET version = ${FIGURES_VERSION}, first_day = least(first.day, ${today}::date), rolled_until = least(first.day, ${today}::date),
        read_snapshot = pg_current_snapshot()::text,
        read_until = coalesce((SELECT id FROM audit_event WHERE recorded_at < clock_timestamp() - interval '2 minutes'
                               ORDER BY id DESC LIMIT 1), 0)
    FROM (SELECT (SELECT (decided_at AT TIME ZONE 'UTC')::date FROM draft WHERE decided_at IS NOT NULL
                  ORDER BY decided_at, id LIMIT 1) AS day) AS first
    WHERE figure_state.id = 1`);
}

async function makeStep(tx: Transaction, today: string): Promise<"more" | "done" | "taken"> {
  const state = await lockState(tx);
  if (state?.rolled_until == null) return "taken";
  const dirty = await tx.rows<{ day: string }>(sql`
    DELETE FROM figure_dirty_day WHERE day IN (SELECT day FROM figure_dirty_day ORDER BY day DESC LIMIT ${DAYS_AT_ONCE})
    RETURNING day::text`);
  for (const { day } of dirty)
    await rollDays(tx, { from: day, until: addDays(day, 1), rolledUntil: state.rolled_until });
  const until = earliest(addDays(state.rolled_until, DAYS_AT_ONCE), today);
  if (dirty.length === 0 && state.rolled_until < today) {
    await rollDays(tx, { from: state.rolled_until, until, rolledUntil: until });
    await tx.run(sql`UPDATE figure_state SET rolled_until = ${until}::date WHERE id = 1`);
    return "more";
  }
  await tx.run(sql`UPDATE figure_state SET refreshed_at = clock_timestamp() WHERE id = 1`);
  return dirty.length > 0 ? "more" : "done";
}
