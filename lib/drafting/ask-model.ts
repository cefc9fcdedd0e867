import { APIConnectionTimeoutError, APIError, APIUserAbortError } from "openai";
import type {
  ChatCompletion,
  ChatCompletionCreateParamsNonStreaming,
} from "openai/resources/chat/completions";
import { parseRetryAfter } from "@/lib/channels/retry-delay";
import { AnswerTooLarge, openEndpoint, withoutKey } from "@/lib/outgoing/open-endpoint";
import type { Message } from "./compose-prompt";
import type { DraftingModel } from "./drafting-model";

export interface Usage {
  promptTokens: number | null;
  completionTokens: number | null;
}

/** What one call of the model came to. Sentences are for people, and never hold the key. */
export type ModelOutcome =
  | { kind: "answer"; content: string; usage: Usage }
  /** It stopped in the middle, at a limit of length. */
  | { kind: "truncated"; content: string; usage: Usage }
  | { kind: "refused"; because: string; usage: Usage }
  /** Worth trying again later, and not before `retryAfterMs` where the endpoint said so. */
  | { kind: "unreachable"; because: string; retryAfterMs: number | null; usage: Usage }
  | { kind: "error"; because: string; usage: Usage }
  | { kind: "aborted"; usage: Usage };

export const ANSWER_WITHIN_MS = 120_000;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
const MAX_COMPLETION_TOKENS = 16_000;
const NO_USAGE: Usage = { promptTokens: null, completionTokens: null };

type Format = Pick<ChatCompletionCreateParamsNonStreaming, "response_format" | "max_completion_tokens">;

/**
 * Asks the model once for an answer in the given schema. Where an endpoint refuses strict schemas, or even JSON mode, it
 * is asked again at once without: the answer is validated either way. Bounded in time and size, and never throws.
 */
export async function askModel(
  model: DraftingModel,
  messages: Message[],
  schema: Record<string, unknown> | null,
  options: { signal?: AbortSignal; now?: () => Date; withinMs?: number } = {},
): Promise<ModelOutcome> {
  const { signal, now = () => new Date(), withinMs = ANSWER_WITHIN_MS } = options;
  const deadline = AbortSignal.timeout(withinMs);
  const client = openEndpoint(model, { withinMs, mostBytes: MAX_ANSWER_BYTES });
  const formats = formatsFor(schema);
  for (const [index, format] of formats.entries()) {
    try {
      const completion = await client.chat.completions.create(
        { model: model.name, messages, ...format },
        { signal: AbortSignal.any([deadline, ...(signal ? [signal] : [])]) },
      );
      return readCompletion(completion);
    } catch (error) {
      if (signal?.aborted) return { kind: "aborted", usage: NO_USAGE };
      if (deadline.aborted) return tooSlow(withinMs);
      if (isFormatRefusal(error) && index < formats.length - 1) continue;
      return failureOf(error, model, now(), withinMs);
    }
  }
  throw new Error("unreachable: the last format returns");
}

function formatsFor(schema: Record<string, unknown> | null): Format[] {
  const bounded = { max_completion_tokens: MAX_COMPLETION_TOKENS };
  const strict: Format[] = schema
    ? [
        {
          response_format: { type: "json_schema", json_schema: { name: "draft", strict: true, schema } },
          ...bounded,
        },
      ]
    : [];
  return [...strict, { response_format: { type: "json_object" }, ...bounded }, {}];
}

/** What an endpoint answers to a parameter it does not know; too long a prompt is no matter of format. */
const isFormatRefusal = (error: unknown): boolean =>
  error instanceof APIError &&
  (error.status === 400 || error.status === 422 || error.status === 501) &&
  error.code !== "context_length_exceeded";

function readCompletion(completion: ChatCompletion): ModelOutcome {
  const { prompt_tokens, completion_tokens } = completion?.usage ?? {};
  const usage: Usage = { promptTokens: countOf(prompt_tokens), completionTokens: countOf(completion_tokens) };
  const choice = Array.isArray(completion?.choices) ? completion.choices[0] : undefined;
  const content = typeof choice?.message?.content === "string" ? choice.message.content : "";
  if (!choice?.message) {
    return { kind: "error", because: "The endpoint answered something that is no chat completion.", usage };
  }
  if (typeof choice.message.refusal === "string" && choice.message.refusal !== "") {
    return { kind: "refused", because: said(choice.message.refusal), usage };
  }
  if (choice.finish_reason === "content_filter") {
    return { kind: "refused", because: "The endpoint's content filter stopped the answer.", usage };
  }
  return { kind: choice.finish_reason === "length" ? "truncated" : "answer", content, usage };
}

/** No call takes as many; what a request takes in all its calls stays a 32-bit number. */
const MOST_TOKENS = 100_000_000;
const countOf = (value: unknown): number | null =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MOST_TOKENS
    ? (value as number)
    : null;

function failureOf(error: unknown, model: DraftingModel, now: Date, withinMs: number): ModelOutcome {
  if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError)
    return tooSlow(withinMs);
  if (causedBy(error) instanceof AnswerTooLarge) {
    return { kind: "error", because: "The endpoint's answer is over 4 MB.", usage: NO_USAGE };
  }
  const status = error instanceof APIError ? error.status : undefined;
  const reason = said(error instanceof Error ? withoutKey(error.message, model) : "");
  if (error instanceof APIError && status === undefined) {
    const because = "The model's endpoint cannot be reached.";
    return { kind: "unreachable", because, retryAfterMs: null, usage: NO_USAGE };
  }
  if (status === undefined && !(error instanceof SyntaxError)) {
    const because = "The model's endpoint broke off in the middle of its answer.";
    return { kind: "unreachable", because, retryAfterMs: null, usage: NO_USAGE };
  }
  if (status === undefined) {
    return { kind: "error", because: `The endpoint's answer cannot be read: ${reason}`, usage: NO_USAGE };
  }
  if (status === 401 || status === 403) {
    const because = `The model's endpoint does not accept OPENAI_API_KEY (${status}). An admin has to look at the settings.`;
    return { kind: "error", because, usage: NO_USAGE };
  }
  if (status === 404) {
    const because = `The endpoint does not know the model ${model.name}, or is not at OPENAI_BASE_URL (404).`;
    return { kind: "error", because, usage: NO_USAGE };
  }
  const isOutOfQuota = (error as APIError).code === "insufficient_quota";
  if ((status === 429 && !isOutOfQuota) || status === 408 || status === 409 || status >= 500) {
    const retryAfterMs = parseRetryAfter((error as APIError).headers?.get("retry-after"), now);
    const because =
      status === 429
        ? "The model's endpoint is asked too much (429)."
        : `The model's endpoint fails (${status}).`;
    return { kind: "unreachable", because, retryAfterMs, usage: NO_USAGE };
  }
  return { kind: "error", because: `The model's endpoint refused: ${reason}`, usage: NO_USAGE };
}

const tooSlow = (withinMs: number): ModelOutcome => ({
  kind: "unreachable",
  because: `The model did not answer within ${Math.ceil(withinMs / 1000)} seconds.`,
  retryAfterMs: null,
  usage: NO_USAGE,
});

const said = (text: string): string =>
  text
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, 300);

function causedBy(error: unknown): unknown {
  let cause = error;
  while (cause instanceof Error && !(cause instanceof AnswerTooLarge) && cause.cause) cause = cause.cause;
  return cause;
}
