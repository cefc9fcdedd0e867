import type { StoryDraft } from "@/e2e/story-drafts";

/** The drafts of the loop, and the limit that its reviewer keeps to themselves. */
export interface LoopDrafts {
  actionType: string;
  /** All of the action type, in the file's order. */
  drafts: StoryDraft[];
  /** Of other action types: what else goes on meanwhile. */
  others: StoryDraft[];
  /** Above this the reviewer says no. */
  hiddenLimit: number;
}

const ACTION_TYPE = "modify_pending_order_items";
/** What the policy lets wait in the batch queue by its amount alone, and where among it the reviewer's limit is. */
const REVIEWED = { above: 250, upTo: 1000, limitAt: 0.75 };

/** The changes of items among the drafts, with a limit between the amounts that three quarters of them keep to. */
export function chooseDrafts(all: readonly StoryDraft[]): LoopDrafts {
  const drafts = all.filter(({ action_type }) => action_type === ACTION_TYPE);
  const others = all.filter(({ action_type }) => action_type !== ACTION_TYPE);
  const amounts = drafts
    .map(({ payload }) => Number(payload.amount))
    .filter((amount) => amount > REVIEWED.above && amount <= REVIEWED.upTo)
    .sort((a, b) => a - b);
  const at = Math.floor(amounts.length * REVIEWED.limitAt);
  const next = amounts.find((amount) => amount > amounts[at]!) ?? amounts[at]! + 1;
  return { actionType: ACTION_TYPE, drafts, others, hiddenLimit: (amounts[at]! + next) / 2 };
}
