import { sql } from "@/lib/db/sql";

/**
 * The ids of the people behind the key by which an agent had this row of `draft` written, as an array: whose agent and
 * key it is, who created and who rotated the key. Empty for what an agent drafted by itself.
 */
export const peopleBehind = sql`
  CASE WHEN draft.requesting_key_id IS NULL THEN '{}'::text[] ELSE ARRAY(
    SELECT person_id
    FROM api_key AS behind LEFT JOIN agent AS asking ON asking.id = behind.agent_id
    CROSS JOIN LATERAL unnest(ARRAY[asking.owner_id, behind.owner_id, behind.creator_id, behind.rotator_id]) AS person_id
    WHERE behind.id = draft.requesting_key_id AND person_id IS NOT NULL) END`;
