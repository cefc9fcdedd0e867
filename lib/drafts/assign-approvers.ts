import type { KeyActor } from "@/lib/context";
import { type Statement, sql } from "@/lib/db/sql";
import { type CompiledPolicy, DEFAULT_APPROVER_RULE, type Handling } from "@/lib/policy/compile-policy";

export interface Assignment {
  /** The rule whose people are asked first. */
  approverRule: string;
  /** How far up the chain that is: 0 unless nobody on the earlier rules may decide. */
  level: number;
}

/** Who could be asked about a draft, whichever way it is classified. */
export interface Approvers {
  /** The approver rules on which somebody may decide it. */
  staffedRules: ReadonlySet<string>;
  /** The person behind `requested_by`, when we know them: never asked. */
  requestedById: string | null;
}

/**
 * On which of the policy's approver rules somebody may decide a draft that comes by this key, as one value to hand to
 * `readApprovers`. Asked before the draft is classified, so that it travels with the facts. The array goes in as a
 * sub-select so that the planner keeps one plan: making one costs more than running it.
 */
export const approversOf = (
  policy: CompiledPolicy,
  actor: Pick<KeyActor, "keyId">,
  requestedBy: string | undefined,
): Statement => sql`
  WITH requester AS (
    SELECT id FROM person WHERE id = ${requestedBy ?? null} OR email = ${requestedBy ?? null} LIMIT 1
  ), separated AS (
    SELECT unnest(ARRAY[agent.owner_id, api_key.owner_id, api_key.creator_id, api_key.rotator_id]) AS id
    FROM api_key LEFT JOIN agent ON agent.id = api_key.agent_id WHERE api_key.id = ${actor.keyId}
    UNION ALL SELECT id FROM requester
  )
  SELECT json_build_object('requested_by_id', (SELECT id FROM requester), 'staffed', ARRAY(
    SELECT wanted.rule
    FROM unnest((SELECT ${[...new Set([...policy.rules, policy.fallback].flatMap(chainOf))]}::text[])) AS wanted(rule)
    WHERE EXISTS (
      SELECT 1 FROM person_role JOIN person ON person.id = person_role.person_id
      WHERE person_role.role = 'approver' AND person.disabled_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM separated WHERE separated.id = person.id)
        AND (EXISTS (SELECT 1 FROM approver_rule_member AS member
                     WHERE member.rule_name = wanted.rule AND member.person_id = person.id)
             OR (wanted.rule = ${DEFAULT_APPROVER_RULE}
                 AND NOT EXISTS (SELECT 1 FROM approver_rule WHERE name = wanted.rule)))
    )
  ))`;

/** What the value of `approversOf` says. */
export const readApprovers = (value: { staffed: string[]; requested_by_id: string | null }): Approvers => ({
  staffedRules: new Set(value.staffed),
  requestedById: value.requested_by_id,
});

/**
 * The first rule of the chain (approver rule, then the escalations) on which somebody may decide this draft. When
 * there is nobody on any, the first one: the timer goes on escalating and the screen says that nobody is there.
 */
export function assignApprovers(
  handling: Pick<Handling, "approver_rule" | "escalation">,
  { staffedRules }: Approvers,
): Assignment {
  const chain = chainOf(handling);
  const level = Math.max(
    0,
    chain.findIndex((rule) => staffedRules.has(rule)),
  );
  return { approverRule: chain[level]!, level };
}

const chainOf = ({ approver_rule, escalation }: Pick<Handling, "approver_rule" | "escalation">): string[] => [
  approver_rule ?? DEFAULT_APPROVER_RULE,
  ...escalation.map(({ to }) => to),
];
