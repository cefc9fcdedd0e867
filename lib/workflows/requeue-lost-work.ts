import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { findLostRequests } from "@/lib/drafting/find-lost-requests";
import { enqueueWorkflow } from "./enqueue";
import { unfinishedRuns } from "./unfinished-runs";

const LIMIT = 200;

/**
 * A second net below the transactional enqueueing: gives a new run to every webhook execution and request to the drafter
 * that is open, and every timer that is overdue by a minute, for which no run is queued, delayed or in flight (one that
 * failed on a defect, or was deleted by hand). A run and its successor are swapped in one transaction, so whatever one
 * statement sees without a run has truly lost it. One worker at a time. Resolves to how many it found, normally none.
 */
export async function requeueLostWork(db: Database, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const mine = await tx.row<{ locked: boolean }>(
      sql`SELECT pg_try_advisory_xact_lock(hashtextextended('requeue lost work', 0)) AS locked`,
    );
    if (!mine?.locked) return 0;
    const executions = await tx.rows<{ id: string }>(sql`
      WITH run AS (${unfinishedRuns("execute_draft")})
      SELECT execution.draft_id AS id
      FROM execution JOIN draft ON draft.id = execution.draft_id AND draft.status IN ('approved', 'executing')
      WHERE execution.finished_at IS NULL AND execution.executor = 'webhook'
        AND execution.created_at < ${now}::timestamptz - interval '1 minute'
        AND NOT EXISTS (SELECT 1 FROM run WHERE run.id = execution.draft_id)
      ORDER BY execution.created_at LIMIT ${LIMIT}`);
    const timers = await tx.rows<{ id: string; level: number }>(sql`
      WITH run AS (${unfinishedRuns("escalate_draft")})
      SELECT draft.id, draft.escalation_level AS level FROM draft
      WHERE draft.status = 'pending' AND least(draft.due_at, draft.deadline) < ${now}::timestamptz - interval '1 minute'
        AND NOT EXISTS (SELECT 1 FROM run WHERE run.id = draft.id)
        AND (draft.deadline < ${now} OR NOT EXISTS (
          SELECT 1 FROM audit_event
          WHERE audit_event.draft_id = draft.id AND verb = 'draft.escalated' AND event @> '{"held": true}'))
      ORDER BY draft.due_at LIMIT ${LIMIT}`);

    const requests = await findLostRequests(tx, now);
    for (const id of requests) {
      enqueueWorkflow(tx, "write_draft", { id: `write:${id}:lost:${now.getTime()}`, args: [id] });
    }
    for (const { id } of executions) {
      enqueueWorkflow(tx, "execute_draft", { id: `execute:${id}:lost:${now.getTime()}`, args: [id] });
    }
    for (const { id, level } of timers) {
      const timerId = `escalate:${id}:${level}:lost:${now.getTime()}`;
      enqueueWorkflow(tx, "escalate_draft", { id: timerId, args: [id, level] });
    }
    const found = executions.length + timers.length + requests.length;
    if (found > 0) {
      console.error(
        `worker: ${executions.length} executions, ${timers.length} timers and ${requests.length} requests to the drafter had lost their run; queued again`,
      );
    }
    return found;
  });
}
