import type { Context, PersonActor } from "@/lib/context";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { getReview } from "@/lib/drafts/get-review";
import { listInbox } from "@/lib/drafts/list-inbox";

/** What a reviewer with a rule of their own decided. */
export interface DecidedByLimit {
  approved: number[];
  rejected: number[];
}

const SECONDS_PER_ITEM = 12;

/**
 * Decides all of an action type that waits in the batch queue, as a person would who approves up to a limit and says no
 * beyond it, and tells nobody. Resolves to the amounts.
 */
export async function decideByLimit(
  ctx: Context<PersonActor>,
  { actionType, limit }: { actionType: string; limit: number },
): Promise<DecidedByLimit> {
  const decided: DecidedByLimit = { approved: [], rejected: [] };
  for (;;) {
    const { items } = await listInbox(ctx, { queue: "batch", limit: 200, filters: { types: [actionType] } });
    if (items.length === 0) return decided;
    for (const { id, amount } of items) {
      if (amount === null) throw new Error(`${id} has no amount.`);
      const isApproved = amount <= limit;
      const { screenHash, precedents } = await getReview(ctx, id);
      await decideDraft(ctx, {
        draftId: id,
        screenHash,
        precedentIds: precedents.map(({ exampleId }) => exampleId),
        secondsOnScreen: SECONDS_PER_ITEM,
        ...(isApproved ? { verdict: "approve" } : { verdict: "reject", reason: "Too much for one order." }),
      });
      (isApproved ? decided.approved : decided.rejected).push(amount);
    }
  }
}
