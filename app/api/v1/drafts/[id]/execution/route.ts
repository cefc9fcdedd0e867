import { answerKey, readBody } from "@/lib/adapters/route";
import { reportExecution } from "@/lib/executions/report-execution";

/** Reports what came of a claimed execution. */
export const POST = (request: Request, { params }: { params: Promise<{ id: string }> }) =>
  answerKey(request, async (ctx) => ({
    status: 200,
    body: await reportExecution(ctx, (await params).id, await readBody(request)),
  }));
