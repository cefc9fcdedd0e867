import type { Timed } from "@/components/workspace/timed";
import { answerPost } from "@/lib/adapters/console-route";
import { requirePermission } from "@/lib/auth/permissions";
import { type BatchDecisionInput, decideBatch } from "@/lib/drafts/batch/decide-batch";
import type { BatchResult } from "@/lib/drafts/batch/types";

/** Decides drafts of a batch as the signed-in person, and says what came of each. */
export async function POST(request: Request) {
  return answerPost(
    request,
    async (ctx, input: BatchDecisionInput): Promise<Timed<{ results: BatchResult[] }>> => {
      requirePermission(ctx.actor, "draft.decide");
      const { results } = await decideBatch(ctx, input);
      return { results, readAt: Date.now() };
    },
  );
}
