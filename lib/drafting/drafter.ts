import { recordEvent } from "@/lib/audit/record-event";
import type { Context, KeyActor, SystemActor } from "@/lib/context";
import type { Queryable, Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { newId } from "@/lib/drafts/new-id";
import { findFirstAdmin } from "@/lib/keys/find-owner";
import { generateApiKey } from "@/lib/trust/api-key";

/** The built-in drafter's agent. It can be renamed, given another owner, held back and disabled like any other. */
export const DRAFTER_ID = "agt_countersign_drafter";
const NAMES = ["Countersign drafter", "Countersign drafter (built in)"];
const SCOPES = ["drafts:write"];

/**
 * The built-in drafter as an actor: its own agent and key, made on first use, with an admin as their owner. Null when an
 * admin has disabled it or revoked its key, as with any agent: then it submits nothing.
 * @throws CountersignError `not_found` when there is no admin yet.
 */
export async function findDrafter(
  ctx: Pick<Context<SystemActor>, "actor" | "db" | "now">,
): Promise<KeyActor | null> {
  const known = await ctx.db.row(sql`SELECT 1 FROM agent WHERE id = ${DRAFTER_ID}`);
  if (!known) await ctx.db.transaction((tx) => createDrafter(ctx, tx));
  return activeDrafter(ctx.db, ctx.now());
}

/** The oldest of its keys that opens anything: one made later is for a program that carries out what it drafted. */
async function activeDrafter(db: Queryable, now: Date): Promise<KeyActor | null> {
  const row = await db.row<{ id: string; name: string; owner_id: string; scopes: string[] }>(sql`
    SELECT api_key.id, agent.name, api_key.owner_id, api_key.scopes
    FROM api_key JOIN agent ON agent.id = api_key.agent_id JOIN person AS owner ON owner.id = api_key.owner_id
    WHERE agent.id = ${DRAFTER_ID} AND agent.disabled_at IS NULL AND owner.disabled_at IS NULL
      AND api_key.revoked_at IS NULL AND (api_key.expires_at IS NULL OR api_key.expires_at > ${now})
      AND 'drafts:write' = ANY (api_key.scopes)
    ORDER BY api_key.created_at, api_key.id LIMIT 1`);
  if (!row) return null;
  return {
    kind: "key",
    keyId: row.id,
    agentId: DRAFTER_ID,
    name: row.name,
    ownerId: row.owner_id,
    scopes: row.scopes,
    channel: "api",
    ip: null,
  };
}

async function createDrafter(
  { actor, now }: Pick<Context<SystemActor>, "actor" | "now">,
  tx: Transaction,
): Promise<void> {
  const at = now();
  const ownerId = await findFirstAdmin(tx);
  const taken = await tx.row(sql`SELECT 1 FROM agent WHERE name = ${NAMES[0]}`);
  const name = NAMES[taken ? 1 : 0]!;
  const added = await tx.run(sql`
    INSERT INTO agent (id, name, owner_id, created_at) VALUES (${DRAFTER_ID}, ${name}, ${ownerId}, ${at})
    ON CONFLICT (id) DO NOTHING`);
  // Another worker was quicker: its key is there too, for the two were committed together.
  if (added === 0) return;
  // Nobody ever sees the key itself: only this row submits, never a request over HTTP.
  const { prefix, hash } = generateApiKey();
  const keyId = newId("key");
  await tx.run(sql`
    INSERT INTO api_key (id, agent_id, name, prefix, hash, scopes, owner_id, created_at)
    VALUES (${keyId}, ${DRAFTER_ID}, ${name}, ${prefix}, ${hash}, ${SCOPES}, ${ownerId}, ${at})`);
  await recordEvent(tx, {
    verb: "agent.created",
    actor,
    at,
    details: {
      subject: { type: "agent", id: DRAFTER_ID },
      before: null,
      after: { name, owner_id: ownerId },
    },
  });
  await recordEvent(tx, {
    verb: "key.created",
    actor,
    at,
    details: {
      key_id: keyId,
      key_prefix: prefix,
      agent_id: DRAFTER_ID,
      agent_created: true,
      owner_id: ownerId,
      creator_id: null,
      scopes: SCOPES,
      expires_at: null,
    },
  });
}
