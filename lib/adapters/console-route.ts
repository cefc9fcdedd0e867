import { findActor } from "@/lib/auth/find-actor";
import type { Context, PersonActor } from "@/lib/context";
import { CountersignError, ERROR_STATUS } from "@/lib/errors";
import { type ActionFailure, type ActionResult, failureOf } from "./action";
import { createContext } from "./context";
import { readBody } from "./read-body";

/**
 * Answers a signed-in person's browser in JSON: `{ok: true, data}` or a refusal, like a server action. For what a screen
 * asks many times a minute: actions run one after another and draw the whole page anew (docs/decisions/0017).
 */
export async function answerPerson<Data>(
  request: Request,
  verb: (ctx: Context<PersonActor>) => Promise<Data>,
): Promise<Response> {
  try {
    requireSameOrigin(request);
    return answer({ ok: true, data: await verb(await createContext(await requireSession())) }, 200);
  } catch (error) {
    const failure = failureOf(error);
    return answer(failure, SAID_BY_STATUS.has(failure.code) ? ERROR_STATUS[failure.code] : 200);
  }
}

/** Other refusals are answers that the page expects, and no faults for a browser to log. */
const SAID_BY_STATUS = new Set<ActionFailure["code"]>([
  "unauthenticated",
  "forbidden",
  "internal",
  "unavailable",
]);

/** The same, with the request's body as the verb's input: strict JSON from a stranger, which the verb parses. */
export const answerPost = <Input, Data>(
  request: Request,
  verb: (ctx: Context<PersonActor>, input: Input) => Promise<Data>,
): Promise<Response> => answerPerson(request, async (ctx) => verb(ctx, (await readBody(request)) as Input));

/** @throws CountersignError `unauthenticated`. */
export async function requireSession(): Promise<PersonActor> {
  const actor = await findActor();
  if (!actor) throw new CountersignError("unauthenticated", "Your session has ended. Sign in again.");
  return actor;
}

/**
 * The cookie alone proves nothing about who made the request. Browsers say whether one of our own pages did; one that
 * does not say it sends Origin with a POST.
 */
export function requireSameOrigin(request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  const isOurs = site ? site === "same-origin" : origin === null || URL.parse(origin)?.host === host;
  if (!isOurs || (request.method !== "GET" && !site && !origin)) {
    throw new CountersignError("forbidden", "Only Countersign's own pages may ask this.");
  }
}

const answer = (result: ActionResult<unknown>, status: number): Response =>
  Response.json(result, {
    status,
    headers: { "cache-control": "no-store", "x-content-type-options": "nosniff" },
  });
