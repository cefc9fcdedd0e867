import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { idField } from "@/lib/directory/fields";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { lockAgent } from "./lock-agent";

const inputSchema = z.strictObject({ id: idField, disabled: z.boolean() });

/**
 * Disables an agent, whose keys then open nothing from the next request on, or enables it again.
 * @throws CountersignError `forbidden`, `not_found`, `conflict` (done already).
 */
export async function setAgentDisabled(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<void> {
  requirePermission(ctx.actor, "keys.write");
  const { id, disabled } = parseInput(inputSchema, input);
  await ctx.db.transaction(async (tx) => {
    const before = await lockAgent(tx, id);
    if ((before.disabled_at !== null) === disabled) {
      const state = disabled ? "disabled" : "enabled";
      throw new CountersignError("conflict", `${before.name} is ${state} already.`);
    }
    await tx.run(sql`
      UPDATE agent SET disabled_at = ${disabled ? ctx.now() : null}, version = version + 1 WHERE id = ${id}`);
    await recordChange(ctx, tx, {
      verb: "agent.changed",
      subject: { type: "agent", id },
      before: { disabled: !disabled },
      after: { disabled },
    });
  });
}
