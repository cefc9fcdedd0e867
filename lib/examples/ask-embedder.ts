import { APIError } from "openai";
import { parseRetryAfter } from "@/lib/channels/retry-delay";
import { AnswerTooLarge, openEndpoint, withoutKey } from "@/lib/outgoing/open-endpoint";
import type { RemoteEmbedder } from "./remote-embedder";

/** Why an endpoint gave no vectors, in a sentence for the managers. Never holds the key. */
export class EmbedderError extends Error {
  constructor(
    message: string,
    /** True when it refused what it was sent rather than being away: another text may do. */
    readonly isRefusal: boolean,
    /** How long the endpoint asks us to wait. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
    this.name = "EmbedderError";
  }
}

/** Whom to ask, and how many numbers its vectors had so far; null before the first answer. */
export interface AskedEmbedder {
  remote: RemoteEmbedder;
  dimensions: number | null;
  signal?: AbortSignal | undefined;
}

/** Shorter than a lease, so that nobody else takes over while an answer may still come. */
export const ANSWER_WITHIN_MS = 20_000;
/** An index takes no more. */
const MOST_DIMENSIONS = 4000;
/** Several times what a batch of the longest vectors takes as JSON. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Asks an endpoint for the vectors of `texts`, in their order, each of length 1 and with as many numbers as expected where
 * that is known. One request, no retries.
 * @throws EmbedderError on any other answer, or none.
 */
export async function askEmbedder(asked: AskedEmbedder, texts: string[]): Promise<Float32Array[]> {
  const { remote } = asked;
  const answer = await request(asked, texts);
  const items = Array.isArray(answer?.data) ? answer.data : null;
  if (items?.length !== texts.length) {
    const given = items ? `${items.length} vectors` : "no list of vectors";
    throw broken(`answered ${given} for ${texts.length} texts`);
  }
  const vectors: Float32Array[] = new Array(texts.length);
  items.forEach((item, position) => {
    const index = item?.index ?? position;
    if (!Number.isInteger(index) || index < 0 || index >= texts.length || vectors[index])
      throw broken("answered vectors that do not say which text they belong to");
    vectors[index] = unitVector(item.embedding);
  });
  const length = asked.dimensions ?? remote.dimensions ?? vectors[0]?.length ?? 0;
  const other = vectors.find((vector) => vector.length !== length);
  if (other) throw broken(wrongLength(remote, other.length, length));
  if (length > MOST_DIMENSIONS) {
    throw broken(
      `answers vectors of ${length} numbers, and ${MOST_DIMENSIONS} is the most that can be searched; set EMBEDDING_DIMENSIONS or take another model`,
    );
  }
  return vectors;
}

function wrongLength(remote: RemoteEmbedder, got: number, wanted: number): string {
  return remote.dimensions === null
    ? `answers vectors of ${got} numbers, where it used to answer ${wanted}; a model that changed needs another name`
    : `answers vectors of ${got} numbers, but EMBEDDING_DIMENSIONS asks for ${remote.dimensions}; leave it out, or set it to ${got}`;
}

interface Answer {
  data?: { index?: number; embedding?: unknown }[];
}

async function request({ remote, signal }: AskedEmbedder, texts: string[]): Promise<Answer> {
  const client = openEndpoint(remote, { withinMs: ANSWER_WITHIN_MS, mostBytes: MOST_BYTES });
  try {
    return await client.embeddings.create(
      {
        model: remote.model,
        input: texts,
        // Said outright: what is answered is not read as base64 then, which not every endpoint speaks.
        encoding_format: "float",
        ...(remote.dimensions === null ? {} : { dimensions: remote.dimensions }),
      },
      { signal },
    );
  } catch (error) {
    throw toEmbedderError(error, remote);
  }
}

const REFUSALS = new Set([400, 413, 422]);

function toEmbedderError(error: unknown, remote: RemoteEmbedder): EmbedderError {
  const cause = deepestOf(error);
  if (cause instanceof AnswerTooLarge) return broken(cause.message);
  const status = error instanceof APIError ? error.status : undefined;
  // "Connection error." says less than what caused it.
  const reason = cause instanceof Error ? cause.message || (error as Error).message : String(error);
  const said = withoutKey(reason, remote).replace(/\s+/g, " ").slice(0, 200);
  if (!(error instanceof APIError) || status === undefined) {
    return new EmbedderError(`The endpoint cannot be reached: ${said}`, false);
  }
  return new EmbedderError(
    `The endpoint answered ${said}`,
    REFUSALS.has(status),
    retryAfterMs(error.headers),
  );
}

function deepestOf(error: unknown): unknown {
  let deepest = error;
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause;
  return deepest;
}

/** `retry-after-ms`, as some endpoints say it more exactly, or `retry-after`. */
function retryAfterMs(headers: Headers | undefined): number | null {
  const ms = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  return ms >= 0 ? ms : parseRetryAfter(headers?.get("retry-after"), new Date());
}

function unitVector(given: unknown): Float32Array {
  if (!Array.isArray(given) || given.length === 0) throw broken("answered a vector without numbers");
  let squares = 0;
  for (const value of given) {
    if (typeof value !== "number" || !Number.isFinite(value)) throw broken("answered a vector with gaps");
    squares += value * value;
  }
  if (!(squares > 0 && Number.isFinite(squares))) throw broken("answered a vector that points nowhere");
  const scale = 1 / Math.sqrt(squares);
  return Float32Array.from(given as number[], (value) => value * scale);
}

const broken = (what: string) => new EmbedderError(`The endpoint ${what}.`, false);
