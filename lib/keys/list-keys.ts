import { sql } from "@/lib/db/sql";
import { type KeyContext, requireKeyAdministrator } from "./key-context";

export interface ListedKey {
  id: string;
  prefix: string;
  kind: "agent" | "integration";
  name: string;
  owner: string;
  scopes: string[];
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
}

/**
 * At most `limit` keys (200), newest first, never what would open anything. `beforeId` continues a former list.
 * @throws CountersignError `forbidden`.
 */
export async function listKeys(
  ctx: KeyContext,
  { limit = 200, beforeId = null }: { limit?: number; beforeId?: string | null } = {},
): Promise<ListedKey[]> {
  requireKeyAdministrator(ctx);
  return ctx.db.rows<ListedKey>(sql`
    SELECT k.id, k.prefix, CASE WHEN k.agent_id IS NULL THEN 'integration' ELSE 'agent' END AS kind, k.name,
      p.name AS owner, k.scopes, k.created_at, k.expires_at, k.revoked_at
    FROM api_key k JOIN person p ON p.id = k.owner_id
    WHERE ${beforeId}::text IS NULL OR k.id < ${beforeId}::text
    ORDER BY k.id DESC LIMIT ${Math.min(Math.max(limit, 1), 200)}`);
}
