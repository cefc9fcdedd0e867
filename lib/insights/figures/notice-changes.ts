import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

/**
 * Marks the days before `rolledUntil` that what has happened since the last reading of the trail is about: the day on
 * which each draft was decided, and, where something may have taken it off another day, every day on which anything
 * happened to it. In the caller's transaction, which has locked the state.
 *
 * Numbers of events are given out before their transactions commit, so one may appear behind those that were read. None
 * of ours stays open for two minutes: younger events are looked through each time, and what the snapshot of the last
 * reading could see of them is passed over. A snapshot from the future is of another server, before a restore.
 */
export async function noticeChanges(tx: Transaction, rolledUntil: string): Promise<void> {
  await tx.run(sql`
    WITH state AS MATERIALIZED (
      SELECT read_until, CASE WHEN pg_snapshot_xmax(read_snapshot::pg_snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
                              THEN read_snapshot::pg_snapshot END AS seen,
             pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next_xid
      FROM figure_state WHERE id = 1
    ), young AS MATERIALIZED (
      SELECT event.*, next_xid FROM state
      CROSS JOIN LATERAL (
        SELECT id, draft_id, verb, recorded_at, xmin::text::bigint AS short_xid FROM audit_event WHERE id > state.read_until OFFSET 0
      ) AS event
    ), news AS MATERIALIZED (
      -- A row keeps the lower half of its transaction's number; the upper half is that of now, or the one before.
      SELECT draft_id, bool_or(verb <> ALL (${MOVES_ON}::text[])) AS may_have_waited
      FROM young CROSS JOIN LATERAL (
        SELECT ((next_xid >> 32) << 32) + short_xid AS xid
      ) AS told
      WHERE draft_id IS NOT NULL AND NOT coalesce(pg_visible_in_snapshot(
        (CASE WHEN xid >= next_xid THEN xid - 4294967296 ELSE xid END)::text::xid8, (SELECT seen FROM state)), false)
      GROUP BY draft_id
    ), days AS (
      SELECT (draft.decided_at AT TIME ZONE 'UTC')::date AS day
      FROM news CROSS JOIN LATERAL (SELECT decided_at FROM draft WHERE id = news.draft_id OFFSET 0) AS draft
      UNION
      SELECT (event.occurred_at AT TIME ZONE 'UTC')::date
      FROM news CROSS JOIN LATERAL (SELECT occurred_at FROM audit_event WHERE draft_id = news.draft_id OFFSET 0) AS event
      WHERE may_have_waited
    ), marked AS (
      INSERT INTO figure_dirty_day SELECT day FROM days WHERE day < ${rolledUntil}::date ON CONFLICT DO NOTHING
    )
    UPDATE figure_state SET read_snapshot = pg_current_snapshot()::text,
      read_until = coalesce((SELECT max(id) FROM young WHERE recorded_at < clock_timestamp() - interval '2 minutes'), read_until)
    WHERE id = 1`);
}

/** What never takes a draft that was decided back to waiting. A verb that is not known here may have done so. */
const MOVES_ON = [
  "draft.submitted",
  "draft.approved",
  "draft.approval_added",
  "draft.edited",
  "draft.rejected",
  "draft.changes_requested",
  "draft.blocked",
  "draft.escalated",
  "draft.expired",
  "draft.upheld",
  "draft.overturned",
  "draft.withdrawn",
  "draft.decision_denied",
  "execution.started",
  "execution.claimed",
  "execution.succeeded",
  "execution.failed",
  "execution.mismatched",
];
