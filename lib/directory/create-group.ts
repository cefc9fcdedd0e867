import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { newId } from "@/lib/drafts/new-id";
import { parseInput } from "@/lib/parse-input";
import { nameField } from "./fields";
import { lockDirectory } from "./lock-directory";
import { requireFreeName } from "./require-free-name";

const inputSchema = z.strictObject({ name: nameField });

/** Adds a group without members. @throws CountersignError `forbidden`, `invalid_request`, `conflict` (its name). */
export async function createGroup(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<{ id: string }> {
  requirePermission(ctx.actor, "organisation.write");
  const { name } = parseInput(inputSchema, input);
  return ctx.db.transaction(async (tx) => {
    await lockDirectory(tx);
    await requireFreeName(tx, "group", name, null);
    const id = newId("grp");
    await tx.run(sql`INSERT INTO "group" (id, name) VALUES (${id}, ${name})`);
    await recordChange(ctx, tx, {
      verb: "group.created",
      subject: { type: "group", id },
      before: null,
      after: { name },
    });
    return { id };
  });
}
