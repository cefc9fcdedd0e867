import type { Context } from "@/lib/context";
import { type Statement, sql } from "@/lib/db/sql";
import { titleOf } from "@/lib/drafts/title-of";
import { rateOf } from "../figures/rate";
import { type AttentionFigures, LAST_WORK_HOUR, type PersonAttention, type WorkHour } from "./types";

interface Sums {
  person_id: string;
  person_name: string;
  /** Null for the sums over all of them. */
  action_type: string | null;
  decisions: number;
  timed: number;
  /** The first quartile, the median and the third. */
  seconds: [number, number, number] | null;
  in_batches: number;
  approvals: number;
  quick: number;
  plain: number;
  decided: number;
  looks: number;
  overturned: number;
  checks: number;
  caught: number;
  streak: number;
}

interface HourRow {
  person_id: string;
  hour: number;
  decisions: number;
  median: number | null;
  plain: number;
  decided: number;
}

interface Wanted {
  from: Date;
  until: Date;
  /** One person's alone; everybody's when left out. */
  personId?: string;
}

/** A pause after which work begins anew, minutes. */
const PAUSE_MINUTES = 60;

/**
 * What people decided in a stretch of time, read from the index of each person's decisions: its cost grows with what was
 * decided then, not with the history. LATERAL with OFFSET keeps the planner from reading all decisions or drafts instead.
 */
const madeIn = ({ from, until, personId }: Wanted): Statement => sql`
  SELECT person.id AS person_id, person.name AS person_name, draft.action_type, own.verdict, own.seconds_on_screen,
         own.was_quick, own.batch_id, own.decided_at,
         own.verdict IN ('uphold', 'overturn') AS is_look
  FROM person CROSS JOIN LATERAL (
    SELECT draft_id, verdict, seconds_on_screen, was_quick, batch_id, decided_at FROM decision
    WHERE decision.person_id = person.id AND decided_at >= ${from} AND decided_at < ${until} AND undone_at IS NULL
    OFFSET 0) AS own
  CROSS JOIN LATERAL (SELECT action_type, origin FROM draft WHERE draft.id = own.draft_id OFFSET 0) AS draft
  WHERE draft.origin = 'agent' AND (${personId ?? null}::text IS NULL OR person.id = ${personId ?? null})`;

/** Everybody who decided something, or was given a check, in that time; most decided first. */
export async function readAttention(ctx: Context, wanted: Wanted): Promise<PersonAttention[]> {
  const [sums, hours] = await Promise.all([readSums(ctx, wanted), readHours(ctx, wanted)]);
  const people = sums.filter(({ action_type }) => action_type === null);
  return people.map((total) => ({
    person: { id: total.person_id, name: total.person_name },
    total: toFigures(total),
    byType: sums
      .filter(({ person_id, action_type }) => action_type !== null && person_id === total.person_id)
      .map((row) => ({
        actionType: row.action_type!,
        title: titleOf(ctx.policies.get(row.action_type!), row.action_type!),
        ...toFigures(row),
      })),
    hours: hours.filter(({ person_id }) => person_id === total.person_id).map(toHour),
  }));
}

const readSums = (ctx: Context, wanted: Wanted): Promise<Sums[]> =>
  ctx.db.rows<Sums>(sql`
    WITH made AS (
      SELECT *, max(decided_at) FILTER (WHERE verdict <> 'approve' AND NOT is_look) OVER (PARTITION BY person_id) AS other_at,
             max(decided_at) FILTER (WHERE verdict <> 'approve' AND NOT is_look)
               OVER (PARTITION BY person_id, action_type) AS other_of_type_at
      FROM (${madeIn(wanted)}) AS every
    ), sums AS (
      SELECT person_id, max(person_name) AS person_name, action_type, count(*)::int AS decisions,
             count(seconds_on_screen)::int AS timed,
             percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY seconds_on_screen) AS seconds,
             count(batch_id)::int AS in_batches,
             (count(*) FILTER (WHERE verdict IN ('approve', 'edit_and_approve')))::int AS approvals,
             (count(*) FILTER (WHERE was_quick))::int AS quick,
             (count(*) FILTER (WHERE verdict = 'approve'))::int AS plain,
             (count(*) FILTER (WHERE NOT is_look))::int AS decided,
             (count(*) FILTER (WHERE is_look))::int AS looks,
             (count(*) FILTER (WHERE verdict = 'overturn'))::int AS overturned,
             CASE WHEN grouping(action_type) = 1
                  THEN count(*) FILTER (WHERE verdict = 'approve' AND decided_at > coalesce(other_at, '-infinity'))
                  ELSE count(*) FILTER (WHERE verdict = 'approve' AND decided_at > coalesce(other_of_type_at, '-infinity'))
             END::int AS streak
      FROM made GROUP BY GROUPING SETS ((person_id), (person_id, action_type))
    ), checks AS (
      SELECT person_id, max(person.name) AS person_name, action_type, count(*)::int AS checks,
             (count(*) FILTER (WHERE outcome = 'caught'))::int AS caught
      FROM seeded_check JOIN person ON person.id = person_id
      WHERE ended_at >= ${wanted.from} AND ended_at < ${wanted.until} AND outcome IN ('caught', 'missed')
        AND (${wanted.personId ?? null}::text IS NULL OR person_id = ${wanted.personId ?? null})
      GROUP BY GROUPING SETS ((person_id), (person_id, action_type))
    )
    SELECT coalesce(sums.person_id, checks.person_id) AS person_id,
           coalesce(sums.person_name, checks.person_name) AS person_name,
           coalesce(sums.action_type, checks.action_type) AS action_type, coalesce(decisions, 0) AS decisions,
           coalesce(timed, 0) AS timed, seconds, coalesce(in_batches, 0) AS in_batches,
           coalesce(approvals, 0) AS approvals, coalesce(quick, 0) AS quick, coalesce(plain, 0) AS plain,
           coalesce(decided, 0) AS decided, coalesce(looks, 0) AS looks, coalesce(overturned, 0) AS overturned,
           coalesce(checks, 0) AS checks, coalesce(caught, 0) AS caught, coalesce(streak, 0) AS streak
    FROM sums
    FULL JOIN checks ON checks.person_id = sums.person_id AND coalesce(checks.action_type, '') = coalesce(sums.action_type, '')
    ORDER BY decisions DESC NULLS LAST, person_name, action_type`);

const readHours = (ctx: Context, wanted: Wanted): Promise<HourRow[]> =>
  ctx.db.rows<HourRow>(sql`
    WITH made AS (${madeIn(wanted)}), after AS (
      SELECT *, decided_at - lag(decided_at) OVER each > make_interval(mins => ${PAUSE_MINUTES}) AS is_anew FROM made
      WINDOW each AS (PARTITION BY person_id ORDER BY decided_at)
    ), shifts AS (
      SELECT *, count(*) FILTER (WHERE is_anew) OVER (PARTITION BY person_id ORDER BY decided_at) AS shift FROM after
    ), placed AS (
      SELECT *, least(1 + floor(extract(epoch FROM decided_at - min(decided_at) OVER (PARTITION BY person_id, shift)) / 3600),
                      ${LAST_WORK_HOUR})::int AS hour FROM shifts
    )
    SELECT person_id, hour, count(*)::int AS decisions,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds_on_screen) AS median,
           (count(*) FILTER (WHERE verdict = 'approve'))::int AS plain,
           (count(*) FILTER (WHERE NOT is_look))::int AS decided
    FROM placed GROUP BY person_id, hour ORDER BY person_id, hour`);

const toFigures = (row: Sums): AttentionFigures => ({
  decisions: row.decisions,
  seconds:
    row.timed === 0
      ? null
      : { timed: row.timed, low: row.seconds![0], median: row.seconds![1], high: row.seconds![2] },
  inBatches: rateOf(row.in_batches, row.decisions),
  quick: rateOf(row.quick, row.approvals),
  approved: rateOf(row.plain, row.decided),
  overturned: rateOf(row.overturned, row.looks),
  caught: rateOf(row.caught, row.checks),
  streak: row.streak,
});

const toHour = ({ hour, decisions, median, plain, decided }: HourRow): WorkHour => ({
  hour,
  decisions,
  medianSeconds: median,
  approved: rateOf(plain, decided),
});
