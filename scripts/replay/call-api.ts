const MOST_ATTEMPTS = 8;
const TIMEOUT_MS = 60_000;

/** What the server said for good: 2xx with its body, or a refusal. */
export type ApiAnswer =
  | { ok: true; body: Record<string, unknown> }
  | { ok: false; status: number; code: string; detail: string };

/** The server gave no definite answer: nobody knows whether the call took effect. */
export class NoAnswer extends Error {}

export interface ApiCall {
  method: "POST" | "PUT";
  url: string;
  key: string;
  body: unknown;
  idempotencyKey?: string;
}

/**
 * Makes a call that may safely be repeated, and repeats it on 429, 5xx and connection loss, later each time.
 * @throws NoAnswer after eight attempts (about a minute), with the last reason.
 */
export async function callApi(
  call: ApiCall,
  wait: (ms: number) => Promise<void> = sleep,
): Promise<ApiAnswer> {
  let reason = "";
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    let retryAfterMs = 0;
    try {
      const response = await fetch(call.url, {
        method: call.method,
        headers: {
          authorization: `Bearer ${call.key}`,
          "content-type": "application/json",
          ...(call.idempotencyKey ? { "idempotency-key": call.idempotencyKey } : {}),
        },
        body: JSON.stringify(call.body),
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      if (response.ok) return { ok: true, body: JSON.parse(text) };
      if (response.status !== 429 && response.status < 500) return refusal(response.status, text);
      reason = `HTTP ${response.status}`;
      retryAfterMs = Math.min(Number(response.headers.get("retry-after")) || 0, 30) * 1000;
    } catch (error) {
      const cause = (error as Error).cause as Error | undefined;
      reason = cause?.message || (error as Error).message;
    }
    if (attempt < MOST_ATTEMPTS)
      await wait(Math.max(retryAfterMs, Math.min(250 * 2 ** (attempt - 1), 15_000)));
  }
  throw new NoAnswer(`${call.url} gave no answer after ${MOST_ATTEMPTS} attempts (${reason})`);
}

function refusal(status: number, text: string): ApiAnswer {
  try {
    const { code, detail, errors } = JSON.parse(text) as {
      code?: string;
      detail?: string;
      errors?: { path: string; message: string }[];
    };
    const fields = (errors ?? []).slice(0, 3).map(({ path, message }) => `${path || "/"}: ${message}`);
    return {
      ok: false,
      status,
      code: code ?? `http_${status}`,
      detail: [detail, ...fields].filter(Boolean).join(" | "),
    };
  } catch {
    return { ok: false, status, code: `http_${status}`, detail: text.slice(0, 200) };
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
