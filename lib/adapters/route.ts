import { authenticateKey } from "@/lib/auth/authenticate-key";
import type { Context, KeyActor } from "@/lib/context";
import { getDatabase } from "@/lib/db/database";
import { CountersignError, ERROR_STATUS, type ErrorCode } from "@/lib/errors";
import { parseStrictJson } from "@/lib/trust/parse-strict-json";
import { createContext } from "./context";

/** Payload, evidence and everything else of one submission fit well within this. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

type Handler = (ctx: Context<KeyActor>) => Promise<{ status: number; body: unknown; headers?: HeadersInit }>;

/**
 * Runs a verb for the holder of the request's API key and answers JSON; a refusal becomes an RFC 9457 problem
 * document. The only place where errors of agents' requests turn into responses.
 */
export async function answerKey(request: Request, handler: Handler): Promise<Response> {
  try {
    const ip = request.headers.get("x-forwarded-for")?.split(",")[0]?.trim() || null;
    const actor = await authenticateKey(getDatabase(), request.headers.get("authorization"), ip);
    const { status, body, headers } = await handler(await createContext(actor));
    return Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });
  } catch (error) {
    return problem(error);
  }
}

/**
 * The request's body as strict I-JSON. An empty body is an empty object.
 * @throws CountersignError `unsupported_media_type`, `too_large`, `invalid_json` with the path of the offence.
 */
export async function readBody(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  const bytes = await readBytes(request);
  if (bytes.length === 0) return {};
  if (type !== "application/json") {
    throw new CountersignError("unsupported_media_type", "Send JSON: Content-Type: application/json");
  }
  const parsed = parseStrictJson(bytes, { maxBytes: MAX_BODY_BYTES });
  if (parsed.ok) return parsed.value;
  const { code, path, message } = parsed;
  throw new CountersignError(
    code === "too_large" ? "too_large" : "invalid_json",
    `${path || "The body"}: ${message}`,
    {
      fields: [{ path, message: `${code}: ${message}` }],
    },
  );
}

/** Reads no more than the limit, whatever Content-Length claims. */
async function readBytes(request: Request): Promise<Uint8Array> {
  const tooLarge = () =>
    new CountersignError("too_large", `The body is over ${MAX_BODY_BYTES / 1024 / 1024} MB.`);
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

const TITLES: Record<ErrorCode, string> = {
  invalid_json: "The body is not strict JSON",
  invalid_request: "The request is not valid",
  invalid_payload: "The payload is not valid for its action type",
  unauthenticated: "No valid API key",
  forbidden: "Not allowed",
  not_eligible: "Not eligible",
  not_found: "Not found",
  method_not_allowed: "Method not allowed",
  conflict: "Somebody else was first",
  screen_moved: "The draft changed meanwhile",
  not_pending: "The draft is not pending",
  not_claimable: "The execution cannot be claimed",
  unsupported_media_type: "Unsupported media type",
  too_large: "Too large",
  unknown_action_type: "Unknown action type",
  idempotency_key_reused: "Idempotency key used before",
  internal: "Something went wrong",
  unavailable: "Temporarily unavailable",
};

/** An RFC 9457 problem document. Unknown errors answer a fixed sentence, and are logged with their cause. */
export function problem(error: unknown): Response {
  const known = error instanceof CountersignError ? error : translate(error);
  const { code, message, details } = known;
  return Response.json(
    {
      type: `urn:countersign:problem:${code}`,
      title: TITLES[code],
      status: ERROR_STATUS[code],
      code,
      detail: message,
      ...(details.fields ? { errors: details.fields } : {}),
      ...(details.winner ? { winner: details.winner } : {}),
    },
    {
      status: ERROR_STATUS[code],
      headers: {
        "content-type": "application/problem+json",
        "cache-control": "no-store",
        ...(code === "unauthenticated" ? { "www-authenticate": 'Bearer realm="countersign"' } : {}),
        ...(code === "unavailable" ? { "retry-after": "2" } : {}),
      },
    },
  );
}

/** What is no refusal of ours: an outage to try again after, or a defect. Either way nothing was written. */
function translate(error: unknown): CountersignError {
  console.error("request failed:", error);
  return isOutage(error)
    ? new CountersignError(
        "unavailable",
        "The database does not answer. Send the same request again shortly.",
      )
    : new CountersignError(
        "internal",
        "Something went wrong on our side; the log says what. Nothing was written.",
      );
}

/** Connection trouble, and PostgreSQL's classes 08 (connection), 53 (resources) and 57 (operator intervention). */
function isOutage(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  return (
    /^(08|53|57)|^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(code ?? "") ||
    /connection (terminated|ended|timeout)|timeout exceeded when trying to connect/i.test(message ?? "")
  );
}
