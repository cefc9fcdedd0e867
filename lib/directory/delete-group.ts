import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { idField } from "./fields";
import { lockGroup } from "./lock-group";
import { rulesThatNameGroup } from "./rules-that-ask";

const inputSchema = z.strictObject({ id: idField });

/**
 * Deletes a group that no approver rule asks, with its memberships.
 * @throws CountersignError `forbidden`, `not_found`, `conflict` that names the rules.
 */
export async function deleteGroup(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<void> {
  requirePermission(ctx.actor, "organisation.write");
  const { id } = parseInput(inputSchema, input);
  await ctx.db.transaction(async (tx) => {
    const { name } = await lockGroup(tx, id);
    const rules = await rulesThatNameGroup(tx, id);
    if (rules.length > 0) {
      const names = rules.join(", ");
      throw new CountersignError("conflict", `${name} is asked by ${names}. Change what they ask first.`);
    }
    const members = await tx.rows<{ person_id: string }>(
      sql`DELETE FROM group_member WHERE group_id = ${id} RETURNING person_id`,
    );
    await tx.run(sql`DELETE FROM "group" WHERE id = ${id}`);
    await recordChange(ctx, tx, {
      verb: "group.deleted",
      subject: { type: "group", id },
      before: { name, members: members.map(({ person_id }) => person_id).sort() },
      after: null,
    });
  });
}
