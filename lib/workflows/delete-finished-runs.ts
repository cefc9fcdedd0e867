import { DBOS } from "@dbos-inc/dbos-sdk";
import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { APPLICATION_NAME } from "./enqueue";

const KEEP_DAYS = 7;
const BATCH = 500;

/**
 * Deletes one batch of runs that ended more than seven days ago, with their steps. What happened stays in the trail;
 * the runs only serve recovery. Resolves to how many it deleted.
 */
export async function deleteFinishedRuns(db: Database): Promise<number> {
  const rows = await db.rows<{ id: string }>(sql`
    SELECT workflow_uuid AS id FROM dbos.workflow_status
    WHERE completed_at < extract(epoch FROM now() - ${KEEP_DAYS} * interval '1 day') * 1000
      AND application_name = ${APPLICATION_NAME}
    ORDER BY completed_at LIMIT ${BATCH}`);
  if (rows.length > 0) await DBOS.deleteWorkflows(rows.map(({ id }) => id));
  return rows.length;
}
