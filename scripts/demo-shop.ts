import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Webhook } from "standardwebhooks";
import { payloadHash } from "@/lib/trust/sha256";

/** One action that the shop carried out; a line of the ledger. */
export interface LedgerEntry {
  id: string;
  action_type: string;
  payload: unknown;
  executed_payload_hash: string;
  at: string;
}

/** One request as it came in, for tests. */
export interface Delivery {
  id: string;
  idempotencyKey: string;
  timestamp: string;
  body: string;
  status: number;
}

/** What a test lets go wrong. The command line has none of it. */
export interface Faults {
  /** The first so many requests are answered with this status, without acting. */
  failFirst?: number;
  failWith?: number;
  /** Headers of those answers, such as Retry-After. */
  failHeaders?: Record<string, string>;
  /** Milliseconds between acting and answering: a receiver that acted, and a sender that never learns it. */
  answerAfterMs?: number;
  /** Answers this in place of the hash of what was executed. */
  answerHash?: string;
}

export interface DemoShop {
  url: string;
  /** Every request so far, also refused and repeated ones. */
  deliveries: Delivery[];
  /** What was carried out, each id once. */
  ledger: LedgerEntry[];
  close(): Promise<void>;
}

/** Where it takes actions, below its address. */
const DELIVERY_PATH = "/webhooks/countersign";
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * The demo organisation's shop system, listening on loopback: it checks the Standard Webhooks signature, carries each
 * action out once however often it is delivered, appends it to a JSONL ledger, and answers with the hash of what it
 * executed. Knows what it did before a restart from the ledger.
 */
export async function startDemoShop(options: {
  port: number;
  /** Path of the ledger; without one it is kept in memory only. */
  ledger?: string;
  secret: string;
  faults?: Faults;
}): Promise<DemoShop> {
  const { faults = {} } = options;
  const webhook = new Webhook(options.secret);
  const ledger = readLedger(options.ledger);
  const done = new Map(ledger.map((entry) => [entry.id, entry]));
  const deliveries: Delivery[] = [];

  const server = createServer((request, response) => {
    const answer: Answer = (status, body, headers = {}) => {
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(body));
    };
    serve(request, answer).catch((error: Error) => answer(500, { error: error.message }));
  });

  async function serve(request: IncomingMessage, answer: Answer): Promise<void> {
    if (request.method === "GET" && request.url === "/ledger") return answer(200, summary(ledger));
    if (request.method !== "POST" || request.url !== DELIVERY_PATH)
      return answer(404, { error: "not found" });
    const body = await readBody(request);
    if (body === null) return answer(413, { error: "too large" });
    const id = String(request.headers["webhook-id"] ?? "");
    const delivery: Delivery = {
      id,
      idempotencyKey: String(request.headers["idempotency-key"] ?? ""),
      timestamp: String(request.headers["webhook-timestamp"] ?? ""),
      body,
      status: 200,
    };
    deliveries.push(delivery);
    if (deliveries.length <= (faults.failFirst ?? 0)) {
      delivery.status = faults.failWith ?? 503;
      return answer(delivery.status, { error: "out of order" }, faults.failHeaders);
    }

    let action: { action_type: string; payload: unknown };
    try {
      action = webhook.verify(body, request.headers as Record<string, string>) as typeof action;
    } catch (error) {
      delivery.status = 401;
      return answer(401, { error: error instanceof Error ? error.message : "bad signature" });
    }
    let entry = done.get(id);
    if (!entry) {
      const { action_type, payload } = action;
      entry = {
        id,
        action_type,
        payload,
        executed_payload_hash: payloadHash(payload),
        at: new Date().toISOString(),
      };
      done.set(id, entry);
      ledger.push(entry);
      if (options.ledger) appendFileSync(options.ledger, `${JSON.stringify(entry)}\n`);
    }
    if (faults.answerAfterMs) await new Promise((resolve) => setTimeout(resolve, faults.answerAfterMs));
    answer(200, {
      executed_payload_hash: faults.answerHash ?? entry.executed_payload_hash,
      reference: `shop-${[...done.keys()].indexOf(id) + 1}`,
    });
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${DELIVERY_PATH}`,
    deliveries,
    ledger,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Answer = (status: number, body: object, headers?: Record<string, string>) => void;

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** A last line cut off by a crash was never answered with success, so it is left out and delivered again. */
function readLedger(file: string | undefined): LedgerEntry[] {
  if (!file || !existsSync(file)) return [];
  const text = readFileSync(file, "utf8");
  if (text && !text.endsWith("\n")) appendFileSync(file, "\n");
  return text.split("\n").flatMap((line) => {
    try {
      return line ? [JSON.parse(line) as LedgerEntry] : [];
    } catch {
      return [];
    }
  });
}

function summary(ledger: readonly LedgerEntry[]): object {
  const byType: Record<string, number> = {};
  for (const { action_type } of ledger) byType[action_type] = (byType[action_type] ?? 0) + 1;
  return { actions: ledger.length, by_type: byType };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { port: { type: "string" }, ledger: { type: "string" } } });
  const secret = process.env.RETAIL_WEBHOOK_SECRET;
  if (!values.port || !secret) {
    console.error(
      "Usage: RETAIL_WEBHOOK_SECRET=whsec_… tsx scripts/demo-shop.ts --port PORT [--ledger FILE]",
    );
    process.exit(2);
  }
  const shop = await startDemoShop({ port: Number(values.port), ledger: values.ledger, secret });
  console.log(`demo shop: listening on ${shop.url}`);
  process.send?.({ ready: true, url: shop.url });
  for (const signal of ["SIGTERM", "SIGINT", "disconnect"]) {
    process.once(signal, () => shop.close().then(() => process.exit(0)));
  }
}
