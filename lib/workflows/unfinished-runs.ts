import { type Statement, sql } from "@/lib/db/sql";
import { QUEUE_OF, type Workflows } from "./enqueue";

/**
 * What a workflow is about (`id`: the second part of its runs' ids), of every run that is queued, delayed or in flight.
 * Two halves, so that each reads its own partial index.
 */
export const unfinishedRuns = (workflow: keyof Workflows): Statement => sql`
  SELECT split_part(workflow_uuid, ':', 2) AS id FROM dbos.workflow_status
  WHERE queue_name = ${QUEUE_OF[workflow]} AND status IN ('ENQUEUED', 'PENDING')
  UNION ALL
  SELECT split_part(workflow_uuid, ':', 2) FROM dbos.workflow_status
  WHERE status = 'DELAYED' AND queue_name = ${QUEUE_OF[workflow]}`;
