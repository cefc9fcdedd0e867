import type { KeyActor } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseApiKey } from "@/lib/trust/api-key";

interface Row {
  id: string;
  agent_id: string | null;
  name: string;
  owner_id: string;
  scopes: string[];
  revoked_at: Date | null;
  expired: boolean;
  disabled: boolean;
}

/**
 * The holder of the key in an `Authorization: Bearer` header. Asks the database each time: a revoked key, a disabled
 * agent or owner stops at once.
 * @throws CountersignError `unauthenticated` that says what is wrong with the key, never echoing it.
 */
export async function authenticateKey(
  db: Queryable,
  authorization: string | null,
  ip: string | null,
): Promise<KeyActor> {
  const refuse = (message: string) => new CountersignError("unauthenticated", message);
  const [scheme = "", token = ""] = (authorization ?? "").trim().split(/\s+/, 2);
  if (scheme.toLowerCase() !== "bearer" || !token)
    throw refuse("Send an API key: Authorization: Bearer csk_…");
  const key = parseApiKey(token);
  if (!key)
    throw refuse("This is not an API key; its shape or checksum is wrong. Was it cut off when copied?");
  const row = await db.row<Row>(sql`
    SELECT api_key.id, api_key.agent_id, coalesce(agent.name, api_key.name) AS name, api_key.owner_id, api_key.scopes,
           api_key.revoked_at, coalesce(api_key.expires_at <= now(), false) AS expired,
           (agent.disabled_at IS NOT NULL OR owner.disabled_at IS NOT NULL) AS disabled
    FROM api_key
    JOIN person AS owner ON owner.id = api_key.owner_id
    LEFT JOIN agent ON agent.id = api_key.agent_id
    WHERE api_key.hash = ${key.hash}`);
  if (!row) throw refuse("This API key is not known here.");
  if (row.revoked_at)
    throw refuse(`This API key was revoked on ${row.revoked_at.toISOString().slice(0, 10)}.`);
  if (row.expired) throw refuse("This API key has expired. Ask an admin to rotate it.");
  if (row.disabled) throw refuse("The agent behind this API key, or its owner, is disabled.");
  return {
    kind: "key",
    keyId: row.id,
    agentId: row.agent_id,
    name: row.name,
    ownerId: row.owner_id,
    scopes: row.scopes,
    channel: "api",
    ip,
  };
}
