import { z } from "zod";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { decideDraft } from "../decide-draft";
import type { Instant, Route } from "../types";
import { inTurns } from "./in-turns";
import type { BatchResult } from "./types";

const itemSchema = z
  .strictObject({
    draftId: z.string().min(1).max(100),
    verdict: z.enum(["approve", "reject", "request_changes"]),
    reason: z.string().trim().max(5000).optional(),
    screenHash: z.string().regex(/^[0-9a-f]{64}$/, "the hash that the batch came with"),
    precedentIds: z.array(z.string().max(100)).max(4).default([]),
    secondsOnScreen: z.int().min(0).max(86_400).optional(),
  })
  .refine(({ verdict, reason }) => verdict === "approve" || reason, {
    path: ["reason"],
    message: "say why: the agent and the next approver learn from it",
  });

const inputSchema = z.strictObject({
  /** Made by whoever sends it: the same batch sent again decides nothing twice. */
  batchId: z.ulid(),
  items: z
    .array(itemSchema)
    .min(1)
    .max(50)
    .refine((items) => new Set(items.map(({ draftId }) => draftId)).size === items.length, {
      message: "each draft once",
    }),
  /** They were told that they are quicker than a policy asks, and approve all the same. */
  confirmedQuick: z.boolean().default(false),
});

export type BatchDecisionInput = z.input<typeof inputSchema>;
type Item = z.output<typeof itemSchema>;

/** So many transactions at once: enough to be quick, few enough to leave connections for others. */
const AT_ONCE = 4;

/**
 * Decides some drafts, each in a transaction of its own with an event of its own. What cannot be decided is left out, and
 * why is said: it moved, somebody else was first, it waits for a named approver. Sent again, with the same or with further
 * drafts, it answers what it decided already and decides the rest.
 * @throws CountersignError `forbidden`, `invalid_request`; nothing else, whatever comes of a single draft.
 */
export async function decideBatch(
  ctx: Context,
  input: BatchDecisionInput,
): Promise<{ batchId: string; results: BatchResult[] }> {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new CountersignError("forbidden", "Only a signed-in person can decide.");
  const { batchId, items, confirmedQuick } = parseInput(inputSchema, input);
  const batch = { batchId, confirmedQuick, actor };
  const results = await inTurns(items, AT_ONCE, (item) => decideOne(ctx, batch, item));
  return { batchId, results };
}

interface BatchInHand {
  batchId: string;
  confirmedQuick: boolean;
  actor: PersonActor;
}

async function decideOne(ctx: Context, batch: BatchInHand, item: Item): Promise<BatchResult> {
  const { draftId } = item;
  try {
    const known = await findDecided(ctx, batch, draftId);
    if (known) return known;
    const { undoUntil, approvalsMissing, movedTo, check } = await decideDraft(ctx, {
      ...item,
      batchId: batch.batchId,
      confirmedQuick: batch.confirmedQuick,
    });
    const followed = { undoUntil, approvalsMissing, movedTo, ...(check ? { check } : {}) };
    return { draftId, ok: true, verdict: item.verdict, ...followed };
  } catch (error) {
    if (!(error instanceof CountersignError)) {
      console.error(`batch ${batch.batchId}: ${draftId} could not be decided:`, error);
      const message = "Something went wrong on our side. It may not be decided; look at it.";
      return { draftId, ok: false, code: "internal", message };
    }
    // The same batch, sent twice at once, may have decided it meanwhile.
    const decided = await findDecided(ctx, batch, draftId).catch(() => null);
    return decided ?? { draftId, ok: false, code: error.code, message: error.message };
  }
}

interface Row {
  route: Route | null;
  verdict: Item["verdict"] | null;
  undo_until: Date | null;
  undone_at: Date | null;
  because: string | null;
}

/** What this batch decided of a draft already, or why it cannot; null when it is to be decided. */
async function findDecided(
  ctx: Context,
  { batchId, actor }: BatchInHand,
  draftId: string,
): Promise<BatchResult | null> {
  const row = await ctx.db.row<Row>(sql`
    SELECT draft.route, decision.verdict, decision.undo_until, decision.undone_at, seeded_check.because
    FROM draft LEFT JOIN seeded_check ON seeded_check.draft_id = draft.id AND draft.origin = 'check'
    LEFT JOIN LATERAL (
      SELECT verdict, undo_until, undone_at FROM decision
      WHERE draft_id = draft.id AND batch_id = ${batchId} AND person_id = ${actor.personId}
      ORDER BY decided_at DESC LIMIT 1) AS decision ON true
    WHERE draft.id = ${draftId}`);
  if (row?.verdict && row.undone_at) {
    return { draftId, ok: false, code: "conflict", message: "You took this decision back." };
  }
  if (row?.verdict) {
    const undoUntil: Instant | null = row.undo_until?.toISOString() ?? null;
    const check = row.because && { check: { caught: row.verdict !== "approve", because: row.because } };
    return {
      draftId,
      ok: true,
      verdict: row.verdict,
      undoUntil,
      approvalsMissing: 0,
      movedTo: null,
      ...check,
    };
  }
  // Its hash would give a former route away, but not to somebody who took it from the review itself.
  if (row && row.route !== "batch_review") {
    const message = "It waits for a named approver, and is decided by itself.";
    return { draftId, ok: false, code: "not_eligible", message };
  }
  return null;
}
