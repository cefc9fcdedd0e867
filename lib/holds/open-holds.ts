import { type Statement, sql } from "@/lib/db/sql";

/**
 * The holds in force on an action type or an agent, as one JSON array of `Hold`, the earliest first. What an agent had
 * the built-in drafter write by its key `requestingKeyId` is held back with that agent too.
 */
export const openHolds = (about: {
  actionType: string;
  agentId: string;
  requestingKeyId: string | null;
  now: Date;
}): Statement => sql`
  SELECT coalesce(json_agg(json_build_object('id', id, 'rule', rule, 'reason', reason) ORDER BY placed_at, id), '[]')
  FROM hold
  WHERE released_at IS NULL AND (ends_at IS NULL OR ends_at > ${about.now})
    AND (action_type = ${about.actionType} OR agent_id = ${about.agentId}
         OR agent_id = (SELECT api_key.agent_id FROM api_key WHERE api_key.id = ${about.requestingKeyId}))`;
