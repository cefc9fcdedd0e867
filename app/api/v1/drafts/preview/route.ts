import { otherMethods } from "@/lib/adapters/other-methods";
import { readBody } from "@/lib/adapters/read-body";
import { answerKey } from "@/lib/adapters/route";
import { previewDraft } from "@/lib/drafts/preview-draft";

/** Classifies a draft without storing it. */
export const POST = (request: Request) =>
  answerKey(request, async (ctx) => ({
    status: 200,
    body: await previewDraft(ctx, await readBody(request)),
  }));

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
