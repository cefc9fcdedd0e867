import { answerKey } from "@/lib/adapters/route";
import { claimExecution } from "@/lib/executions/claim-execution";

/** Claims the single-use grant to execute an approved draft. */
export const POST = (request: Request, { params }: { params: Promise<{ id: string }> }) =>
  answerKey(request, async (ctx) => ({ status: 200, body: await claimExecution(ctx, (await params).id) }));
