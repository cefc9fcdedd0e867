import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { idField, nameField } from "@/lib/directory/fields";
import { requireFreeName } from "@/lib/directory/require-free-name";
import { newId } from "@/lib/drafts/new-id";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { requireOwner } from "./require-owner";

const inputSchema = z.strictObject({ name: nameField, ownerId: idField });

/** Adds an agent without keys. @throws CountersignError `forbidden`, `invalid_request`, `conflict` (its name). */
export async function createAgent(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<{ id: string }> {
  requirePermission(ctx.actor, "keys.write");
  const { name, ownerId } = parseInput(inputSchema, input);
  return ctx.db.transaction(async (tx) => {
    await requireFreeName(tx, "agent", name, null);
    await requireOwner(tx, ownerId);
    const id = newId("agt");
    const added = await tx.run(sql`
      INSERT INTO agent (id, name, owner_id, created_at) VALUES (${id}, ${name}, ${ownerId}, ${ctx.now()})
      ON CONFLICT (name) DO NOTHING`);
    if (added === 0) throw new CountersignError("conflict", "There is an agent of this name already.");
    await recordChange(ctx, tx, {
      verb: "agent.created",
      subject: { type: "agent", id },
      before: null,
      after: { name, owner_id: ownerId },
    });
    return { id };
  });
}
