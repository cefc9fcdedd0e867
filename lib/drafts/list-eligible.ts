import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { DEFAULT_APPROVER_RULE } from "@/lib/policy/compile-policy";

/** People beyond this are not listed by name. */
const MOST = 12;

/** Who else may decide a pending draft, at most twelve of them by name; never the viewer. */
export const listEligible = (db: Queryable, draftId: string, viewerId: string) =>
  db.rows<{ id: string; name: string }>(sql`
    SELECT person.id, person.name
    FROM draft
    JOIN agent ON agent.id = draft.agent_id
    JOIN api_key ON api_key.id = draft.api_key_id
    JOIN person_role ON person_role.role = 'approver'
    JOIN person ON person.id = person_role.person_id AND person.disabled_at IS NULL
    WHERE draft.id = ${draftId} AND person.id <> ${viewerId}
      AND person.id NOT IN (agent.owner_id, api_key.owner_id, coalesce(api_key.creator_id, ''),
                            coalesce(api_key.rotator_id, ''), coalesce(draft.requested_by_id, ''))
      AND NOT EXISTS (SELECT 1 FROM decision WHERE decision.draft_id = draft.id AND decision.person_id = person.id)
      AND (EXISTS (SELECT 1 FROM approver_rule_member AS member
                   WHERE member.rule_name = draft.approver_rule AND member.person_id = person.id)
           OR (draft.approver_rule = ${DEFAULT_APPROVER_RULE}
               AND NOT EXISTS (SELECT 1 FROM approver_rule WHERE name = draft.approver_rule)))
    ORDER BY person.name LIMIT ${MOST}`);
