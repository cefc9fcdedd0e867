import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { peopleBehind } from "@/lib/drafts/people-behind";

/** A waiting draft, as far as it says who may decide it. */
export interface WaitingDraft {
  rule: string;
  amount: number | null;
  departmentId: string | null;
  required: number;
  /** Those whom duty keeps from it. */
  barred: string[];
  /** Those who have decided on it already, and in whose place. */
  decided: string[];
}

/** So many are looked at one by one. */
export const MOST_WAITING = 2_000;

/** The drafts that wait for people, the most urgent first, at most 2,000 of them. */
export function readWaiting(ctx: Pick<Context, "db">): Promise<WaitingDraft[]> {
  return ctx.db.rows<WaitingDraft>(sql`
    SELECT draft.approver_rule AS rule, draft.amount::float8 AS amount, draft.department_id AS "departmentId",
           draft.approvals_required AS required, coalesce(said.people, '{}') AS decided,
           array_remove(ARRAY[agent.owner_id, api_key.owner_id, api_key.creator_id, api_key.rotator_id, draft.requested_by_id]
             || ${peopleBehind} || coalesce(said.editors, '{}'), NULL) AS barred
    FROM (
      SELECT * FROM draft WHERE status = 'pending' AND origin = 'agent' ORDER BY due_at, id LIMIT ${MOST_WAITING}
    ) AS draft
    JOIN agent ON agent.id = draft.agent_id
    JOIN api_key ON api_key.id = draft.api_key_id
    LEFT JOIN LATERAL (
      SELECT array_agg(person_id) AS people,
             array_agg(person_id) FILTER (WHERE verdict = 'edit_and_approve') AS editors
      FROM decision WHERE draft_id = draft.id AND undone_at IS NULL
    ) AS said ON true`);
}
