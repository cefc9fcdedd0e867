import { z } from "zod";
import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { newId } from "@/lib/drafts/new-id";
import { parseInput } from "@/lib/parse-input";
import { generateApiKey } from "@/lib/trust/api-key";
import { findPersonByEmail, requireActiveOwner } from "./find-owner";
import { getActiveKeyForUpdate, type KeyRow } from "./get-active-key-for-update";
import { type KeyContext, personBehind, requireKeyAdministrator } from "./key-context";

const inputSchema = z.strictObject({
  idOrPrefix: z.string().min(1).max(100),
  rotatorEmail: z.string().max(200).optional(),
});

/** The new key as it is shown, this once, and the one it replaces. */
export interface RotatedKey {
  id: string;
  key: string;
  prefix: string;
  name: string;
  expiresAt: Date | null;
  replaced: { id: string; prefix: string };
}

/**
 * Replaces a key, given by id or prefix, by one with the same holder, scopes, creator and lifetime, and revokes the
 * former at once. It belongs to the agent's owner of now, an integration's to the same as before. `rotatorEmail` is the
 * person at the command line. The event commits with it.
 * @throws CountersignError `forbidden`, `not_found`, `conflict` (an ambiguous prefix, revoked already, a disabled owner).
 */
export async function rotateKey(ctx: KeyContext, input: z.input<typeof inputSchema>): Promise<RotatedKey> {
  requireKeyAdministrator(ctx);
  const { idOrPrefix, rotatorEmail } = parseInput(inputSchema, input);
  const { key, prefix, hash } = generateApiKey();
  const id = newId("key");
  const at = ctx.now();
  return ctx.db.transaction(async (tx) => {
    const rotatorId = personBehind(ctx, rotatorEmail ? await findPersonByEmail(tx, rotatorEmail) : null);
    const former = await getActiveKeyForUpdate(tx, idOrPrefix);
    const ownerId = await ownerOfNow(tx, former);
    const lifetimeMs = former.expires_at && former.expires_at.getTime() - former.created_at.getTime();
    const expiresAt = lifetimeMs ? new Date(at.getTime() + lifetimeMs) : null;
    await tx.run(sql`
      INSERT INTO api_key
        (id, agent_id, name, prefix, hash, scopes, owner_id, creator_id, rotator_id, created_at, expires_at)
      VALUES (${id}, ${former.agent_id}, ${former.name}, ${prefix}, ${hash}, ${former.scopes}, ${ownerId},
        ${former.creator_id}, ${rotatorId}, ${at}, ${expiresAt})`);
    await tx.run(sql`UPDATE api_key SET revoked_at = ${at} WHERE id = ${former.id} AND revoked_at IS NULL`);
    await recordEvent(tx, {
      verb: "key.rotated",
      actor: ctx.actor,
      at,
      details: {
        key_id: id,
        key_prefix: prefix,
        replaces_key_id: former.id,
        agent_id: former.agent_id,
        owner_id: ownerId,
        rotator_id: rotatorId,
        expires_at: expiresAt?.toISOString() ?? null,
      },
    });
    return {
      id,
      key,
      prefix,
      name: former.name,
      expiresAt,
      replaced: { id: former.id, prefix: former.prefix },
    };
  });
}

/** Whose the successor is: after an agent changed hands, its new owner's, and the former owner's key is gone. */
async function ownerOfNow(tx: Transaction, key: KeyRow): Promise<string> {
  const agent = await tx.row<{ owner_id: string }>(
    sql`SELECT owner_id FROM agent WHERE id = ${key.agent_id} FOR SHARE`,
  );
  const ownerId = agent?.owner_id ?? key.owner_id;
  await requireActiveOwner(tx, ownerId);
  return ownerId;
}
