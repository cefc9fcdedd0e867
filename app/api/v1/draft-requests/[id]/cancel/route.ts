import { draftRequestIdOf } from "@/lib/adapters/draft-request-id";
import { otherMethods } from "@/lib/adapters/other-methods";
import { answerKey } from "@/lib/adapters/route";
import { cancelDraftRequest } from "@/lib/drafting/cancel-draft-request";

/** Calls a request off before its draft is submitted. */
export const POST = (request: Request) =>
  answerKey(request, async (ctx) => ({
    status: 200,
    body: await cancelDraftRequest(ctx, draftRequestIdOf(request)),
  }));

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
