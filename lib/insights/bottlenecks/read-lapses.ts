import type { Context } from "@/lib/context";
import { type Statement, sql } from "@/lib/db/sql";
import { titleOf } from "@/lib/drafts/title-of";
import { DEFAULT_APPROVER_RULE } from "@/lib/policy/compile-policy";
import { rateOf } from "../figures/rate";
import type { Bottlenecks, HourCell } from "./types";

/** So many of the drafts that were decided last are read: by people, and by policy. */
export const MOST_READ = 50_000;

interface Row {
  weekday: number | null;
  hour: number | null;
  action_type: string | null;
  rule: string | null;
  approver_rule: string | null;
  drafts: number;
  lapsed: number;
  escalated: number;
  expired: number;
  read: number;
}

/**
 * The drafts that stopped waiting for people in a stretch of time, the latest first: from the index by when drafts were
 * decided, at most MOST_READ entries of it. They began to wait when they were submitted, for the approver rule that
 * their classification names.
 */
export const waitedForPeople = ({ from, until }: { from: Date; until: Date }): Statement => sql`
  SELECT latest.id, latest.action_type, latest.created_at, latest.decided_at, latest.status, latest.escalation_level,
         classification.rule, coalesce(classification.approver_rule, ${DEFAULT_APPROVER_RULE}) AS approver_rule,
         latest.status = 'expired' OR latest.escalation_level > 0 OR latest.decided_at > latest.due_at AS lapsed
  FROM (
    SELECT id, action_type, created_at, decided_at, due_at, status, escalation_level, route, origin, after_review,
           classification_id
    FROM draft WHERE decided_at IS NOT NULL AND decided_at >= ${from} AND decided_at < ${until}
    ORDER BY decided_at DESC, id DESC LIMIT ${MOST_READ}
  ) AS latest
  JOIN classification ON classification.id = latest.classification_id
  WHERE latest.origin = 'agent' AND latest.route IN ('batch_review', 'named_approver') AND latest.after_review IS NULL
    AND latest.status NOT IN ('blocked', 'withdrawn')`;

/** Where and when the time of what waited for people ran out. `zone` is the one of the hours. */
export async function readLapses(
  ctx: Pick<Context, "db" | "policies">,
  stretch: { from: Date; until: Date; zone: string },
): Promise<Bottlenecks["lapses"]> {
  const rows = await ctx.db.rows<Row>(sql`
    WITH waited AS MATERIALIZED (
      SELECT *, extract(isodow FROM created_at AT TIME ZONE ${stretch.zone})::int AS weekday,
             extract(hour FROM created_at AT TIME ZONE ${stretch.zone})::int AS hour
      FROM (${waitedForPeople(stretch)}) AS waited
    )
    SELECT weekday, hour, action_type, rule, approver_rule, count(*)::int AS drafts,
           (count(*) FILTER (WHERE lapsed))::int AS lapsed,
           (count(*) FILTER (WHERE escalation_level > 0))::int AS escalated,
           (count(*) FILTER (WHERE status = 'expired'))::int AS expired,
           (SELECT count(*)::int FROM (SELECT FROM draft WHERE decided_at IS NOT NULL AND decided_at >= ${stretch.from}
              AND decided_at < ${stretch.until} LIMIT ${MOST_READ + 1}) AS bounded) AS read
    FROM waited GROUP BY GROUPING SETS ((weekday, hour), (action_type, rule, approver_rule))`);
  const byRule = rows
    .filter(({ action_type }) => action_type !== null)
    .map((row) => ({
      actionType: row.action_type!,
      title: titleOf(ctx.policies.get(row.action_type!), row.action_type!),
      rule: row.rule!,
      approverRule: row.approver_rule!,
      lapsed: row.lapsed,
      escalated: row.escalated,
      expired: row.expired,
      rate: rateOf(row.lapsed, row.drafts)!,
    }))
    .sort((one, other) => other.lapsed - one.lapsed || other.rate.of - one.rate.of);
  return {
    byRule,
    byHour: rows.filter(({ weekday }) => weekday !== null).map(toCell),
    drafts: byRule.reduce((sum, { rate }) => sum + rate.of, 0),
    isAll: (rows[0]?.read ?? 0) <= MOST_READ,
  };
}

const toCell = ({ weekday, hour, drafts, lapsed }: Row): HourCell => ({
  weekday: weekday!,
  hour: hour!,
  drafts,
  lapsed,
});
