import { otherMethods } from "@/lib/adapters/other-methods";
import { readQuery } from "@/lib/adapters/read-query";
import { answerKey } from "@/lib/adapters/route";
import { queryExamples } from "@/lib/examples/search-examples";

/** Decided examples for a prompt, by action type and words. */
export const GET = (request: Request) =>
  answerKey(request, async (ctx) => ({ status: 200, body: await queryExamples(ctx, readQuery(request)) }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
