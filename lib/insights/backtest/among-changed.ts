import { encodeTime } from "ulid";
import { type Statement, sql } from "@/lib/db/sql";

/**
 * No transaction stays open for an hour, and no clock is wrong by that: what anybody did longer ago can be read. What is
 * done later to a draft that was decided before, a decision taken back above all, shows as a change of its own time.
 */
export const SETTLED_AFTER_MS = 60 * 60 * 1000;

/**
 * The ids of the drafts to which anything may have happened from then on: those that wait, those that people decided or
 * looked at afterwards, and those that came in (an import was decided long ago). `everyImport` adds the imports of before.
 */
export const amongChangedSince = (
  actionType: string,
  from: Date,
  { everyImport = false }: { everyImport?: boolean } = {},
): Statement => sql`
  SELECT id FROM draft WHERE status = 'pending' AND action_type = ${actionType}
  UNION SELECT id FROM draft WHERE action_type = ${actionType} AND decided_at >= ${from}
  UNION SELECT id FROM draft
        WHERE id >= ${`drf_${encodeTime(Math.max(0, from.getTime()))}`} AND action_type = ${actionType}
  UNION SELECT draft_id FROM decision WHERE verdict IN ('uphold', 'overturn') AND decided_at >= ${from}
  ${everyImport ? sql`UNION SELECT id FROM draft WHERE origin = 'import' AND action_type = ${actionType}` : sql``}`;

/** The ids of the drafts, imports apart, that stopped waiting in that time, or that people looked at afterwards then. */
export const amongChangedIn = (actionType: string, from: Date, until: Date): Statement => sql`
  SELECT id FROM draft
  WHERE action_type = ${actionType} AND decided_at >= ${from} AND decided_at < ${until} AND origin <> 'import'
  UNION SELECT draft_id FROM decision
        WHERE verdict IN ('uphold', 'overturn') AND decided_at >= ${from} AND decided_at < ${until}`;
