import { pathSegments } from "@/lib/adapters/path-segments";
import { answerKey, readBody } from "@/lib/adapters/route";
import { pushFacts } from "@/lib/facts/push-facts";

/** Stores what a trusted system knows of a subject. */
export const PUT = (request: Request) =>
  answerKey(request, async (ctx) => {
    const [type = "", id = ""] = pathSegments(request).slice(-2);
    return { status: 200, body: await pushFacts(ctx, { type, id }, await readBody(request)) };
  });
