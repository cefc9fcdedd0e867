import { Webhook } from "standardwebhooks";
import { fetchGuarded } from "@/lib/outgoing/fetch-guarded";
import { parseRetryAfter } from "./retry-delay";

/** What became of one POST. `final` is a refusal that sending the same again would not change. */
export type PostOutcome =
  | { kind: "accepted"; status: number; body: string | null }
  | { kind: "retry"; error: string; retryAfterMs: number | null }
  | { kind: "final"; error: string };

export interface SignedPost {
  url: string;
  /** Standard Webhooks secret, `whsec_…` or base64; null sends unsigned. */
  secret: string | null;
  /** The message's id, the same on every attempt: receivers drop repetitions by it. No full stop in it. */
  id: string;
  /** The exact text to send and sign. */
  body: string;
  headers?: Record<string, string>;
  timeoutMs: number;
  allowedHosts: readonly string[];
  now: Date;
}

/** Reading stops here; a receiver that talks longer than this has failed. */
const MAX_READ_BYTES = 1024 * 1024;
/** Answers are kept up to this size. One that is longer was still a success, so it must not cause a retry. */
export const MAX_ANSWER_BYTES = 64 * 1024;

/** Refusals that pass by themselves: timeout, too early, too many requests. */
const TRANSIENT_REFUSALS = new Set([408, 425, 429]);

/** Whether `secret` can sign; a sentence for the admin when it cannot. */
export function checkSecret(name: string, secret: string): string | null {
  try {
    new Webhook(secret);
    return null;
  } catch {
    return `${name} is not a Standard Webhooks secret (whsec_ and base64)`;
  }
}

/**
 * POSTs JSON once, signed by Standard Webhooks (https://www.standardwebhooks.com), to an address that may be reached.
 * Never throws: whatever goes wrong comes back as an outcome.
 */
export async function postSigned(post: SignedPost): Promise<PostOutcome> {
  try {
    const answer = await fetchGuarded(post.url, {
      method: "POST",
      headers: { "content-type": "application/json", ...post.headers, ...signatureOf(post) },
      body: post.body,
      timeoutMs: post.timeoutMs,
      maxResponseBytes: MAX_READ_BYTES,
      allowedHosts: post.allowedHosts,
    });
    const { status } = answer;
    if (status >= 200 && status < 300) {
      const kept = Buffer.byteLength(answer.body) <= MAX_ANSWER_BYTES ? answer.body : null;
      return { kind: "accepted", status, body: kept };
    }
    const error = `the receiver answered ${status}`;
    if (status >= 500 || TRANSIENT_REFUSALS.has(status)) {
      return { kind: "retry", error, retryAfterMs: parseRetryAfter(answer.headers["retry-after"], post.now) };
    }
    return { kind: "final", error };
  } catch (error) {
    return {
      kind: "retry",
      error: error instanceof Error ? error.message : String(error),
      retryAfterMs: null,
    };
  }
}

function signatureOf({ secret, id, body, now }: SignedPost): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const unsigned = { "webhook-id": id, "webhook-timestamp": timestamp };
  return secret === null
    ? unsigned
    : { ...unsigned, "webhook-signature": new Webhook(secret).sign(id, now, body) };
}
