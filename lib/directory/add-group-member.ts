import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { idField } from "./fields";
import { lockGroup } from "./lock-group";
import { lockPerson } from "./lock-person";

const inputSchema = z.strictObject({ groupId: idField, personId: idField });

/**
 * Adds a person to a group: the rules that ask it ask them from now on.
 * @throws CountersignError `forbidden`, `not_found`, `conflict` (a member already, or disabled).
 */
export async function addGroupMember(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<void> {
  requirePermission(ctx.actor, "organisation.write");
  const { groupId, personId } = parseInput(inputSchema, input);
  await ctx.db.transaction(async (tx) => {
    const group = await lockGroup(tx, groupId);
    const person = await lockPerson(tx, personId);
    if (person.disabled_at) throw new CountersignError("conflict", `${person.name} is disabled.`);
    const added = await tx.run(sql`
      INSERT INTO group_member (group_id, person_id) VALUES (${groupId}, ${personId}) ON CONFLICT DO NOTHING`);
    if (added === 0) throw new CountersignError("conflict", `${person.name} is in ${group.name} already.`);
    await tx.run(sql`UPDATE "group" SET version = version + 1 WHERE id = ${groupId}`);
    await recordChange(ctx, tx, {
      verb: "group.changed",
      subject: { type: "group", id: groupId },
      before: { member: null },
      after: { member: personId },
    });
  });
}
