/** Every way a verb may refuse, with the HTTP status that the adapters answer. The codes are a public contract. */
export const ERROR_STATUS = {
  invalid_json: 400,
  invalid_request: 422,
  invalid_payload: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_eligible: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  screen_moved: 409,
  too_quick: 409,
  not_pending: 409,
  hard_blocked: 409,
  not_claimable: 409,
  unsupported_media_type: 415,
  too_large: 413,
  unknown_action_type: 422,
  idempotency_key_reused: 422,
  rate_limited: 429,
  internal: 500,
  not_configured: 501,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** One thing wrong with the input: a JSON Pointer to it and a sentence. */
export interface FieldError {
  path: string;
  message: string;
}

/** A refusal that the caller may read in full. Anything else that is thrown is a defect, and answers a fixed sentence. */
export class CountersignError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: {
      fields?: FieldError[];
      winner?: { name: string; verdict: string; at: string };
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(message);
    this.name = "CountersignError";
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}
