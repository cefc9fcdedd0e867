import { randomBytes } from "node:crypto";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { sha256Hex } from "@/lib/trust/sha256";

/** Who drafts checks, in the database. Nothing else has this id, and a constraint lets it draft nothing else. */
export const CHECKS_AGENT_ID = "agt_checks";
export const CHECKS_KEY_ID = "key_checks";

/**
 * Makes the agent that checks are drafted by, where it is not there yet. It is disabled, and its key was revoked before
 * anybody saw it: the secret that the hash belongs to is thrown away here.
 */
export async function ensureChecksAgent(tx: Transaction, ownerId: string, now: Date): Promise<void> {
  const secret = randomBytes(32).toString("hex");
  await tx.run(sql`
    INSERT INTO agent (id, name, owner_id, disabled_at, created_at)
    SELECT ${CHECKS_AGENT_ID},
           CASE WHEN EXISTS (SELECT FROM agent WHERE name = 'Countersign checks') THEN ${CHECKS_AGENT_ID}
                ELSE 'Countersign checks' END,
           ${ownerId}, ${now}, ${now}
    ON CONFLICT (id) DO NOTHING`);
  await tx.run(sql`
    INSERT INTO api_key (id, agent_id, name, prefix, hash, scopes, owner_id, created_at, revoked_at)
    VALUES (${CHECKS_KEY_ID}, ${CHECKS_AGENT_ID}, 'No key', 'none', ${sha256Hex(secret)}, '{}', ${ownerId}, ${now}, ${now})
    ON CONFLICT (id) DO NOTHING`);
}
