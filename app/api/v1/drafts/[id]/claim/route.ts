import { draftIdOf } from "@/lib/adapters/draft-id";
import { otherMethods } from "@/lib/adapters/other-methods";
import { answerKey } from "@/lib/adapters/route";
import { claimExecution } from "@/lib/executions/claim-execution";

/** Claims the single-use grant to execute an approved draft. */
export const POST = (request: Request) =>
  answerKey(request, async (ctx) => ({ status: 200, body: await claimExecution(ctx, draftIdOf(request)) }));

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
