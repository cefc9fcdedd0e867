import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { RuleQueue } from "./types";

export type QueueAges = Omit<RuleQueue, "asked" | "asksNobody" | "stuck">;

/** What waits now by approver rule, the most overdue first, by the index of pending drafts. Checks are left out. */
export function readQueues(ctx: Pick<Context, "db" | "now">): Promise<QueueAges[]> {
  const now = ctx.now();
  return ctx.db.rows<QueueAges>(sql`
    SELECT approver_rule AS rule, count(*)::int AS waiting, max(age)::float8 AS "oldestSeconds",
           (percentile_cont(0.5) WITHIN GROUP (ORDER BY age))::float8 AS "medianSeconds",
           (count(*) FILTER (WHERE due_at <= ${now}::timestamptz))::int AS overdue,
           (count(*) FILTER (WHERE due_at > ${now}::timestamptz AND due_at <= ${now}::timestamptz + interval '2 hours'))::int AS "dueSoon",
           (count(*) FILTER (WHERE escalation_level > 0))::int AS escalated
    FROM (
      SELECT approver_rule, due_at, escalation_level,
             greatest(extract(epoch FROM ${now}::timestamptz - coalesce(waiting_since, created_at)), 0) AS age
      FROM draft WHERE status = 'pending' AND origin = 'agent'
    ) AS waiting
    GROUP BY approver_rule ORDER BY overdue DESC, max(age) DESC, approver_rule`);
}
