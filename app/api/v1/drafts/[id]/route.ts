import { draftIdOf } from "@/lib/adapters/draft-id";
import { otherMethods } from "@/lib/adapters/other-methods";
import { readQuery } from "@/lib/adapters/read-query";
import { answerKey } from "@/lib/adapters/route";
import { awaitDraft, waitSchema } from "@/lib/drafts/await-draft";
import { parseInput } from "@/lib/parse-input";

/** One draft; with `?wait=30` the answer comes when something about it changed, or after that many seconds. */
export const GET = (request: Request) =>
  answerKey(request, async (ctx) => {
    const { wait } = parseInput(waitSchema, readQuery(request));
    return { status: 200, body: await awaitDraft(ctx, draftIdOf(request), wait * 1000, request.signal) };
  });

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
