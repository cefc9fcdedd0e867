import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { CountersignError } from "@/lib/errors";
import { reasoningOf, subjectOf } from "./describe-promotion";
import { type PromotionRow, readPromotion } from "./get-promotion";
import { makePatch } from "./make-patch";
import type { PromotionContent } from "./promotion-content";

/** The commit that an accepted promotion comes to. */
export function commitOf(row: PromotionRow): { content: PromotionContent; subject: string; body: string } {
  const content = JSON.parse(row.content) as PromotionContent;
  const body = reasoningOf(content, {
    proposedBy: row.proposed_by,
    reason: row.reason,
    acceptedBy: row.decided_by ?? "",
    acceptedReason: row.decision_reason ?? "",
  });
  return { content, subject: subjectOf(content), body };
}

/**
 * The accepted promotion as a patch for `git am` or `git apply`.
 * @throws CountersignError `forbidden`, `not_found`, `not_eligible` before a second person has accepted it.
 */
export async function getPromotionPatch(ctx: Context, id: string): Promise<{ name: string; patch: string }> {
  requirePermission(ctx.actor, "promotion.write");
  const row = await readPromotion(ctx.db, id);
  if (row.status !== "accepted") {
    throw new CountersignError("not_eligible", "There is a patch once a second person has accepted it.");
  }
  const { content, subject, body } = commitOf(row);
  const author = { name: row.proposed_by, email: row.proposed_by_email };
  const patch = makePatch({ author, at: row.decided_at!, subject, body }, content.files);
  return { name: `${content.actionType}-${id}.patch`, patch };
}
