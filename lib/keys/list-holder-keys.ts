import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { idField } from "@/lib/directory/fields";
import { parseInput } from "@/lib/parse-input";

/** A key as a page shows it; never what would open anything. Times are ISO. */
export interface HolderKey {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  owner: { id: string; name: string; disabled: boolean };
  creator: string | null;
  rotator: string | null;
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  state: "active" | "expired" | "revoked";
}

interface Row extends Omit<HolderKey, "createdAt" | "expiresAt" | "revokedAt" | "state"> {
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
}

const MOST = 200;

/**
 * The keys of an agent, or of all integrations (`agentId` null): those that work first, then the newest; at most 200.
 * @throws CountersignError `forbidden`.
 */
export async function listHolderKeys(ctx: Context, input: { agentId: string | null }): Promise<HolderKey[]> {
  requirePermission(ctx.actor, "organisation.read");
  const { agentId } = parseInput(z.strictObject({ agentId: idField.nullable() }), input);
  const at = ctx.now();
  const rows = await ctx.db.rows<Row>(sql`
    SELECT api_key.id, api_key.name, prefix, scopes, creator.name AS creator, rotator.name AS rotator,
           json_build_object('id', owner.id, 'name', owner.name, 'disabled', owner.disabled_at IS NOT NULL) AS owner,
           api_key.created_at, api_key.expires_at, api_key.revoked_at
    FROM api_key JOIN person AS owner ON owner.id = api_key.owner_id
    LEFT JOIN person AS creator ON creator.id = api_key.creator_id
    LEFT JOIN person AS rotator ON rotator.id = api_key.rotator_id
    WHERE api_key.agent_id IS NOT DISTINCT FROM ${agentId}::text
    ORDER BY api_key.revoked_at IS NOT NULL, coalesce(api_key.expires_at <= ${at}, false), api_key.id DESC LIMIT ${MOST}`);
  return rows.map(({ created_at, expires_at, revoked_at, ...row }) => ({
    ...row,
    createdAt: created_at.toISOString(),
    expiresAt: expires_at?.toISOString() ?? null,
    revokedAt: revoked_at?.toISOString() ?? null,
    state: revoked_at ? "revoked" : expires_at && expires_at <= at ? "expired" : "active",
  }));
}
