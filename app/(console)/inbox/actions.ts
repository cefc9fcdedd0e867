"use server";

import type { Timed } from "@/components/inbox/queue-store";
import type { Decided } from "@/components/review/use-decide";
import { type ActionResult, action } from "@/lib/adapters/action";
import { may } from "@/lib/auth/permissions";
import { decideDraft } from "@/lib/drafts/decide-draft";
import type { DecisionInput } from "@/lib/drafts/decision";
import { listInbox } from "@/lib/drafts/list-inbox";
import { type AfterReviewInput, reviewExecuted } from "@/lib/drafts/review-executed";
import type { InboxPage, Queue } from "@/lib/drafts/types";
import { undoDecision } from "@/lib/drafts/undo-decision";
import { CountersignError } from "@/lib/errors";

const isAfterwards = (input: DecisionInput | AfterReviewInput): input is AfterReviewInput =>
  input?.verdict === "uphold" || input?.verdict === "overturn";

const decideNow = action(async (ctx, input: DecisionInput | AfterReviewInput): Promise<Timed<Decided>> => {
  if (!may(ctx.actor, "draft.decide")) {
    throw new CountersignError("forbidden", "Deciding needs the approver role.");
  }
  if (isAfterwards(input)) {
    const { holdId } = await reviewExecuted(ctx, input);
    return {
      movedTo: null,
      approvalsMissing: 0,
      undoUntil: null,
      holds: holdId !== null,
      readAt: Date.now(),
    };
  }
  const { movedTo, approvalsMissing, undoUntil } = await decideDraft(ctx, input);
  return { movedTo, approvalsMissing, undoUntil, readAt: Date.now() };
});

const readPage = action(async (ctx, input: { queue: Queue; cursor?: string }): Promise<Timed<InboxPage>> => {
  if (!may(ctx.actor, "inbox.read"))
    throw new CountersignError("forbidden", "Reading the inbox needs a role.");
  const readAt = Date.now();
  return { ...(await listInbox(ctx, input)), readAt };
});

const undoNow = action(undoDecision);

/** Takes back the approval the signed-in person gave last. */
export async function undo(input: {
  draftId: string;
}): Promise<ActionResult<{ draftId: string; status: "pending" }>> {
  return undoNow(input);
}

/** Decides one draft as the signed-in person, or says what they think of one that ran by itself. */
export async function decide(input: DecisionInput | AfterReviewInput): Promise<ActionResult<Timed<Decided>>> {
  return decideNow(input);
}

/** One more page of a queue. */
export async function loadPage(input: {
  queue: Queue;
  cursor?: string;
}): Promise<ActionResult<Timed<InboxPage>>> {
  return readPage(input);
}
