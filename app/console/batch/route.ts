import type { Timed } from "@/components/workspace/timed";
import { answerPerson } from "@/lib/adapters/console-route";
import { requirePermission } from "@/lib/auth/permissions";
import { getBatch } from "@/lib/drafts/batch/get-batch";
import type { Batch } from "@/lib/drafts/batch/types";

/** The next ten of a group (`type` and `rule`), of the group of one draft (`of`), or of the most urgent one. */
export async function GET(request: Request) {
  const params = new URL(request.url).searchParams;
  return answerPerson(request, async (ctx): Promise<Timed<Batch>> => {
    requirePermission(ctx.actor, "inbox.read");
    const readAt = Date.now();
    const batch = await getBatch(ctx, {
      actionType: params.get("type") ?? undefined,
      rule: params.get("rule") ?? undefined,
      draftId: params.get("of") ?? undefined,
    });
    return { ...batch, readAt };
  });
}
