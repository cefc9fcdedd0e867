import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { unfinishedRuns } from "@/lib/workflows/unfinished-runs";

const LIMIT = 200;
const GIVEN_UP_AFTER_HOURS = 1;

/**
 * Open requests for which no run is queued, delayed or in flight. Of those still to be written none older than an hour:
 * one that loses its run again and again would call the model each time, and whoever made it can cancel it.
 */
export async function findLostRequests(tx: Transaction, now: Date): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    WITH run AS (${unfinishedRuns("write_draft")})
    SELECT request.id FROM draft_request AS request
    WHERE request.status IN ('queued', 'writing', 'checking')
      AND request.created_at < ${now}::timestamptz - interval '1 minute'
      AND (request.status = 'checking'
           OR request.created_at > ${now}::timestamptz - ${GIVEN_UP_AFTER_HOURS} * interval '1 hour')
      AND NOT EXISTS (SELECT 1 FROM run WHERE run.id = request.id)
    ORDER BY request.created_at LIMIT ${LIMIT}`);
  return rows.map(({ id }) => id);
}
