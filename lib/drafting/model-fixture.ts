import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What the scripted model says to one call. */
export interface Reply {
  /** Default 200. Anything else answers an error object. */
  status?: number;
  headers?: Record<string, string>;
  /** The assistant's message: text as it is, anything else as JSON. */
  content?: unknown;
  refusal?: string;
  finish?: "stop" | "length" | "content_filter";
  /** Sent as the whole body, instead of a completion. */
  raw?: string;
  usage?: { prompt_tokens: number; completion_tokens: number };
  afterMs?: number;
  /** Ends the connection without an answer, or in the middle of `raw`. */
  hangUp?: boolean;
}

export interface ModelCall {
  authorization: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  body: any;
}

export interface ModelServer {
  /** For OPENAI_BASE_URL. */
  url: string;
  calls: ModelCall[];
  /** What is said from now on: in order, the last one again and again. */
  script(...replies: (Reply | ((call: ModelCall) => Reply))[]): void;
  stop(): Promise<void>;
}

/** An answer that drafts this payload. */
export const drafted = (payload: unknown, more: object = {}): Reply => ({
  content: {
    outcome: "draft",
    missing: null,
    summary: "Refund a broken lamp",
    reasoning: "The customer says so.",
    confidence: 0.9,
    expected_outcome: "The customer has their money back.",
    payload,
    ...more,
  },
});

/** Starts an HTTP server on loopback that speaks chat completions and says what a test tells it to. */
export async function startModelServer(port = 0): Promise<ModelServer> {
  const calls: ModelCall[] = [];
  let replies: (Reply | ((call: ModelCall) => Reply))[] = [{ status: 500 }];
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = Buffer.concat(await request.toArray()).toString();
    if (request.url !== "/v1/chat/completions") return void response.writeHead(404).end("{}");
    const call = { authorization: request.headers.authorization ?? null, body: JSON.parse(text) };
    calls.push(call);
    const next = (replies.length > 1 ? replies.shift() : replies[0])!;
    const reply = typeof next === "function" ? next(call) : next;
    if (reply.afterMs) await sleep(reply.afterMs);
    if (reply.hangUp && reply.raw === undefined) return void request.socket.destroy();
    const { status = 200, headers = {} } = reply;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    if (reply.hangUp) return void response.write(reply.raw, () => request.socket.destroy());
    response.end(reply.raw ?? JSON.stringify(status === 200 ? completion(reply) : { error: reply.content }));
  }

  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    script(...next) {
      replies = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function completion({ content, refusal, finish = "stop", usage }: Reply) {
  const text = typeof content === "string" || content === undefined ? content : JSON.stringify(content);
  const message = { role: "assistant", content: text ?? null, ...(refusal ? { refusal } : {}) };
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1,
    model: "scripted",
    choices: [{ index: 0, message, finish_reason: finish }],
    usage: usage ?? { prompt_tokens: 100, completion_tokens: 20 },
  };
}
