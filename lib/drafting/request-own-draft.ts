import { z } from "zod";
import type { Context, PersonActor } from "@/lib/context";
import { parseInput } from "@/lib/parse-input";
import { getOwnRequest, type OwnRequest } from "./list-draft-requests";
import { requestDraft } from "./request-draft";

const inputSchema = z.strictObject({
  /** Made by the page, and kept until it has an answer: sending again makes no second request. */
  key: z.ulid(),
  request: z.unknown(),
});

/** Takes the signed-in person's request to the drafter in. @throws CountersignError as `requestDraft` does. */
export async function requestOwnDraft(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<OwnRequest> {
  const { key, request } = parseInput(inputSchema, input);
  const { id } = await requestDraft(ctx, request, { idempotencyKey: key });
  return getOwnRequest(ctx, id);
}
