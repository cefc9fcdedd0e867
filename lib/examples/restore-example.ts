import { z } from "zod";
import { recordEvent } from "@/lib/audit/record-event";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { Outcome } from "@/lib/drafts/types";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";

const inputSchema = z.strictObject({ exampleId: z.string().min(1).max(100) });

interface Row {
  draft_id: string;
  action_type: string;
  outcome: Outcome;
}

/**
 * Puts a withdrawn example back, so that prompts and precedents find it again. Who had withdrawn it last, and why, stays known.
 * What was overturned afterwards cannot come back.
 * @throws CountersignError `forbidden`, `not_found`, `conflict` when it is not withdrawn, or overturned.
 */
export async function restoreExample(
  ctx: Context,
  input: z.input<typeof inputSchema>,
): Promise<{ exampleId: string }> {
  const actor = requirePermission(ctx.actor, "library.write");
  const { exampleId } = parseInput(inputSchema, input);
  const now = ctx.now();
  return ctx.db.transaction(async (tx) => {
    const example = await tx.row<Row>(sql`
      UPDATE example SET withdrawn_at = NULL
      WHERE id = ${exampleId} AND withdrawn_at IS NOT NULL AND NOT (outcome IN ('approved', 'edited') AND EXISTS (
        SELECT FROM draft WHERE draft.id = example.draft_id AND draft.after_review = 'overturned'))
      RETURNING draft_id, action_type, outcome`);
    if (!example) {
      const row = await tx.row<{ is_withdrawn: boolean }>(sql`
        SELECT withdrawn_at IS NOT NULL AS is_withdrawn FROM example WHERE id = ${exampleId}`);
      if (!row) throw new CountersignError("not_found", "There is no such example.");
      throw new CountersignError(
        "conflict",
        row.is_withdrawn
          ? "It was overturned afterwards, so no draft should follow it. It stays withdrawn."
          : "It is not withdrawn. Somebody may have put it back already.",
      );
    }
    await recordEvent(tx, {
      verb: "example.restored",
      actor,
      at: now,
      draftId: example.draft_id,
      details: { example: exampleId, action_type: example.action_type, outcome: example.outcome },
    });
    return { exampleId };
  });
}
