import { Agent, request } from "node:http";
import { throughput } from "./interleave";
import { synthesiseDraft } from "./synthesise-draft";

/** What the bench asks of the load generator: so many requests, from so many clients at a time. */
export type Load = { clients: number; count: number } & (
  | { kind: "submit"; url: string; key: string; firstSerial: number }
  | { kind: "get"; url: string }
);

/** Requests per second. Any answer that is not the expected status ends the load generator with the answer's text. */
export type LoadResult = { perSecond: number };

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

// A process of its own: what it costs to be a client must not be taken from the server's event loop.
process.on("message", async (load: Load) => {
  const requests = Array.from({ length: load.count }, (_, index) => prepare(load, index));
  const perSecond = await throughput(requests, load.clients, send);
  process.send?.({ perSecond } satisfies LoadResult);
});
process.on("disconnect", () => process.exit(0));

interface Prepared {
  url: URL;
  method: string;
  headers: Record<string, string | number>;
  body: Buffer | null;
  expected: number;
}

function prepare(load: Load, index: number): Prepared {
  const url = new URL(load.url);
  if (load.kind === "get") return { url, method: "GET", headers: {}, body: null, expected: 200 };
  const serial = load.firstSerial + index;
  const draft = synthesiseDraft(serial, serial % 2 ? "refund" : "cancel_pending_order");
  const body = Buffer.from(JSON.stringify(draft));
  const headers = {
    authorization: `Bearer ${load.key}`,
    "content-type": "application/json",
    "content-length": body.length,
    "idempotency-key": `bench-${serial}`,
  };
  return { url, method: "POST", headers, body, expected: 201 };
}

const send = ({ url, method, headers, body, expected }: Prepared) =>
  new Promise<void>((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () =>
        response.statusCode === expected
          ? resolve()
          : reject(
              new Error(`${method} ${url.pathname} answered ${response.statusCode}: ${text.slice(0, 500)}`),
            ),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
