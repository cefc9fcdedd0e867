import { answerKey } from "@/lib/adapters/route";
import { withdrawDraft } from "@/lib/drafts/withdraw-draft";

/** Takes a pending draft back. */
export const POST = (request: Request, { params }: { params: Promise<{ id: string }> }) =>
  answerKey(request, async (ctx) => ({ status: 200, body: await withdrawDraft(ctx, (await params).id) }));
