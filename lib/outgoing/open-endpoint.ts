import OpenAI from "openai";

/** Where an OpenAI-compatible endpoint is, and the key to ask it with. */
export interface Endpoint {
  baseUrl: string;
  apiKey: string | null;
}

/** Where models are asked as long as nothing else is configured. */
export const OPENAI_URL = "https://api.openai.com/v1";

/** An answer is larger than is read: among the causes of the client's error. */
export class AnswerTooLarge extends Error {}

/**
 * A client of an OpenAI-compatible endpoint. Each call is one request: in `withinMs`, of whose answer no more than
 * `mostBytes` are read, and no redirect is followed, so that the key goes where the operator said. Calls throw what the
 * openai package throws.
 */
export const openEndpoint = (
  { baseUrl, apiKey }: Endpoint,
  { withinMs, mostBytes }: { withinMs: number; mostBytes: number },
): OpenAI =>
  new OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey ?? "none",
    // A local endpoint without keys must not be sent one that means nothing.
    defaultHeaders: apiKey === null ? { Authorization: null } : {},
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: withinMs,
    logLevel: "off",
    fetch: (url, init) => fetchBounded(url, init, mostBytes),
  });

/** What an endpoint said, without the key that some repeat. */
export const withoutKey = (said: string, { apiKey }: Endpoint): string =>
  apiKey === null ? said : said.replaceAll(apiKey, "…");

async function fetchBounded(
  url: string | URL | Request,
  init: RequestInit | undefined,
  mostBytes: number,
): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: "error" });
  if (!response.body) return response;
  let size = 0;
  const bounded = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size <= mostBytes) return controller.enqueue(chunk);
        controller.error(new AnswerTooLarge(`answered more than ${Math.round(mostBytes / 1024 / 1024)} MB`));
      },
    }),
  );
  const { status, statusText, headers } = response;
  return new Response(bounded, { status, statusText, headers });
}
