import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { idField } from "./fields";
import { lockGroup } from "./lock-group";

const inputSchema = z.strictObject({ groupId: idField, personId: idField });

/** Takes a person out of a group. @throws CountersignError `forbidden`, `not_found` (no member any more). */
export async function removeGroupMember(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<void> {
  requirePermission(ctx.actor, "organisation.write");
  const { groupId, personId } = parseInput(inputSchema, input);
  await ctx.db.transaction(async (tx) => {
    await lockGroup(tx, groupId);
    const removed = await tx.run(
      sql`DELETE FROM group_member WHERE group_id = ${groupId} AND person_id = ${personId}`,
    );
    if (removed === 0) throw new CountersignError("not_found", "They are not in this group any more.");
    await tx.run(sql`UPDATE "group" SET version = version + 1 WHERE id = ${groupId}`);
    await recordChange(ctx, tx, {
      verb: "group.changed",
      subject: { type: "group", id: groupId },
      before: { member: personId },
      after: { member: null },
    });
  });
}
