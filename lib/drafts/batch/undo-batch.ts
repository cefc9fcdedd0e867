import { z } from "zod";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { undoDecision } from "../undo-decision";
import { inTurns } from "./in-turns";

const inputSchema = z.strictObject({ batchId: z.ulid() });
const AT_ONCE = 4;

/** What came of taking back one decision of a batch. */
export type UndoResult = { draftId: string; summary: string } & (
  | { ok: true }
  | { ok: false; code: string; message: string }
);

/**
 * Takes back each decision of one's own batch that still stands and can be taken back, each in a transaction of its own;
 * says of every other why not. Sent again, it finds nothing more to do.
 * @throws CountersignError `forbidden`, `invalid_request`, `not_found` when this person decided no such batch.
 */
export async function undoBatch(
  ctx: Context,
  input: z.input<typeof inputSchema>,
): Promise<{ batchId: string; results: UndoResult[] }> {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new CountersignError("forbidden", "Only a signed-in person can undo.");
  const { batchId } = parseInput(inputSchema, input);
  const decisions = await ctx.db.rows<{ draft_id: string; summary: string; undone_at: Date | null }>(sql`
    SELECT decision.draft_id, draft.summary, decision.undone_at
    FROM decision JOIN draft ON draft.id = decision.draft_id
    WHERE decision.batch_id = ${batchId} AND decision.person_id = ${actor.personId}
    ORDER BY decision.decided_at, decision.id`);
  if (decisions.length === 0) throw new CountersignError("not_found", "You decided no such batch.");
  const standing = decisions.filter(({ undone_at }) => undone_at === null);
  const results = await inTurns(
    standing,
    AT_ONCE,
    async ({ draft_id: draftId, summary }): Promise<UndoResult> => {
      try {
        await undoDecision(ctx, { draftId });
        return { draftId, summary, ok: true };
      } catch (error) {
        if (error instanceof CountersignError) {
          return { draftId, summary, ok: false, code: error.code, message: error.message };
        }
        console.error(`batch ${batchId}: the decision on ${draftId} could not be taken back:`, error);
        const message = "Something went wrong on our side. It may still stand; look at it.";
        return { draftId, summary, ok: false, code: "internal", message };
      }
    },
  );
  return { batchId, results };
}
