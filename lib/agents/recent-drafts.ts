import { type Statement, sql } from "@/lib/db/sql";
import { MOST_COUNTED, RECENT_DAYS } from "./recent-drafts-shape";

/** Counts them as one JSON object; `agentId` is a statement for the column, so that lists can join on it. */
export const recentDrafts = (agentId: Statement, now: Date): Statement => sql`
  SELECT json_build_object(
    'submitted', count(*),
    'through', count(*) FILTER (WHERE status IN ('approved', 'executing', 'executed')),
    'rejected', count(*) FILTER (WHERE status IN ('rejected', 'changes_requested')),
    'waiting', count(*) FILTER (WHERE status = 'pending'),
    'failed', count(*) FILTER (WHERE status = 'failed'),
    'blocked', count(*) FILTER (WHERE status = 'blocked'))
  FROM (
    SELECT status, origin FROM draft
    WHERE agent_id = ${agentId} AND created_at > ${new Date(now.getTime() - RECENT_DAYS * 86_400_000)}
    ORDER BY created_at DESC, id DESC LIMIT ${MOST_COUNTED}
  ) AS recent WHERE origin = 'agent'`;
