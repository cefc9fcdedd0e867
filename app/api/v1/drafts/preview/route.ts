import { answerKey, readBody } from "@/lib/adapters/route";
import { previewDraft } from "@/lib/drafts/preview-draft";

/** Classifies a draft without storing it. */
export const POST = (request: Request) =>
  answerKey(request, async (ctx) => ({
    status: 200,
    body: await previewDraft(ctx, await readBody(request)),
  }));
