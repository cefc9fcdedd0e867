import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came. */
export interface EmbeddingRequest {
  model: string;
  input: string[];
  dimensions: number | undefined;
  authorization: string | undefined;
}

/** What goes wrong next. */
export interface EmbeddingFaults {
  /** Answers so many requests with this status before any other. */
  failFirst?: number;
  failWith?: number;
  failHeaders?: Record<string, string>;
  failMessage?: string;
  /** Refuses a request with 400 where any of its texts has this in it. */
  refuse?: string;
  /** Answers vectors of another length than `dimensions`. */
  answerDimensions?: number;
  /** Leaves the last vector out. */
  loseOne?: boolean;
  /** Puts this in place of the first vector. */
  firstVector?: unknown;
  /** Answers the texts in another order, as `index` allows. */
  reversed?: boolean;
  /** Says these of the vectors in place of their own positions. */
  indexes?: number[];
  /** Lets each answer wait, in milliseconds. */
  delayMs?: number;
}

export interface EmbeddingServer {
  baseUrl: string;
  requests: EmbeddingRequest[];
  faults: EmbeddingFaults;
  /** How many requests were under way at once, at most. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

/**
 * An endpoint on loopback that speaks POST /v1/embeddings as OpenAI documents it, for tests: the vector of a text counts
 * its words by length and first letter, so that like texts are near each other. `model` and what goes wrong are up to
 * the test.
 */
export async function startEmbeddingServer(dimensions = 48): Promise<EmbeddingServer> {
  const requests: EmbeddingRequest[] = [];
  const faults: EmbeddingFaults = {};
  let underWay = 0;
  let most = 0;
  const server = createServer(async (request, response) => {
    most = Math.max(most, ++underWay);
    try {
      await answer(request, response);
    } finally {
      underWay--;
    }
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += chunk;
    const reply = (status: number, value: object, headers = {}) =>
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(value));
    if (request.method !== "POST" || request.url !== "/v1/embeddings")
      return void reply(404, { error: { message: `no ${request.method} ${request.url}` } });
    const asked = JSON.parse(body) as { model: string; input: string[]; dimensions?: number };
    requests.push({
      model: asked.model,
      input: asked.input,
      dimensions: asked.dimensions,
      authorization: request.headers.authorization,
    });
    if (faults.delayMs) await new Promise((resolve) => setTimeout(resolve, faults.delayMs));
    if (faults.failFirst) {
      faults.failFirst--;
      const message = faults.failMessage ?? "not now";
      return void reply(faults.failWith ?? 500, { error: { message } }, faults.failHeaders);
    }
    if (faults.refuse && asked.input.some((text) => text.includes(faults.refuse!)))
      return void reply(400, { error: { message: "this text is refused" } });
    const length = faults.answerDimensions ?? asked.dimensions ?? dimensions;
    const data = asked.input.map((text, index) => ({
      object: "embedding",
      index: faults.indexes?.[index] ?? index,
      embedding: countWords(text, length),
    }));
    if (faults.firstVector !== undefined) data[0]!.embedding = faults.firstVector as number[];
    if (faults.loseOne) data.pop();
    if (faults.reversed) data.reverse();
    reply(200, { object: "list", model: asked.model, data, usage: { prompt_tokens: 1, total_tokens: 1 } });
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    faults,
    mostAtOnce: () => most,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function countWords(text: string, dimensions: number): number[] {
  const counts = new Array<number>(dimensions).fill(0);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const at = (word.charCodeAt(0) * 31 + word.charCodeAt(word.length - 1) * 7 + word.length) % dimensions;
    counts[at] = counts[at]! + 1;
  }
  counts[0] = counts[0]! + 0.01;
  return counts;
}
