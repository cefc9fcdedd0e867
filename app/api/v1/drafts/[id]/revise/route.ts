import { readIdempotencyKey } from "@/lib/adapters/idempotency-key";
import { answerKey, readBody } from "@/lib/adapters/route";
import { reviseDraft } from "@/lib/drafts/revise-draft";

/** Answers a request for changes with a new draft, linked to the former. */
export const POST = (request: Request, { params }: { params: Promise<{ id: string }> }) =>
  answerKey(request, async (ctx) => {
    const idempotencyKey = readIdempotencyKey(request);
    const { id } = await params;
    return { status: 201, body: await reviseDraft(ctx, id, await readBody(request), { idempotencyKey }) };
  });
