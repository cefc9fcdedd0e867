import { draftIdOf } from "@/lib/adapters/draft-id";
import { otherMethods } from "@/lib/adapters/other-methods";
import { answerKey } from "@/lib/adapters/route";
import { withdrawDraft } from "@/lib/drafts/withdraw-draft";

/** Takes a pending draft back. */
export const POST = (request: Request) =>
  answerKey(request, async (ctx) => ({ status: 200, body: await withdrawDraft(ctx, draftIdOf(request)) }));

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
