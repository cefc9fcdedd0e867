import type { Context } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { addDays, dayOf, earliest } from "./period";
import { rollDays } from "./roll-days";

/** Rises when a figure comes to mean something else: all days are then added up anew. */
export const FIGURES_VERSION = 1;

const EVENTS_AT_ONCE = 10_000;
const DAYS_AT_ONCE = 7;
/** A run ends after so many steps, so that a worker can stop: the next goes on. */
const MOST_STEPS = 400;

interface State {
  version: number;
  rolled_until: string | null;
  read_until: string;
}
type Step = "more" | "done" | "taken";

/**
 * Brings the figures of past days up to date: adds up the days that are over, and once more those whose drafts have
 * changed since, which the trail tells. Each step is a transaction of its own, and one worker at a time makes them: the
 * others have nothing to do. Resolves to whether all days that are over are counted now.
 */
export async function refreshFigures(ctx: Pick<Context, "db" | "now">): Promise<boolean> {
  for (let count = 0; count < MOST_STEPS; count++) {
    const step = await ctx.db.transaction((tx) => makeStep(tx, dayOf(ctx.now())));
    if (step !== "more") return step === "done";
  }
  return false;
}

async function makeStep(tx: Transaction, today: string): Promise<Step> {
  const state = await tx.row<State>(sql`
    SELECT version, rolled_until::text, read_until::text FROM figure_state WHERE id = 1 FOR UPDATE SKIP LOCKED`);
  if (!state) return "taken";
  if (state.version !== FIGURES_VERSION || state.rolled_until === null) {
    await startAnew(tx, today);
    return "more";
  }
  const hasMoreNews = await noticeChanges(tx, state.read_until, state.rolled_until);
  const dirty = await tx.rows<{ day: string }>(sql`
    DELETE FROM figure_dirty_day WHERE day IN (SELECT day FROM figure_dirty_day ORDER BY day DESC LIMIT ${DAYS_AT_ONCE})
    RETURNING day::text`);
  if (dirty.length > 0) {
    const days = dirty.map(({ day }) => day);
    for (const day of days)
      await rollDays(tx, { from: day, until: addDays(day, 1), rolledUntil: state.rolled_until });
    return "more";
  }
  if (state.rolled_until < today) {
    const until = earliest(addDays(state.rolled_until, DAYS_AT_ONCE), today);
    await rollDays(tx, { from: state.rolled_until, until, rolledUntil: until });
    await tx.run(
      sql`UPDATE figure_state SET rolled_until = ${until}::date, refreshed_at = clock_timestamp() WHERE id = 1`,
    );
    return "more";
  }
  await tx.run(sql`UPDATE figure_state SET refreshed_at = clock_timestamp() WHERE id = 1`);
  return hasMoreNews ? "more" : "done";
}

/** From nothing: the first day is the one on which the first draft was decided. */
async function startAnew(tx: Transaction, today: string): Promise<void> {
  await tx.run(sql`DELETE FROM figure`);
  await tx.run(sql`DELETE FROM figure_dirty_day`);
  await tx.run(sql`
    UPDATE figure_state SET version = ${FIGURES_VERSION}, first_day = least(first.day, ${today}::date),
                            rolled_until = least(first.day, ${today}::date), read_until = ${await lastSettledEvent(tx)}::bigint
    FROM (SELECT (SELECT (decided_at AT TIME ZONE 'UTC')::date FROM draft WHERE decided_at IS NOT NULL
                  ORDER BY decided_at, id LIMIT 1) AS day) AS first
    WHERE figure_state.id = 1`);
}

async function lastSettledEvent(tx: Transaction): Promise<string> {
  const row = await tx.row<{ id: string }>(sql`
    SELECT id::text FROM audit_event WHERE recorded_at < clock_timestamp() - interval '2 minutes' ORDER BY id DESC LIMIT 1`);
  return row?.id ?? "0";
}

/**
 * Marks the days that events since the last reading are about: the day on which each draft was decided, and, where
 * something has happened that may have taken it off another day, every day on which anything happened to it.
 * Numbers of events are given out before their transactions commit, and none of ours stays open for two minutes: those of
 * the last two are read again the next time. Resolves to whether there is more to read at once.
 */
async function noticeChanges(tx: Transaction, readUntil: string, rolledUntil: string): Promise<boolean> {
  const read = await tx.row<{ events: number; settled: string | null }>(sql`
    WITH news AS MATERIALIZED (
      SELECT id, draft_id, verb, recorded_at FROM audit_event WHERE id > ${readUntil}::bigint ORDER BY id LIMIT ${EVENTS_AT_ONCE}
    ), concerned AS MATERIALIZED (
      SELECT draft_id, bool_or(verb <> ALL (${MOVES_ON}::text[])) AS may_have_waited FROM news
      WHERE draft_id IS NOT NULL GROUP BY draft_id
    ), days AS (
      SELECT (draft.decided_at AT TIME ZONE 'UTC')::date AS day
      FROM concerned CROSS JOIN LATERAL (SELECT decided_at FROM draft WHERE id = concerned.draft_id OFFSET 0) AS draft
      UNION
      SELECT (event.occurred_at AT TIME ZONE 'UTC')::date
      FROM concerned CROSS JOIN LATERAL (SELECT occurred_at FROM audit_event WHERE draft_id = concerned.draft_id OFFSET 0) AS event
      WHERE may_have_waited
    ), marked AS (
      INSERT INTO figure_dirty_day SELECT day FROM days WHERE day < ${rolledUntil}::date ON CONFLICT DO NOTHING
    )
    SELECT count(*)::int AS events,
           (max(id) FILTER (WHERE recorded_at < clock_timestamp() - interval '2 minutes'))::text AS settled FROM news`);
  const { events, settled } = read!;
  if (settled === null) return false;
  await tx.run(sql`UPDATE figure_state SET read_until = ${settled}::bigint WHERE id = 1`);
  return events === EVENTS_AT_ONCE;
}

/**
 * What never takes a draft that was decided back to waiting. A verb that is not known here may have done so.
 */
const MOVES_ON = [
  "draft.submitted",
  "draft.approved",
  "draft.approval_added",
  "draft.edited",
  "draft.rejected",
  "draft.changes_requested",
  "draft.blocked",
  "draft.escalated",
  "draft.expired",
  "draft.upheld",
  "draft.overturned",
  "draft.withdrawn",
  "draft.decision_denied",
  "execution.started",
  "execution.claimed",
  "execution.succeeded",
  "execution.failed",
  "execution.mismatched",
];
