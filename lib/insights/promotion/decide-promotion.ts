import { z } from "zod";
import { commitText, newSalt, recordEvent } from "@/lib/audit/record-event";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { policyVersionId } from "@/lib/policy-files/policy-versions";
import { enqueueWorkflow } from "@/lib/workflows/enqueue";
import { findForge } from "./find-forge";
import { type PromotionRow, readPromotion } from "./get-promotion";
import { readTexts } from "./make-content";
import type { PromotionContent } from "./promotion-content";
import { requireStillBorne } from "./require-still-borne";

const inputSchema = z.strictObject({
  id: z.string().min(1).max(100),
  verdict: z.enum(["accept", "decline"]),
  reason: z.string().trim().min(3, "say why: it stays with the change").max(2000),
  /** The hash of what was on the screen. */
  contentHash: z.string().regex(/^[0-9a-f]{64}$/, "the hash that the promotion came with"),
});
export type PromotionDecision = z.input<typeof inputSchema>;

/**
 * Accepts or declines a promotion, once. Accepting takes another person than the one who proposed it, for exactly what they
 * saw, while policy and files are still those it was worked out for, history bears it still and its last day is to come; a
 * pull request follows where a forge is configured.
 * Whoever proposed it may only withdraw it, which is declining one's own.
 * @throws CountersignError `forbidden`, `invalid_request`, `not_found`, `not_eligible`, `screen_moved`, `conflict`.
 */
export async function decidePromotion(
  ctx: Context,
  input: PromotionDecision,
): Promise<{ status: PromotionRow["status"] }> {
  const actor = requirePermission(ctx.actor, "promotion.write");
  const { id, verdict, reason, contentHash } = parseInput(inputSchema, input);
  if (verdict === "accept") await requireStillBorne(ctx, await readPromotion(ctx.db, id));
  return ctx.db.transaction(async (tx) => {
    await tx.run(sql`SELECT FROM promotion WHERE id = ${id} FOR UPDATE`);
    const row = await readPromotion(tx, id);
    guard(row, actor, { verdict, contentHash });
    if (verdict === "accept") await requireAnother(tx, actor, row);
    if (verdict === "accept") requireUnchanged(ctx, row);
    const isOwn = row.proposed_by_id === actor.personId;
    const status = verdict === "accept" ? "accepted" : isOwn ? "withdrawn" : "declined";
    await write(ctx, tx, actor, row, { status, reason });
    return { status };
  });
}

function guard(
  row: PromotionRow,
  actor: PersonActor,
  { verdict, contentHash }: { verdict: "accept" | "decline"; contentHash: string },
): void {
  if (row.status !== "proposed") {
    throw new CountersignError(
      "conflict",
      `${row.decided_by ?? "Somebody"} decided this first (${row.status}).`,
      {
        winner: { name: row.decided_by ?? "", verdict: row.status, at: row.decided_at!.toISOString() },
      },
    );
  }
  if (verdict === "accept" && row.proposed_by_id === actor.personId) {
    throw new CountersignError(
      "not_eligible",
      "You proposed this. Somebody else must accept it: loosening takes two people.",
    );
  }
  if (row.content_hash !== contentHash) {
    throw new CountersignError("screen_moved", "This is not what you saw. Look at the promotion again.");
  }
}

/** One person with two accounts is one person still. */
async function requireAnother(tx: Transaction, { personId }: PersonActor, row: PromotionRow): Promise<void> {
  const twin = await tx.row(
    sql`SELECT 1 FROM person WHERE id = ${personId} AND lower(email) = lower(${row.proposed_by_email})`,
  );
  if (!twin) return;
  throw new CountersignError(
    "not_eligible",
    "It was proposed under your e-mail address. Somebody else must accept it: loosening takes two people.",
  );
}

/** What was worked out for one policy says nothing of another. */
function requireUnchanged(ctx: Context, row: PromotionRow): void {
  const current = ctx.policies.get(row.action_type);
  const content = JSON.parse(row.content) as PromotionContent;
  if (!current || policyVersionId(current) !== row.policy_version_id) {
    throw new CountersignError(
      "conflict",
      `The policy has changed since: this was worked out for ${row.policy_version_id}. Propose it anew.`,
    );
  }
  const texts = readTexts(current);
  const isSame = (["policy", "cases", "checks"] as const).every(
    (name) =>
      texts[name] === (content.files.find(({ path }) => path.endsWith(`/${name}.json`))?.before ?? null),
  );
  if (!isSame) {
    throw new CountersignError(
      "conflict",
      "The files of the policy have changed since, and the patch would no longer apply. Propose it anew.",
    );
  }
}

async function write(
  ctx: Context,
  tx: Transaction,
  actor: PersonActor,
  row: PromotionRow,
  { status, reason }: { status: PromotionRow["status"]; reason: string },
): Promise<void> {
  const now = ctx.now();
  const salt = newSalt();
  const isWanted = status === "accepted" && findForge() !== null;
  await tx.run(sql`
    UPDATE promotion SET status = ${status}, decided_by_id = ${actor.personId}, decided_at = ${now},
                         decision_reason = ${reason}, decision_salt = ${salt},
                         pull_request_state = ${isWanted ? "wanted" : "none"}
    WHERE id = ${row.id} AND status = 'proposed'`);
  await recordEvent(tx, {
    verb: status === "accepted" ? "promotion.accepted" : "promotion.declined",
    actor,
    at: now,
    details: {
      subject: { type: "promotion", id: row.id },
      action_type: row.action_type,
      rule: row.rule,
      policy_version: row.policy_version_id,
      content_hash: row.content_hash,
      proposed_by: row.proposed_by_id,
      status,
      reason_commitment: commitText(salt, reason),
    },
  });
  if (isWanted) enqueueWorkflow(tx, "open_pull_request", { id: `promotion:${row.id}:0`, args: [row.id] });
}
