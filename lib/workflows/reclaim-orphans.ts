import { DBOSExecutor } from "@dbos-inc/dbos-sdk/internal/dbos-executor";
import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

const ORPHAN_AFTER_MS = 10_000;
const LIMIT = 200;

/**
 * Hands back to the queues what this worker holds but does not run. A connection that dies while a claim commits leaves
 * rows that name a living worker which never heard of them; nobody else takes those over. Resolves to how many.
 */
export async function reclaimOrphans(db: Database, ownId: string): Promise<number> {
  const executor = DBOSExecutor.globalInstance;
  if (!executor) return 0;
  const held = await db.rows<{ id: string }>(sql`
    SELECT workflow_uuid AS id FROM dbos.workflow_status
    WHERE status = 'PENDING' AND executor_id = ${ownId}
      AND started_at_epoch_ms < extract(epoch FROM now()) * 1000 - ${ORPHAN_AFTER_MS}::int
    LIMIT ${LIMIT}`);
  const orphans = held
    .map(({ id }) => id)
    .filter((id) => !executor.systemDatabase.checkForRunningWorkflow(id));
  if (orphans.length === 0) return 0;
  const reclaimed = await db.run(sql`
    UPDATE dbos.workflow_status
    SET status = 'ENQUEUED', started_at_epoch_ms = NULL, owner_xid = NULL,
        updated_at = (extract(epoch FROM now()) * 1000)::bigint
    WHERE workflow_uuid = ANY(${orphans}::text[]) AND status = 'PENDING' AND executor_id = ${ownId}`);
  console.log(`worker: took up ${reclaimed} workflows again that a lost connection had left behind`);
  return reclaimed;
}
