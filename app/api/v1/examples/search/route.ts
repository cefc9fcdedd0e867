import { otherMethods } from "@/lib/adapters/other-methods";
import { readBody } from "@/lib/adapters/read-body";
import { answerKey } from "@/lib/adapters/route";
import { searchExamples } from "@/lib/examples/search-examples";

/** Decided examples for a prompt, near to a payload or to evidence. */
export const POST = (request: Request) =>
  answerKey(request, async (ctx) => ({
    status: 200,
    body: await searchExamples(ctx, await readBody(request)),
  }));

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
