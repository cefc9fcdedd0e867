import { answerPerson, answerPost } from "@/lib/adapters/console-route";
import { listDraftRequests } from "@/lib/drafting/list-draft-requests";
import { requestOwnDraft } from "@/lib/drafting/request-own-draft";

/** The signed-in person's own requests to the drafter, newest first; after `cursor`, those before. */
export const GET = (request: Request) =>
  answerPerson(request, (ctx) => {
    const cursor = new URL(request.url).searchParams.get("cursor");
    return listDraftRequests(ctx, cursor ? { cursor } : {});
  });

/** Asks the drafter for a draft. */
export const POST = (request: Request) => answerPost(request, requestOwnDraft);
