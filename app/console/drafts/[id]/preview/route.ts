import { answerPost } from "@/lib/adapters/console-route";
import { type EditPreview, previewEdit } from "@/lib/drafts/preview-edit";

/** What an edit would come to. Nothing is written. */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id: draftId } = await params;
  return answerPost(
    request,
    (ctx, input: { payload: Record<string, unknown> }): Promise<EditPreview> =>
      previewEdit(ctx, { draftId, payload: input?.payload }),
  );
}
