export type OutgoingCode =
  | "invalid_url"
  | "invalid_request"
  | "blocked_address"
  | "dns_failed"
  | "connect_failed"
  | "timeout"
  | "too_large"
  | "aborted";

/** Why an outgoing call gave no answer. The message names the host at most: paths and headers carry secrets. */
export class OutgoingError extends Error {
  override readonly name = "OutgoingError";

  constructor(
    readonly code: OutgoingCode,
    message: string,
  ) {
    super(message);
  }
}
