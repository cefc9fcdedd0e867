import { z } from "zod";
import { recordEvent } from "@/lib/audit/record-event";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";
import { getActiveKeyForUpdate } from "./get-active-key-for-update";
import { type KeyContext, requireKeyAdministrator } from "./key-context";

/**
 * Revokes a key, given by id or prefix: from the next request on it opens nothing. The event commits with it.
 * @throws CountersignError `forbidden`, `not_found`, `conflict` (an ambiguous prefix, or revoked already).
 */
export async function revokeKey(
  ctx: KeyContext,
  input: string,
): Promise<{ id: string; prefix: string; name: string }> {
  requireKeyAdministrator(ctx);
  const idOrPrefix = parseInput(z.string().min(1).max(100), input);
  return ctx.db.transaction(async (tx) => {
    const { id, prefix, name, agent_id } = await getActiveKeyForUpdate(tx, idOrPrefix);
    const at = ctx.now();
    await tx.run(sql`UPDATE api_key SET revoked_at = ${at} WHERE id = ${id} AND revoked_at IS NULL`);
    const details = { key_id: id, key_prefix: prefix, agent_id };
    await recordEvent(tx, { verb: "key.revoked", actor: ctx.actor, at, details });
    return { id, prefix, name };
  });
}
