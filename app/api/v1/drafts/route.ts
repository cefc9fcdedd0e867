import { readIdempotencyKey } from "@/lib/adapters/idempotency-key";
import { otherMethods } from "@/lib/adapters/other-methods";
import { readBody } from "@/lib/adapters/read-body";
import { readQuery } from "@/lib/adapters/read-query";
import { answerKey } from "@/lib/adapters/route";
import { listDrafts } from "@/lib/drafts/list-drafts";
import { submitDraft } from "@/lib/drafts/submit-draft";

/** Submits a draft. */
export const POST = (request: Request) =>
  answerKey(request, async (ctx) => {
    const idempotencyKey = readIdempotencyKey(request);
    return { status: 201, body: await submitDraft(ctx, await readBody(request), { idempotencyKey }) };
  });

/** Lists the agent's own drafts, newest first. */
export const GET = (request: Request) =>
  answerKey(request, async (ctx) => ({ status: 200, body: await listDrafts(ctx, readQuery(request)) }));

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
