import { recordEvent } from "@/lib/audit/record-event";
import type { Context, SystemActor } from "@/lib/context";
import type { Queryable, Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { newId } from "@/lib/drafts/new-id";
import { CountersignError } from "@/lib/errors";
import { findFirstAdmin, findPersonByEmail, requireActiveOwner } from "@/lib/keys/find-owner";
import { generateApiKey } from "@/lib/trust/api-key";

/** Whose name past decisions stand under, and the credential they are filed with. */
export interface ImportAgent {
  agentId: string;
  apiKeyId: string;
}

export const DEFAULT_IMPORT_AGENT = "Imported decisions";
const KEY_NAME = "Import";

/** The agent of this name with its import key, if both are there. */
export const findImportAgent = (db: Queryable, name: string): Promise<ImportAgent | null> =>
  db.row<ImportAgent>(sql`
    SELECT agent.id AS "agentId", api_key.id AS "apiKeyId"
    FROM agent JOIN api_key ON api_key.agent_id = agent.id
    WHERE agent.name = ${name} AND api_key.name = ${KEY_NAME} AND api_key.scopes = '{}' AND api_key.revoked_at IS NOT NULL
    ORDER BY api_key.created_at, api_key.id LIMIT 1`);

/**
 * The agent that past decisions are filed under, made when there is none of this name: disabled, since nothing submits
 * as it. Its import key is revoked from the start, opens nothing, and nobody ever sees it.
 * @throws CountersignError `not_found` (the owner), `conflict` (an agent that submits, another owner than the
 * agent's, a disabled owner).
 */
export async function ensureImportAgent(
  ctx: Context<SystemActor>,
  { name, ownerEmail }: { name: string; ownerEmail: string | null },
): Promise<ImportAgent> {
  const now = ctx.now();
  return ctx.db.transaction(async (tx) => {
    await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`import agent ${name}`}, 0))`);
    const wantedOwner = ownerEmail === null ? null : await findPersonByEmail(tx, ownerEmail);
    const agent = await getOrCreateAgent(ctx, tx, name, wantedOwner);
    const known = await findImportAgent(tx, name);
    if (known) return known;
    const apiKeyId = newId("key");
    const { prefix, hash } = generateApiKey();
    await tx.run(sql`
      INSERT INTO api_key (id, agent_id, name, prefix, hash, scopes, owner_id, created_at, expires_at, revoked_at)
      VALUES (${apiKeyId}, ${agent.id}, ${KEY_NAME}, ${prefix}, ${hash}, '{}', ${agent.ownerId}, ${now}, ${now}, ${now})`);
    await recordEvent(tx, {
      verb: "key.created",
      actor: ctx.actor,
      at: now,
      details: {
        key_id: apiKeyId,
        key_prefix: prefix,
        agent_id: agent.id,
        agent_created: agent.isNew,
        owner_id: agent.ownerId,
        creator_id: null,
        scopes: [],
        expires_at: now.toISOString(),
        revoked: true,
      },
    });
    return { agentId: agent.id, apiKeyId };
  });
}

async function getOrCreateAgent(
  ctx: Context<SystemActor>,
  tx: Transaction,
  name: string,
  wantedOwner: string | null,
): Promise<{ id: string; ownerId: string; isNew: boolean }> {
  const agent = await tx.row<{ id: string; owner_id: string; disabled: boolean }>(sql`
    SELECT id, owner_id, disabled_at IS NOT NULL AS disabled FROM agent WHERE name = ${name} FOR SHARE`);
  if (agent) {
    if (!agent.disabled) {
      const message = `The agent "${name}" drafts by itself, and past decisions must not count as its own. Choose another --agent.`;
      throw new CountersignError("conflict", message);
    }
    if (wantedOwner === null || wantedOwner === agent.owner_id)
      return { id: agent.id, ownerId: agent.owner_id, isNew: false };
    throw new CountersignError("conflict", `The agent "${name}" has another owner. Leave --owner out.`);
  }
  const id = newId("agt");
  const ownerId = wantedOwner ?? (await findFirstAdmin(tx));
  await requireActiveOwner(tx, ownerId);
  const now = ctx.now();
  const added = await tx.run(sql`
    INSERT INTO agent (id, name, owner_id, created_at, disabled_at) VALUES (${id}, ${name}, ${ownerId}, ${now}, ${now})
    ON CONFLICT (name) DO NOTHING`);
  if (added === 1) return { id, ownerId, isNew: true };
  throw new CountersignError("conflict", `The agent "${name}" was made by someone else just now. Try again.`);
}
