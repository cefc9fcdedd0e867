import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { departmentUses } from "./department-uses";
import { idField } from "./fields";
import { lockDepartment } from "./lock-department";

const inputSchema = z.strictObject({ id: idField });

/**
 * Deletes a department that nobody is in and nothing refers to.
 * @throws CountersignError `forbidden`, `not_found`, `conflict` that says what refers to it.
 */
export async function deleteDepartment(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<void> {
  requirePermission(ctx.actor, "organisation.write");
  const { id } = parseInput(inputSchema, input);
  await ctx.db.transaction(async (tx) => {
    const { name, head_id } = await lockDepartment(tx, id);
    const { people, rules, policies, hasDrafts } = await departmentUses(ctx, tx, { id, name });
    const reasons = [
      people > 0 && `${people} ${people === 1 ? "person is" : "people are"} in it`,
      rules.length > 0 && `approver rules name it (${rules.join(", ")})`,
      policies.length > 0 && `policies name it (${policies.join(", ")})`,
      hasDrafts && "drafts were about it",
    ].filter(Boolean);
    if (reasons.length > 0) {
      throw new CountersignError("conflict", `${name} stays: ${reasons.join("; ")}.`);
    }
    await tx.run(sql`DELETE FROM department WHERE id = ${id}`);
    await recordChange(ctx, tx, {
      verb: "department.deleted",
      subject: { type: "department", id },
      before: { name, head_id },
      after: null,
    });
  });
}
