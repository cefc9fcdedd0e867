import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { newId } from "@/lib/drafts/new-id";
import { parseInput } from "@/lib/parse-input";
import { idField, nameField } from "./fields";
import { lockDirectory } from "./lock-directory";
import { requireFreeName } from "./require-free-name";
import { requireHead } from "./require-head";

const inputSchema = z.strictObject({ name: nameField, headId: idField.nullable() });

/** Adds a department. @throws CountersignError `forbidden`, `invalid_request`, `conflict` (its name). */
export async function createDepartment(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<{ id: string }> {
  requirePermission(ctx.actor, "organisation.write");
  const { name, headId } = parseInput(inputSchema, input);
  return ctx.db.transaction(async (tx) => {
    await lockDirectory(tx);
    await requireFreeName(tx, "department", name, null);
    await requireHead(tx, headId);
    const id = newId("dep");
    await tx.run(sql`INSERT INTO department (id, name, head_id) VALUES (${id}, ${name}, ${headId})`);
    await recordChange(ctx, tx, {
      verb: "department.created",
      subject: { type: "department", id },
      before: null,
      after: { name, head_id: headId },
    });
    return { id };
  });
}
