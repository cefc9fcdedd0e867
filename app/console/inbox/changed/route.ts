import type { Timed } from "@/components/workspace/timed";
import { answerPost } from "@/lib/adapters/console-route";
import { requirePermission } from "@/lib/auth/permissions";
import { listInbox } from "@/lib/drafts/list-inbox";
import type { InboxPage, Queue } from "@/lib/drafts/types";

/** Which of the drafts `only` wait for the signed-in person in a queue now, and as what. */
export const POST = (request: Request) =>
  answerPost(request, async (ctx, input: { queue: Queue; only: string[] }): Promise<Timed<InboxPage>> => {
    requirePermission(ctx.actor, "inbox.read");
    const readAt = Date.now();
    const page = await listInbox(ctx, { queue: input?.queue, only: input?.only, limit: 200 });
    return { ...page, readAt };
  });
