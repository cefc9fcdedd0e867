import { draftIdOf } from "@/lib/adapters/draft-id";
import { otherMethods } from "@/lib/adapters/other-methods";
import { readBody } from "@/lib/adapters/read-body";
import { answerKey } from "@/lib/adapters/route";
import { reportExecution } from "@/lib/executions/report-execution";

/** Reports what came of a claimed execution. */
export const POST = (request: Request) =>
  answerKey(request, async (ctx) => {
    const id = draftIdOf(request);
    return { status: 200, body: await reportExecution(ctx, id, await readBody(request)) };
  });

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
