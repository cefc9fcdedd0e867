import { type Statement, sql } from "@/lib/db/sql";

export const RECENT_DAYS = 30;
/** So many of an agent's latest drafts are counted: a busy one costs no more than a quiet one. */
export const MOST_COUNTED = 500;

/** How an agent's drafts of the last thirty days fared; `submitted` stops at five hundred. */
export interface RecentDrafts {
  submitted: number;
  /** Approved, on their way or executed. */
  through: number;
  /** Rejected, or sent back for changes. */
  rejected: number;
  waiting: number;
  failed: number;
  blocked: number;
}

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
    SELECT status FROM draft
    WHERE agent_id = ${agentId} AND created_at > ${new Date(now.getTime() - RECENT_DAYS * 86_400_000)}
    ORDER BY created_at DESC, id DESC LIMIT ${MOST_COUNTED}
  ) AS recent`;
