import { readIdempotencyKey } from "@/lib/adapters/idempotency-key";
import { otherMethods } from "@/lib/adapters/other-methods";
import { readBody } from "@/lib/adapters/read-body";
import { answerKey } from "@/lib/adapters/route";
import { requestDraft } from "@/lib/drafting/request-draft";

/** Has the built-in drafter write a draft and submit it. */
export const POST = (request: Request) =>
  answerKey(request, async (ctx) => {
    const idempotencyKey = readIdempotencyKey(request);
    return { status: 202, body: await requestDraft(ctx, await readBody(request), { idempotencyKey }) };
  });

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
