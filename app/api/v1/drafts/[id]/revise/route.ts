import { draftIdOf } from "@/lib/adapters/draft-id";
import { readIdempotencyKey } from "@/lib/adapters/idempotency-key";
import { otherMethods } from "@/lib/adapters/other-methods";
import { readBody } from "@/lib/adapters/read-body";
import { answerKey } from "@/lib/adapters/route";
import { reviseDraft } from "@/lib/drafts/revise-draft";

/** Answers a request for changes with a new draft, linked to the former. */
export const POST = (request: Request) =>
  answerKey(request, async (ctx) => {
    const idempotencyKey = readIdempotencyKey(request);
    const id = draftIdOf(request);
    return { status: 201, body: await reviseDraft(ctx, id, await readBody(request), { idempotencyKey }) };
  });

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
