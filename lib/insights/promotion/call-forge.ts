import { fetchGuarded } from "@/lib/outgoing/fetch-guarded";
import { OutgoingError } from "@/lib/outgoing/outgoing-error";
import type { Forge } from "./find-forge";

/** A forge that did not do what it was asked to, in words for a person; a passing failure is worth another try. */
export class ForgeError extends Error {
  constructor(
    message: string,
    readonly isPassing: boolean,
  ) {
    super(message);
    this.name = "ForgeError";
  }
}

interface Call {
  method?: "GET" | "POST";
  body?: unknown;
  /** Statuses besides success that the caller knows what to do with: null is answered. */
  expect?: readonly number[];
}

/** One call of the forge's API. @throws ForgeError that names the call, never the token. */
export async function callForge<Answer>(
  forge: Forge,
  path: string,
  { method = "GET", body, expect = [] }: Call = {},
): Promise<Answer | null> {
  const { apiUrl, token, kind, allowedHosts } = forge;
  const what = `${method} ${path.split("?")[0]}`;
  let answer: Awaited<ReturnType<typeof fetchGuarded>>;
  try {
    answer = await fetchGuarded(`${apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: kind === "github" ? "application/vnd.github+json" : "application/json",
        "user-agent": "countersign",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs: 20_000,
      allowedHosts,
      maxResponseBytes: 8 * 1024 * 1024,
    });
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    throw new ForgeError(`${what}: ${error.message}`, true);
  }
  const { status } = answer;
  if (status >= 200 && status < 300) return parse<Answer>(answer.body, what);
  if (expect.includes(status)) return null;
  const isPassing = status === 429 || status >= 500;
  throw new ForgeError(`${what} answered ${status}: ${messageIn(answer.body)}`, isPassing);
}

function parse<Answer>(body: string, what: string): Answer {
  try {
    return JSON.parse(body) as Answer;
  } catch {
    throw new ForgeError(`${what} answered something that is not JSON.`, false);
  }
}

function messageIn(body: string): string {
  try {
    const { message, error } = JSON.parse(body) as { message?: unknown; error?: unknown };
    return JSON.stringify(message ?? error ?? body).slice(0, 300);
  } catch {
    return body.slice(0, 200).replace(/\s+/g, " ");
  }
}
