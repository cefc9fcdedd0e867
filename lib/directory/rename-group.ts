import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";
import { changedMeanwhile } from "./changed-meanwhile";
import { idField, nameField, versionField } from "./fields";
import { lockGroup } from "./lock-group";
import { requireFreeName } from "./require-free-name";

const inputSchema = z.strictObject({ id: idField, version: versionField, name: nameField });

/** Renames a group; rules know it by its id. @throws CountersignError `forbidden`, `not_found`, `conflict`. */
export async function renameGroup(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<{ version: number }> {
  requirePermission(ctx.actor, "organisation.write");
  const { id, version, name } = parseInput(inputSchema, input);
  return ctx.db.transaction(async (tx) => {
    const before = await lockGroup(tx, id);
    if (before.version !== version) throw await changedMeanwhile(tx, { type: "group", id });
    await requireFreeName(tx, "group", name, id);
    await tx.run(sql`UPDATE "group" SET name = ${name}, version = ${version + 1} WHERE id = ${id}`);
    await recordChange(ctx, tx, {
      verb: "group.changed",
      subject: { type: "group", id },
      before: { name: before.name },
      after: { name },
    });
    return { version: version + 1 };
  });
}
