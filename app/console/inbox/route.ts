import type { Timed } from "@/components/workspace/timed";
import { answerPerson } from "@/lib/adapters/console-route";
import { requirePermission } from "@/lib/auth/permissions";
import { readInboxFilters } from "@/lib/drafts/filter-params";
import { listInbox } from "@/lib/drafts/list-inbox";
import type { InboxPage, Queue } from "@/lib/drafts/types";

/** One page of a queue: `queue`, `cursor`, `limit`, and the filters as in the inbox's own address. */
export async function GET(request: Request) {
  const params = new URL(request.url).searchParams;
  return answerPerson(request, async (ctx): Promise<Timed<InboxPage>> => {
    requirePermission(ctx.actor, "inbox.read");
    const readAt = Date.now();
    const limit = params.get("limit");
    const page = await listInbox(ctx, {
      queue: params.get("queue") as Queue,
      cursor: params.get("cursor") ?? undefined,
      ...(limit === null ? {} : { limit: Number(limit) }),
      filters: readInboxFilters(params).filters,
    });
    return { ...page, readAt };
  });
}
