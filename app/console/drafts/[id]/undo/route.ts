import { answerPerson } from "@/lib/adapters/console-route";
import { undoDecision } from "@/lib/drafts/undo-decision";

/** Takes back the decision the signed-in person made last. */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return answerPerson(request, (ctx) => undoDecision(ctx, { draftId: id }));
}
