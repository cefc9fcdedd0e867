import { z } from "zod";
import { commitText, newSalt, recordEvent } from "@/lib/audit/record-event";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { Outcome } from "@/lib/drafts/types";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";

const inputSchema = z.strictObject({
  exampleId: z.string().min(1).max(100),
  reason: z.string().trim().min(1, "say why: whoever looks for it later reads it").max(2000),
});

interface Row {
  draft_id: string;
  action_type: string;
  outcome: Outcome;
}

/**
 * Takes an example out of prompts and precedents. It stays in the library, and can be put back. What the decision itself did is untouched.
 * @throws CountersignError `forbidden`, `invalid_request`, `not_found`, `conflict` that says who withdrew it first.
 */
export async function withdrawExample(
  ctx: Context,
  input: z.input<typeof inputSchema>,
): Promise<{ exampleId: string }> {
  const actor = requirePermission(ctx.actor, "library.write");
  const { exampleId, reason } = parseInput(inputSchema, input);
  const now = ctx.now();
  const salt = newSalt();
  return ctx.db.transaction(async (tx) => {
    const example = await tx.row<Row>(sql`
      UPDATE example SET withdrawn_at = ${now}, withdrawn_by_id = ${actor.personId}, withdrawn_reason = ${reason},
                         withdrawn_salt = ${salt}
      WHERE id = ${exampleId} AND withdrawn_at IS NULL
      RETURNING draft_id, action_type, outcome`);
    if (!example) throw await whyNot(tx, exampleId);
    await recordEvent(tx, {
      verb: "example.withdrawn",
      actor,
      at: now,
      draftId: example.draft_id,
      details: {
        example: exampleId,
        action_type: example.action_type,
        outcome: example.outcome,
        reason_commitment: commitText(salt, reason),
      },
    });
    return { exampleId };
  });
}

async function whyNot(tx: Transaction, exampleId: string): Promise<CountersignError> {
  const row = await tx.row<{ name: string | null }>(sql`
    SELECT person.name FROM example LEFT JOIN person ON person.id = example.withdrawn_by_id
    WHERE example.id = ${exampleId}`);
  return row
    ? new CountersignError("conflict", `${row.name ?? "Countersign"} has withdrawn it already.`)
    : new CountersignError("not_found", "There is no such example.");
}
