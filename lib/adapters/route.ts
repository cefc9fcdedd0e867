import { isIP } from "node:net";
import { authenticateKey } from "@/lib/auth/authenticate-key";
import { readConfig } from "@/lib/config";
import type { Context, KeyActor } from "@/lib/context";
import { getDatabase } from "@/lib/db/database";
import { CountersignError } from "@/lib/errors";
import { createContext } from "./context";
import { problem } from "./problem";
import { createRateLimit, type RateLimit } from "./rate-limit";

type Handler = (ctx: Context<KeyActor>) => Promise<{ status: number; body: unknown; headers?: HeadersInit }>;

/**
 * Runs a verb for the holder of the request's API key and answers JSON; a refusal becomes an RFC 9457 problem
 * document. The only place where errors of agents' requests turn into responses.
 */
export async function answerKey(request: Request, handler: Handler): Promise<Response> {
  try {
    const actor = await authenticateKey(
      getDatabase(),
      request.headers.get("authorization"),
      clientAddress(request),
    );
    requireToken(actor.keyId);
    const { status, body, headers } = await handler(await createContext(actor));
    return Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });
  } catch (error) {
    return problem(error);
  }
}

/** What the proxy in front, or Next itself, says of the caller. Only an address gets into the trail. */
function clientAddress(request: Request): string | null {
  const first = request.headers.get("x-forwarded-for")?.split(",")[0]?.trim() ?? "";
  return isIP(first) ? first : null;
}

const shared = globalThis as { countersignRateLimit?: RateLimit };

/** @throws CountersignError `rate_limited` when this key asks faster than this process lets it. */
function requireToken(keyId: string): void {
  if (!shared.countersignRateLimit) {
    const perSecond = readConfig().RATE_LIMIT_PER_SECOND;
    shared.countersignRateLimit = createRateLimit({ perSecond, burst: 2 * perSecond });
  }
  const seconds = shared.countersignRateLimit(keyId, performance.now());
  if (seconds === 0) return;
  throw new CountersignError(
    "rate_limited",
    `This key asks too often. Send the same request again in ${seconds} s.`,
    {
      retryAfterSeconds: seconds,
    },
  );
}
