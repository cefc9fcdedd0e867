import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { QueueFigures, RolledDimension } from "./types";

export interface KeyedQueue extends QueueFigures {
  actionType: string;
  name: string;
}

export const EMPTY_QUEUE: QueueFigures = { waiting: 0, oldestSeconds: null, medianSeconds: null, overdue: 0 };

/** What waits now by one dimension, of agents also whatever the action type, by the index on pending drafts. Ages count from submission. */
export function readQueue(
  ctx: Pick<Context, "db" | "now">,
  { by, actionType }: { by: RolledDimension | "all"; actionType: string | null },
): Promise<KeyedQueue[]> {
  const now = ctx.now();
  return ctx.db.rows<KeyedQueue>(sql`
    SELECT action_type AS "actionType", name, count(*)::int AS waiting, max(age)::float8 AS "oldestSeconds",
           (percentile_disc(0.5) WITHIN GROUP (ORDER BY age))::float8 AS "medianSeconds",
           (count(*) FILTER (WHERE due_at < ${now}::timestamptz))::int AS overdue
    FROM (
      SELECT CASE WHEN ${by} IN ('all', 'agent_of_any_type') THEN '' ELSE draft.action_type END AS action_type,
             CASE ${by}::text WHEN 'agent' THEN draft.agent_id WHEN 'agent_of_any_type' THEN draft.agent_id
                  WHEN 'rule' THEN (SELECT rule FROM classification WHERE id = draft.classification_id) ELSE '' END AS name,
             greatest(extract(epoch FROM ${now}::timestamptz - draft.created_at), 0) AS age, draft.due_at
      FROM draft
      WHERE draft.status = 'pending' AND draft.origin = 'agent'
        AND (${actionType}::text IS NULL OR draft.action_type = ${actionType})
    ) AS waiting
    GROUP BY 1, 2`);
}
