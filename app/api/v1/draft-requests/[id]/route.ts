import { draftRequestIdOf } from "@/lib/adapters/draft-request-id";
import { otherMethods } from "@/lib/adapters/other-methods";
import { readQuery } from "@/lib/adapters/read-query";
import { answerKey } from "@/lib/adapters/route";
import { awaitDraftRequest } from "@/lib/drafting/await-draft-request";
import { waitSchema } from "@/lib/drafts/await-draft";
import { parseInput } from "@/lib/parse-input";

/** One request; with `?wait=30` the answer comes when something about it changed, or after that many seconds. */
export const GET = (request: Request) =>
  answerKey(request, async (ctx) => {
    const { wait } = parseInput(waitSchema, readQuery(request));
    const id = draftRequestIdOf(request);
    return { status: 200, body: await awaitDraftRequest(ctx, id, wait * 1000, request.signal) };
  });

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
