import { answerPerson } from "@/lib/adapters/console-route";
import { draftRequestIdOf } from "@/lib/adapters/draft-request-id";
import { cancelDraftRequest } from "@/lib/drafting/cancel-draft-request";

/** Calls one of the signed-in person's own requests off. */
export const POST = (request: Request) =>
  answerPerson(request, (ctx) => cancelDraftRequest(ctx, draftRequestIdOf(request)));
