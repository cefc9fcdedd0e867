import { readConfig } from "@/lib/config";
import { getDatabase } from "@/lib/db/database";
import { readFeed } from "@/lib/directory/feeds/read-feed";
import { sha256Hex } from "@/lib/trust/sha256";
import { createRateLimit, type RateLimit } from "./rate-limit";

/** Calendar programs ask every few minutes at most; some ask twice in a row. */
const PER_SECOND = 0.2;
const BURST = 20;
const MAX_AGE_SECONDS = 300;

const shared = globalThis as { countersignFeedLimit?: RateLimit };

/** Answers a request for `/api/calendar/TOKEN.ics`: the calendar, 304 when the reader has it, 404, 429 or 503. */
export async function answerFeed(request: Request): Promise<Response> {
  const file = new URL(request.url).pathname.split("/").at(-1)!;
  const token = file.endsWith(".ics") ? file.slice(0, -".ics".length) : "";
  shared.countersignFeedLimit ??= createRateLimit({ perSecond: PER_SECOND, burst: BURST });
  const waitSeconds = shared.countersignFeedLimit(sha256Hex(token), performance.now());
  if (waitSeconds > 0)
    return refuse(429, "This calendar is read too often.", { "retry-after": String(waitSeconds) });
  try {
    const origin = readConfig().AUTH_URL ?? null;
    const feed = await readFeed(getDatabase(), { token, now: new Date(), origin });
    if (!feed) return refuse(404, "There is no calendar at this address. It may have been revoked.");
    const headers = { etag: feed.etag, "cache-control": `private, max-age=${MAX_AGE_SECONDS}` };
    if (isKnown(request.headers.get("if-none-match"), feed.etag))
      return new Response(null, { status: 304, headers });
    return new Response(feed.body, {
      headers: {
        ...headers,
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": 'inline; filename="on-call.ics"',
        ...SAFETY,
      },
    });
  } catch (error) {
    console.error("A calendar feed failed:", error);
    return refuse(503, "The calendar cannot be read right now.", { "retry-after": "60" });
  }
}

/** By weak comparison, as If-None-Match asks for. */
function isKnown(header: string | null, etag: string): boolean {
  const opaque = etag.replace(/^W\//, "");
  const known = (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return known.includes(opaque) || known.includes("*");
}

const SAFETY = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex",
};

const refuse = (status: number, sentence: string, headers: Record<string, string> = {}) =>
  new Response(`${sentence}\n`, {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      ...SAFETY,
      ...headers,
    },
  });
