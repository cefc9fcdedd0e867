import { answerFile } from "@/lib/adapters/answer-file";
import { getPromotionPatch } from "@/lib/insights/promotion/promotion-patch";

interface Props {
  params: Promise<{ id: string }>;
}

/** An accepted promotion as a patch for git, to be saved as a file. Changes nothing, so a link may lead here. */
export const GET = (_request: Request, { params }: Props): Promise<Response> =>
  answerFile(async (ctx) => {
    const { name, patch } = await getPromotionPatch(ctx, (await params).id);
    return { name, contentType: "text/x-patch", content: patch };
  });
