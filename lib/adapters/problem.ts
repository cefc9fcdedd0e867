import { CountersignError, ERROR_STATUS, type ErrorCode } from "@/lib/errors";

export const PROBLEM_TITLES: Record<ErrorCode, string> = {
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
  too_quick: "Quicker than the policy asks",
  not_pending: "The draft is not pending",
  hard_blocked: "Policy forbids it by now",
  not_claimable: "The execution cannot be claimed",
  unsupported_media_type: "Unsupported media type",
  too_large: "Too large",
  unknown_action_type: "Unknown action type",
  idempotency_key_reused: "Idempotency key used before",
  rate_limited: "Too many requests",
  internal: "Something went wrong",
  not_configured: "Not set up here",
  unavailable: "Temporarily unavailable",
};

const OUTAGE_RETRY_SECONDS = 2;

/** The `type` of a problem document: an identifier, not an address to visit. */
export const problemType = (code: ErrorCode): string => `urn:countersign:problem:${code}`;

/** An RFC 9457 problem document. Unknown errors answer a fixed sentence, and are logged with their cause. */
export function problem(error: unknown, headers: Record<string, string> = {}): Response {
  const { code, message, details } = error instanceof CountersignError ? error : translate(error);
  const retryAfter = details.retryAfterSeconds ?? (code === "unavailable" ? OUTAGE_RETRY_SECONDS : null);
  return Response.json(
    {
      type: problemType(code),
      title: PROBLEM_TITLES[code],
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
        ...(retryAfter === null ? {} : { "retry-after": String(retryAfter) }),
        ...headers,
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
