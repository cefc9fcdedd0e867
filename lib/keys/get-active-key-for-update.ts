import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";

export interface KeyRow {
  id: string;
  agent_id: string | null;
  name: string;
  prefix: string;
  scopes: string[];
  owner_id: string;
  creator_id: string | null;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
}

/**
 * The key with this id or prefix, locked until the transaction ends.
 * @throws CountersignError `not_found`, or `conflict` when several share the prefix or the key is revoked already.
 */
export async function getActiveKeyForUpdate(tx: Transaction, idOrPrefix: string): Promise<KeyRow> {
  const keys = await tx.rows<KeyRow>(sql`
    SELECT id, agent_id, name, prefix, scopes, owner_id, creator_id, created_at, expires_at, revoked_at
    FROM api_key WHERE id = ${idOrPrefix} OR prefix = ${idOrPrefix} ORDER BY id LIMIT 2 FOR UPDATE`);
  const [key, other] = keys;
  if (!key)
    throw new CountersignError(
      "not_found",
      `No key has the id or prefix ${idOrPrefix}; \`list\` shows them.`,
    );
  if (other)
    throw new CountersignError("conflict", `Several keys have the prefix ${idOrPrefix}; use the id.`);
  if (key.revoked_at) {
    throw new CountersignError(
      "conflict",
      `${key.prefix} was revoked on ${key.revoked_at.toISOString()} already.`,
    );
  }
  return key;
}
