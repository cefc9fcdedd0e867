import type { Decided } from "@/components/review/use-decide";
import type { Timed } from "@/components/workspace/timed";
import { answerPost } from "@/lib/adapters/console-route";
import { requirePermission } from "@/lib/auth/permissions";
import { decideDraft } from "@/lib/drafts/decide-draft";
import type { DecisionInput } from "@/lib/drafts/decision";
import { type AfterReviewInput, reviewExecuted } from "@/lib/drafts/review-executed";

type Input = Omit<DecisionInput, "draftId"> | Omit<AfterReviewInput, "draftId">;

/** Decides one draft as the signed-in person, or says what they think of one that ran by itself. */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id: draftId } = await params;
  return answerPost(request, async (ctx, input: Input): Promise<Timed<Decided>> => {
    requirePermission(ctx.actor, "draft.decide");
    if (input?.verdict === "uphold" || input?.verdict === "overturn") {
      const { holdId } = await reviewExecuted(ctx, { ...(input as AfterReviewInput), draftId });
      return {
        movedTo: null,
        approvalsMissing: 0,
        undoUntil: null,
        holdId,
        readAt: Date.now(),
      };
    }
    const { movedTo, approvalsMissing, undoUntil, check } = await decideDraft(ctx, {
      ...(input as DecisionInput),
      draftId,
    });
    return { movedTo, approvalsMissing, undoUntil, ...(check ? { check } : {}), readAt: Date.now() };
  });
}
