import type { Timed } from "@/components/workspace/timed";
import { answerPost } from "@/lib/adapters/console-route";
import { type UndoResult, undoBatch } from "@/lib/drafts/batch/undo-batch";

/** Takes back what can be of the signed-in person's own batch. */
export async function POST(request: Request) {
  return answerPost(
    request,
    async (ctx, input: { batchId: string }): Promise<Timed<{ results: UndoResult[] }>> => {
      const { results } = await undoBatch(ctx, input);
      return { results, readAt: Date.now() };
    },
  );
}
