import { DBOSExecutor } from "@dbos-inc/dbos-sdk/internal/dbos-executor";
import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { APPLICATION_NAME, APPLICATION_VERSION } from "./enqueue";
import { DEAD_AFTER_MS } from "./heartbeat";

/**
 * Hands the work that was in flight on workers that no longer live back to the queues, and forgets those workers.
 * Resolves to the ids of those it took over: a dead worker's row is deleted by one caller only, and each of its
 * workflows is handed back once. Work under an id that has no row any more (a caller died here) is found as well.
 */
export async function recoverDeadWorkers(db: Database, ownId: string): Promise<string[]> {
  const silent = await db.rows<{ executor_id: string }>(sql`
    DELETE FROM worker_heartbeat
    WHERE executor_id <> ${ownId} AND beat_at < now() - ${DEAD_AFTER_MS} * interval '1 millisecond'
    RETURNING executor_id`);
  const unknown = await db.rows<{ executor_id: string }>(sql`
    SELECT DISTINCT run.executor_id FROM dbos.workflow_status AS run
    WHERE run.status = 'PENDING' AND run.application_name = ${APPLICATION_NAME}
      AND run.application_version = ${APPLICATION_VERSION} AND run.executor_id <> ${ownId}
      AND run.started_at_epoch_ms < extract(epoch FROM now()) * 1000 - ${DEAD_AFTER_MS}
      AND NOT EXISTS (SELECT 1 FROM worker_heartbeat WHERE executor_id = run.executor_id)`);
  const dead = [...new Set([...silent, ...unknown].map((row) => row.executor_id))];
  if (dead.length === 0) return [];
  const recovered = await DBOSExecutor.globalInstance?.recoverPendingWorkflows(dead);
  if (recovered?.length) {
    console.log(`worker: took over ${recovered.length} unfinished workflows of ${dead.join(", ")}`);
  }
  return dead;
}
