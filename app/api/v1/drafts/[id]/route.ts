import { answerKey } from "@/lib/adapters/route";
import { awaitDraft } from "@/lib/drafts/await-draft";
import { CountersignError } from "@/lib/errors";

const MAX_WAIT_SECONDS = 60;

/** One draft; with `?wait=30` the answer comes when something about it changed, or after that many seconds. */
export const GET = (request: Request, { params }: { params: Promise<{ id: string }> }) =>
  answerKey(request, async (ctx) => {
    const wait = new URL(request.url).searchParams.get("wait") ?? "0";
    if (!/^\d{1,3}$/.test(wait) || Number(wait) > MAX_WAIT_SECONDS) {
      throw new CountersignError(
        "invalid_request",
        `wait takes whole seconds from 0 to ${MAX_WAIT_SECONDS}.`,
        {
          fields: [{ path: "/query/wait", message: `0 to ${MAX_WAIT_SECONDS}` }],
        },
      );
    }
    const { id } = await params;
    return { status: 200, body: await awaitDraft(ctx, id, Number(wait) * 1000, request.signal) };
  });
