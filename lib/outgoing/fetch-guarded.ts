import { type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { OutgoingError } from "./outgoing-error";
import { resolveGuarded } from "./resolve-guarded";

export type OutgoingRequest = {
  /** Default GET. */
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** For everything together: name, connection, answer. Default 10,000. */
  timeoutMs?: number;
  /** Default 1 MiB. */
  maxResponseBytes?: number;
  /** `host`, `host:port` or `*.domain` that the admin allows although its address is not public. */
  allowedHosts?: readonly string[];
  signal?: AbortSignal;
};

/** Names of headers are lower case; a repeated header is joined with ", ". */
export type OutgoingResponse = { status: number; headers: Record<string, string>; body: string };

/**
 * Calls a URL that a policy or an admin configured without lending it our place in the network. The name is
 * resolved once; unless the host is allowed, every address must be public, and the connection goes to one of
 * exactly those. Redirects are returned, not followed. Any status is an answer; throws OutgoingError only.
 */
export async function fetchGuarded(url: string, options: OutgoingRequest = {}): Promise<OutgoingResponse> {
  const { timeoutMs = 10_000, allowedHosts = [], signal } = options;
  const target = parseTarget(url);
  const stop = new AbortController();
  const giveUp = (error: OutgoingError) => stop.abort(error);
  const onAbort = () => giveUp(new OutgoingError("aborted", `The call to ${target.host} was cancelled.`));
  const timer = setTimeout(() => {
    giveUp(new OutgoingError("timeout", `${target.host} did not answer within ${timeoutMs} ms.`));
  }, timeoutMs);
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    return await Promise.race([
      rejectOn(stop.signal),
      resolveGuarded(target, allowedHosts).then((addresses) =>
        exchange(target, addresses, options, stop.signal),
      ),
    ]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

function parseTarget(url: string): URL {
  const target = URL.canParse(url) ? new URL(url) : null;
  if (!target || (target.protocol !== "https:" && target.protocol !== "http:")) {
    throw new OutgoingError("invalid_url", "An absolute http or https URL is needed.");
  }
  if (target.username || target.password) {
    throw new OutgoingError(
      "invalid_url",
      `The URL of ${target.host} must not hold a user name or password.`,
    );
  }
  return target;
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function exchange(
  target: URL,
  addresses: { address: string; family: number }[],
  { method = "GET", headers = {}, body, maxResponseBytes = 1024 * 1024 }: OutgoingRequest,
  signal: AbortSignal,
): Promise<OutgoingResponse> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const failed = (error: Error) => reject(toOutgoingError(error, target.host));
    const start = target.protocol === "https:" ? requestHttps : requestHttp;
    let call: ClientRequest;
    try {
      // No agent: a kept connection could serve a later call whose address was judged differently.
      call = start(target, {
        method,
        headers,
        agent: false,
        signal,
        lookup: (_host, { all }, found) => {
          const [first] = addresses;
          if (all) found(null, addresses);
          else found(null, first?.address ?? "", first?.family);
        },
      });
    } catch {
      return reject(
        new OutgoingError("invalid_request", `The call to ${target.host} has a bad method or header.`),
      );
    }
    call.on("error", failed);
    call.on("upgrade", (_, socket) => {
      socket.destroy();
      failed(Object.assign(new Error(), { code: "protocol change" }));
    });
    call.on("response", (response) => {
      readBody(response, maxResponseBytes, target.host).then((text) => {
        resolve({ status: response.statusCode ?? 0, headers: joinHeaders(response), body: text });
      }, failed);
    });
    call.end(body);
  });
}

async function readBody(response: IncomingMessage, maxBytes: number, host: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early destroys the connection.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes)
      throw new OutgoingError("too_large", `${host} answered with more than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function joinHeaders(response: IncomingMessage): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, values] of Object.entries(response.headersDistinct))
    joined[name] = values?.join(", ") ?? "";
  return joined;
}

function toOutgoingError(error: Error & { code?: string }, host: string): OutgoingError {
  if (error instanceof OutgoingError) return error;
  return new OutgoingError(
    "connect_failed",
    `The connection to ${host} failed (${error.code ?? "no reason given"}).`,
  );
}
