import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { changedMeanwhile } from "@/lib/directory/changed-meanwhile";
import { idField, nameField, versionField } from "@/lib/directory/fields";
import { requireFreeName } from "@/lib/directory/require-free-name";
import { parseInput } from "@/lib/parse-input";
import { lockAgent } from "./lock-agent";
import { requireOwner } from "./require-owner";

const inputSchema = z.strictObject({ id: idField, version: versionField, name: nameField, ownerId: idField });

/**
 * Renames an agent or hands it to another owner. Its keys stay the former owner's, who may know them and so goes on
 * being kept from deciding on what they submit, until each is rotated.
 * @throws CountersignError `forbidden`, `invalid_request`, `not_found`, `conflict` (changed meanwhile, a taken name).
 */
export async function changeAgent(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<{ version: number }> {
  requirePermission(ctx.actor, "keys.write");
  const { id, version, name, ownerId } = parseInput(inputSchema, input);
  return ctx.db.transaction(async (tx) => {
    const before = await lockAgent(tx, id);
    if (before.version !== version) throw await changedMeanwhile(tx, { type: "agent", id });
    await requireFreeName(tx, "agent", name, id);
    if (ownerId !== before.owner_id) await requireOwner(tx, ownerId);
    await tx.run(sql`
      UPDATE agent SET name = ${name}, owner_id = ${ownerId}, version = ${version + 1} WHERE id = ${id}`);
    await recordChange(ctx, tx, {
      verb: "agent.changed",
      subject: { type: "agent", id },
      before: { name: before.name, owner_id: before.owner_id },
      after: { name, owner_id: ownerId },
    });
    return { version: version + 1 };
  });
}
