import { otherMethods } from "@/lib/adapters/other-methods";
import { pathSegments } from "@/lib/adapters/path-segments";
import { readBody } from "@/lib/adapters/read-body";
import { answerKey } from "@/lib/adapters/route";
import { pushFacts } from "@/lib/facts/push-facts";

/** Stores what a trusted system knows of a subject. */
export const PUT = (request: Request) =>
  answerKey(request, async (ctx) => {
    // From the path itself: the id may hold an escaped slash, hash or percent sign.
    const [type = "", id = ""] = pathSegments(request).slice(-2);
    return { status: 200, body: await pushFacts(ctx, { type, id }, await readBody(request)) };
  });

export const { GET, POST, PATCH, DELETE, OPTIONS } = otherMethods("PUT");
