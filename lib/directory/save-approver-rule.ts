import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError, type FieldError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { type ApproverRuleDefinition, approverRuleSchema } from "@/lib/routing/approver-rule";
import type { Directory } from "@/lib/routing/directory";
import { getDirectory } from "./load-directory";
import { lockDirectory } from "./lock-directory";

const ruleName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_.-]{0,99}$/,
    "letters, digits and _ . -, a letter first: the name policies use",
  );
const inputSchema = z.strictObject({
  name: ruleName,
  description: z.string().trim().max(500).default(""),
  definition: approverRuleSchema,
  /** The version that was edited; null for a new rule. */
  expectedVersion: z.int().nullable(),
});
export type ApproverRuleInput = z.input<typeof inputSchema>;

interface Stored {
  description: string;
  definition: ApproverRuleDefinition;
  version: number;
}

/**
 * Enters an approver rule, or replaces what it asks. It counts from the next decision on, also for drafts that wait.
 * @throws CountersignError `forbidden`, `invalid_request` with what is not there, `conflict` when the name is taken or
 * somebody else changed it meanwhile.
 */
export async function saveApproverRule(ctx: Context, input: ApproverRuleInput): Promise<{ version: number }> {
  const actor = requirePermission(ctx.actor, "organisation.write");
  const { name, description, definition, expectedVersion } = parseInput(inputSchema, input);
  return ctx.db.transaction(async (tx) => {
    await lockDirectory(tx);
    requireKnown(await getDirectory(ctx.db, tx), definition);
    const before = await lockRule(tx, name);
    requireVersion(before, expectedVersion);
    const row = await tx.row<{ version: number }>(sql`
      INSERT INTO approver_rule (name, description, definition, updated_at)
      VALUES (${name}, ${description}, ${JSON.stringify(definition)}::jsonb, ${ctx.now()})
      ON CONFLICT (name) DO UPDATE SET description = excluded.description, definition = excluded.definition,
        version = approver_rule.version + 1, updated_at = excluded.updated_at
      WHERE approver_rule.version = ${expectedVersion}
      RETURNING version`);
    // Somebody entered the same name between the look and the insert.
    if (!row) throw changedMeanwhile();
    await recordChange({ ...ctx, actor }, tx, {
      verb: before ? "approver_rule.changed" : "approver_rule.created",
      subject: { type: "approver_rule", id: name },
      before: before && { ...before.definition },
      after: { ...definition },
    });
    return row;
  });
}

/**
 * Takes an approver rule away.
 * @throws CountersignError `forbidden`, `not_found`, `conflict` while a policy names it or drafts wait for it.
 */
export async function deleteApproverRule(
  ctx: Context,
  input: { name: string; expectedVersion: number },
): Promise<{ name: string }> {
  const actor: PersonActor = requirePermission(ctx.actor, "organisation.write");
  const { name, expectedVersion } = parseInput(
    z.strictObject({ name: ruleName, expectedVersion: z.int() }),
    input,
  );
  const users = [...ctx.policies.values()].filter(({ policy }) =>
    [...policy.rules, policy.fallback].some(
      ({ approver_rule, escalation }) => approver_rule === name || escalation.some(({ to }) => to === name),
    ),
  );
  if (users.length > 0) {
    const types = users.map(({ actionType }) => actionType).join(", ");
    throw new CountersignError("conflict", `Policies still route to ${name}: ${types}. Change those first.`);
  }
  return ctx.db.transaction(async (tx) => {
    await lockDirectory(tx);
    const before = await lockRule(tx, name);
    if (!before) throw new CountersignError("not_found", "There is no such approver rule.");
    requireVersion(before, expectedVersion);
    const waiting = await tx.row(
      sql`SELECT 1 FROM draft WHERE status = 'pending' AND approver_rule = ${name} LIMIT 1`,
    );
    if (waiting) throw new CountersignError("conflict", `Drafts still wait for ${name}.`);
    await tx.run(sql`DELETE FROM approver_rule WHERE name = ${name}`);
    await recordChange({ ...ctx, actor }, tx, {
      verb: "approver_rule.deleted",
      subject: { type: "approver_rule", id: name },
      before: { ...before.definition },
      after: null,
    });
    return { name };
  });
}

const lockRule = (tx: Transaction, name: string) =>
  tx.row<Stored>(sql`
    SELECT description, definition, version FROM approver_rule WHERE name = ${name} FOR UPDATE`);

function requireVersion(before: Stored | null, expected: number | null): void {
  if (before && expected === null) {
    throw new CountersignError("conflict", "There is an approver rule of this name already.", {
      fields: [{ path: "/name", message: "is taken" }],
    });
  }
  if (!before && expected !== null)
    throw new CountersignError("not_found", "The rule was deleted meanwhile.");
  if (before && before.version !== expected) throw changedMeanwhile();
}

const changedMeanwhile = () =>
  new CountersignError(
    "conflict",
    "Somebody else changed this rule meanwhile. What you entered is still here: look at theirs, then save again.",
  );

/** @throws CountersignError `invalid_request` naming each target that is not there. */
function requireKnown(
  { people, groups, schedules, departments }: Directory,
  { bands }: ApproverRuleDefinition,
) {
  const fields: FieldError[] = [];
  bands.forEach(({ ask }, band) => {
    ask.forEach((target, index) => {
      const path = `/definition/bands/${band}/ask/${index}`;
      const known = { person: people, group: groups, schedule: schedules };
      if ("id" in target && !known[target.kind].has(target.id)) {
        fields.push({ path, message: `this ${target.kind} is not there` });
      }
      for (const id of target.departments ?? []) {
        if (!departments.has(id)) fields.push({ path, message: "a department is not there" });
      }
    });
  });
  if (fields.length > 0) {
    throw new CountersignError("invalid_request", "Somebody or something it would ask is not there.", {
      fields,
    });
  }
}
