import type { KeyActor } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { DEFAULT_APPROVER_RULE } from "@/lib/policy/compile-policy";
import type { Classification } from "@/lib/policy/evaluate";

export interface Assignment {
  /** The rule whose people are asked first. */
  approverRule: string;
  /** How far up the chain that is: 0 unless nobody on the earlier rules may decide. */
  level: number;
  /** The person behind `requested_by`, when we know them: never asked. */
  requestedById: string | null;
}

/**
 * The first rule of the chain (approver rule, then the escalations) on which somebody may decide this draft. When
 * there is nobody on any, the first one: the timer goes on escalating and the screen says that nobody is there.
 */
export async function assignApprovers(
  tx: Queryable,
  classification: Classification,
  actor: Pick<KeyActor, "keyId">,
  requestedBy: string | undefined,
): Promise<Assignment> {
  const chain = [
    classification.approver_rule ?? DEFAULT_APPROVER_RULE,
    ...classification.escalation.map(({ to }) => to),
  ];
  const row = await tx.row<{ level: number | null; requested_by_id: string | null }>(sql`
    WITH requester AS (
      SELECT id FROM person WHERE id = ${requestedBy ?? null} OR email = ${requestedBy ?? null} LIMIT 1
    ), separated AS (
      SELECT unnest(ARRAY[agent.owner_id, api_key.owner_id, api_key.creator_id, api_key.rotator_id]) AS id
      FROM api_key LEFT JOIN agent ON agent.id = api_key.agent_id WHERE api_key.id = ${actor.keyId}
      UNION ALL SELECT id FROM requester
    )
    SELECT (
      SELECT min(step.position) - 1 FROM unnest(${chain}::text[]) WITH ORDINALITY AS step(rule, position)
      WHERE EXISTS (
        SELECT 1 FROM person_role JOIN person ON person.id = person_role.person_id
        WHERE person_role.role = 'approver' AND person.disabled_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM separated WHERE separated.id = person.id)
          AND (EXISTS (SELECT 1 FROM approver_rule_member AS member
                       WHERE member.rule_name = step.rule AND member.person_id = person.id)
               OR (step.rule = ${DEFAULT_APPROVER_RULE}
                   AND NOT EXISTS (SELECT 1 FROM approver_rule WHERE name = step.rule)))
      )
    )::int AS level, (SELECT id FROM requester) AS requested_by_id`);
  const level = row?.level ?? 0;
  return { approverRule: chain[level]!, level, requestedById: row?.requested_by_id ?? null };
}
