import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { changedMeanwhile } from "./changed-meanwhile";
import { idField, nameField, versionField } from "./fields";
import { lockDepartment } from "./lock-department";
import { requireFreeName } from "./require-free-name";
import { requireHead } from "./require-head";

const inputSchema = z.strictObject({
  id: idField,
  version: versionField,
  name: nameField,
  headId: idField.nullable(),
});

/**
 * Renames a department or gives it another head, who is asked from now on where a rule asks the head.
 * @throws CountersignError `forbidden`, `invalid_request`, `not_found`, `conflict` (changed meanwhile, a name that is
 * taken, or a policy that knows the department by its present name).
 */
export async function changeDepartment(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<{ version: number }> {
  requirePermission(ctx.actor, "organisation.write");
  const { id, version, name, headId } = parseInput(inputSchema, input);
  return ctx.db.transaction(async (tx) => {
    const before = await lockDepartment(tx, id);
    if (before.version !== version) throw await changedMeanwhile(tx, { type: "department", id });
    await requireFreeName(tx, "department", name, id);
    if (headId !== before.head_id) await requireHead(tx, headId);
    requireUnnamed(ctx, id, before.name, name);
    await tx.run(sql`
      UPDATE department SET name = ${name}, head_id = ${headId}, version = ${version + 1} WHERE id = ${id}`);
    await recordChange(ctx, tx, {
      verb: "department.changed",
      subject: { type: "department", id },
      before: { name: before.name, head_id: before.head_id },
      after: { name, head_id: headId },
    });
    return { version: version + 1 };
  });
}

/** A policy file that names the department by its name would lose it, and with it the people it asks. */
function requireUnnamed({ policies }: Context, id: string, before: string, after: string): void {
  if (before.toLowerCase() === after.toLowerCase()) return;
  const naming = [...policies.values()].find(
    ({ policy }) => policy.department !== id && policy.department?.toLowerCase() === before.toLowerCase(),
  );
  if (!naming) return;
  const message = `The policy ${naming.actionType} knows this department by its name. Let policies/${naming.actionType}/policy.json say "department": "${id}" first.`;
  throw new CountersignError("conflict", message, { fields: [{ path: "/name", message }] });
}
