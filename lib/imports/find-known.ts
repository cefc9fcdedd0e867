import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

/** What came in before under these keys: by key, the hash of all that it said then. */
export async function findKnown(
  db: Queryable,
  agentId: string,
  batch: readonly { key: string }[],
): Promise<Map<string, string>> {
  if (batch.length === 0) return new Map();
  const keys = batch.map(({ key }) => key);
  const rows = await db.rows<{ key: string; content_hash: string }>(sql`
    SELECT idempotency_key AS key, body_hash AS content_hash FROM draft
    WHERE agent_id = ${agentId} AND idempotency_key = ANY (${keys}::text[])`);
  return new Map(rows.map(({ key, content_hash }) => [key, content_hash]));
}
