import { PERMISSIONS, requirePermission } from "@/lib/auth/permissions";
import type { Actor, Context } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { requireAgent } from "@/lib/drafts/require-agent";

/** Who asks the drafter: a signed-in person, or an agent by one of its keys. Requests are theirs alone to see. */
export interface Requester {
  id: string;
  personId: string | null;
  keyId: string | null;
  /** The person behind the request, as far as the request itself names nobody. */
  behindId: string;
}

/** @throws CountersignError `forbidden` that names the role or scope that is missing. */
export function requesterOf(actor: Actor, scope: "drafts:write" | "drafts:read"): Requester {
  if (actor.kind === "person") {
    const { personId } = requirePermission(actor, "draft.request");
    return { id: personId, personId, keyId: null, behindId: personId };
  }
  const { agentId, keyId, ownerId } = requireAgent(actor, scope);
  return { id: agentId, personId: null, keyId, behindId: ownerId };
}

/** Whether whoever made a request could still make it: nothing is submitted for somebody who has lost that right. */
export async function mayStillAsk(
  { now }: Pick<Context, "now">,
  db: Queryable,
  { person_id, key_id }: { person_id: string | null; key_id: string | null },
): Promise<boolean> {
  const row = await db.row<{ may: boolean }>(sql`
    SELECT EXISTS (
      SELECT FROM person JOIN person_role ON person_role.person_id = person.id
      WHERE person.id = ${person_id} AND person.disabled_at IS NULL
        AND person_role.role = ANY (${[...PERMISSIONS["draft.request"]]}::text[])
    ) OR EXISTS (
      SELECT FROM api_key JOIN person AS owner ON owner.id = api_key.owner_id JOIN agent ON agent.id = api_key.agent_id
      WHERE api_key.id = ${key_id} AND 'drafts:write' = ANY (api_key.scopes) AND api_key.revoked_at IS NULL
        AND (api_key.expires_at IS NULL OR api_key.expires_at > ${now()}) AND agent.disabled_at IS NULL
        AND owner.disabled_at IS NULL
    ) AS may`);
  return row!.may;
}
