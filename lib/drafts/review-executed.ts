import { z } from "zod";
import { commitText, newSalt, recordEvent } from "@/lib/audit/record-event";
import type { Context, PersonActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { heldWhat } from "@/lib/holds/held-what";
import { insertHold } from "@/lib/holds/insert-hold";
import { listAnswerable } from "@/lib/holds/list-answerable";
import { overturnedReason } from "@/lib/holds/overturned-reason";
import { noticesToWrite } from "@/lib/notices/notice";
import { parseInput } from "@/lib/parse-input";
import { separatedBecause } from "@/lib/routing/separation";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { type DraftUnderDecision, lastDecision, loadForDecision } from "./load-for-decision";
import { newId } from "./new-id";
import { notAsked } from "./why-asked";

const inputSchema = z
  .strictObject({
    draftId: z.string().min(1).max(100),
    verdict: z.enum(["uphold", "overturn"]),
    reason: z.string().trim().max(5000).optional(),
    /** The hash of everything that was on the screen. */
    screenHash: z.string().regex(/^[0-9a-f]{64}$/, "the hash that the review screen came with"),
    precedentIds: z.array(z.string().max(100)).max(4).default([]),
    /** For how long they had it before them, whole seconds; left out where nobody measured. */
    secondsOnScreen: z.int().min(0).max(86_400).optional(),
  })
  .refine(({ verdict, reason }) => verdict === "uphold" || reason, {
    path: ["reason"],
    message: "say why: it holds the rule back, and everybody who meets the hold reads it",
  });
export type AfterReviewInput = z.input<typeof inputSchema>;

/** What a look afterwards led to; `holdId` names the hold that an overturned one placed, if none was there. */
export interface AfterReviewResult {
  draftId: string;
  afterReview: "upheld" | "overturned";
  holdId: string | null;
}

/**
 * Records what a person says of something that ran by itself. Upheld, it becomes an example like an approved draft.
 * Overturned, it becomes one of a rejection, and what its rule lets run by itself is held back to review in the same
 * transaction (invariant 9). Neither undoes what was executed.
 * @throws CountersignError `forbidden`, `not_found`, `invalid_request`, `not_eligible`, `screen_moved`, `not_pending` when
 * nobody is to look at it, `conflict` that says who did.
 */
export async function reviewExecuted(ctx: Context, input: AfterReviewInput): Promise<AfterReviewResult> {
  const { actor } = ctx;
  if (actor.kind !== "person")
    throw new CountersignError("forbidden", "Only a signed-in person can do this.");
  const said = parseInput(inputSchema, input);
  return ctx.db.transaction(async (tx) => {
    const draft = await loadForDecision(ctx, tx, said.draftId, actor.personId, { lock: true });
    if (!draft) throw new CountersignError("not_found", "There is no such draft.");
    guard(draft, actor, said.screenHash);
    await write(ctx, tx, actor, draft, said);
    const holdId = said.verdict === "overturn" ? await holdRule(ctx, tx, actor, draft, said.reason!) : null;
    return {
      draftId: said.draftId,
      afterReview: said.verdict === "uphold" ? "upheld" : "overturned",
      holdId,
    };
  });
}

function guard(draft: DraftUnderDecision, actor: PersonActor, screenHash: string): void {
  const { row, duties, entitlement } = draft;
  const before = lastDecision(draft);
  if (row.after_review === "upheld" || row.after_review === "overturned") {
    throw new CountersignError("conflict", `${before?.name ?? "Somebody"} looked at this first.`, {
      ...(before ? { winner: { name: before.name, verdict: before.verdict, at: before.at } } : {}),
    });
  }
  if (row.after_review !== "waiting" || row.status !== "executed") {
    throw new CountersignError("not_pending", "Nobody is to look at this one, or it has not been executed.");
  }
  const duty = separatedBecause(actor.personId, duties);
  if (duty) throw new CountersignError("not_eligible", duty);
  if (!entitlement) throw new CountersignError("not_eligible", notAsked(draft));
  if (draft.screenHash !== screenHash) {
    throw new CountersignError(
      "screen_moved",
      "This draft changed while it was on your screen. Look at it again.",
    );
  }
}

async function write(
  ctx: Context,
  tx: Transaction,
  actor: PersonActor,
  { row, payload, payloadHash, entitlement }: DraftUnderDecision,
  said: z.output<typeof inputSchema>,
): Promise<void> {
  const now = ctx.now();
  const salt = newSalt();
  const isUpheld = said.verdict === "uphold";
  const text = canonicalJson(payload);
  const state = isUpheld ? "upheld" : "overturned";
  // Its version stays: the agent reads it, and would learn from it that somebody looked.
  await tx.run(sql`
    UPDATE draft SET after_review = ${state}
    WHERE id = ${row.id} AND after_review = 'waiting' AND version = ${row.version}`);
  await tx.run(sql`
    INSERT INTO decision (id, draft_id, person_id, verdict, reason, reason_salt, screen_hash, classification_id, payload,
                          payload_hash, precedent_ids, on_behalf_of_id, seconds_on_screen, decided_at)
    VALUES (${newId("dec")}, ${row.id}, ${actor.personId}, ${said.verdict}, ${said.reason ?? null}, ${salt},
            ${said.screenHash}, ${row.classification_id}, ${text}::json, ${payloadHash}, ${said.precedentIds}::text[],
            ${entitlement?.onBehalfOf ?? null}, ${said.secondsOnScreen ?? null}, ${now})`);
  // An example that there is already, of a decision before it ran, is not deleted: overturned, it leaves the prompts.
  await tx.run(sql`
    INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, amount, proposed_payload,
                         final_payload, reason, person_id, policy_version_id, decided_at, embedder, embedding,
                         remote_embedder, remote_embedding)
    SELECT ${newId("exm")}, id, action_type, ${isUpheld ? "approved" : "rejected"}, summary, subject_type, subject_id,
           amount, payload, ${text}::json, ${said.reason ?? null}, ${actor.personId}, policy_version_id, ${now}, embedder,
           embedding, remote_embedder, remote_embedding
    FROM draft WHERE id = ${row.id}
    ON CONFLICT (draft_id) DO UPDATE SET
      withdrawn_at = excluded.decided_at, withdrawn_by_id = excluded.person_id, withdrawn_salt = ${salt},
      withdrawn_reason = excluded.reason
    WHERE excluded.outcome = 'rejected' AND example.withdrawn_at IS NULL`);
  await recordEvent(tx, {
    verb: isUpheld ? "draft.upheld" : "draft.overturned",
    actor,
    at: now,
    draftId: row.id,
    details: {
      screen_hash: said.screenHash,
      payload_hash: payloadHash,
      policy_version: row.policy_version_id,
      classification: row.classification_id,
      rule: row.handling.rule_name,
      approver_rule: row.approver_rule,
      reason_commitment: commitText(salt, said.reason),
    },
  });
}

/**
 * Holds back what the rule that released this draft lets run by itself, and tells those who answer for it; null when that
 * is held already.
 */
async function holdRule(
  ctx: Context,
  tx: Transaction,
  actor: PersonActor,
  { row }: DraftUnderDecision,
  reason: string,
): Promise<string | null> {
  const { action_type: actionType, handling } = row;
  const rule = handling.rule_name;
  const personIds = await listAnswerable(tx, handling.lease?.promotion ?? null);
  const what = heldWhat(ctx.policies, { agentName: null, actionType, rule });
  const begin = `${actor.name} overturned what ${what} had let run by itself`;
  const holdId = await insertHold(ctx, tx, {
    actionType,
    agentId: null,
    rule,
    reason: overturnedReason(row.id, reason),
    endsAt: null,
    tell: { personIds, text: `${begin}. The rule is held back to review; see what else ran under it.` },
  });
  if (holdId === null) {
    const others = personIds.filter((personId) => personId !== actor.personId);
    const text = `${begin}. The rule was held back already.`;
    const key = `overturned:${row.id}`;
    tx.send(
      noticesToWrite(
        others.map((personId) => ({ personId, kind: "hold", draftId: row.id, text, dedupeKey: key })),
        ctx.now(),
      ),
    );
  }
  return holdId;
}
