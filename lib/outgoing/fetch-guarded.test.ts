import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchGuarded } from "./fetch-guarded";
import type { OutgoingError } from "./outgoing-error";

const SECRET = "s3cr3t-token";
let server: Server;
let port: number;
let requests = 0;
let closedEarly: Promise<void>;

const answer: RequestListener = (request, response) => {
  requests++;
  closedEarly = new Promise((resolve) => response.on("close", resolve));
  const path = new URL(request.url ?? "/", "http://x").pathname;
  if (path === "/echo") {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const { method, headers } = request;
      response.writeHead(201, { "Content-Type": "application/json", "X-Many": ["a", "b"] });
      response.end(JSON.stringify({ method, headers, body: Buffer.concat(chunks).toString() }));
    });
  } else if (path === "/redirect") {
    response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end("moved");
  } else if (path === "/drip") {
    response.writeHead(200).write("a");
    const drip = setInterval(() => response.write("a"), 20);
    response.on("close", () => clearInterval(drip));
  } else if (path === "/endless") {
    const pour = () => {
      while (response.writable && response.write("x".repeat(65_536)));
    };
    response.on("drain", pour);
    pour();
  } else if (path === "/cut") {
    response.writeHead(200, { "content-length": "100" }).write("half");
    setImmediate(() => response.destroy());
  } else if (path === "/switch") {
    response.writeHead(101, { connection: "upgrade", upgrade: "anything" }).end();
  }
};

beforeAll(async () => {
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const refusal = (url: string, options: Parameters<typeof fetchGuarded>[1] = {}): Promise<OutgoingError> =>
  fetchGuarded(url, options).then(
    (response) => Promise.reject(new Error(`It was answered with ${response.status}.`)),
    (error) => error,
  );

const local = (path: string) => `http://127.0.0.1:${port}${path}?token=${SECRET}`;
const allowed = { allowedHosts: ["127.0.0.1"] };

describe("outgoing calls to hosts that are allowed", () => {
  it("carry method, headers, host and body, and bring back status, headers and body", async () => {
    const url = `http://localhost:${port}/echo`;
    const call = { method: "POST", headers: { "x-a": "1" }, body: "größer", allowedHosts: ["localhost"] };
    const { status, headers, body } = await fetchGuarded(url, call);
    expect(status).toBe(201);
    expect(headers).toMatchObject({ "content-type": "application/json", "x-many": "a, b" });
    expect(JSON.parse(body)).toMatchObject({
      method: "POST",
      headers: { host: `localhost:${port}`, "x-a": "1", "content-length": "8" },
      body: "größer",
    });
  });

  it("may be allowed by host and port, or by domain", async () => {
    for (const entry of [`127.0.0.1:${port}`, ` 127.0.0.1 `]) {
      expect((await fetchGuarded(local("/echo"), { allowedHosts: [entry] })).status).toBe(201);
    }
    const inside = `http://api.localhost:${port}/echo`;
    const outcome = await fetchGuarded(inside, { allowedHosts: ["*.localhost"] }).catch(
      (error) => error.code,
    );
    // Whether *.localhost resolves depends on the machine; it must not be blocked.
    expect(outcome).not.toBe("blocked_address");
  });

  it("return a redirect instead of following it inside", async () => {
    const response = await fetchGuarded(local("/redirect"), allowed);
    expect(response).toMatchObject({
      status: 302,
      headers: { location: "http://169.254.169.254/latest/meta-data" },
    });
  });
});

describe("outgoing calls that are refused", () => {
  it.each([
    ["loopback", "http://127.0.0.1:PORT/echo"],
    ["a name that resolves to loopback", "http://localhost:PORT/echo"],
    ["a decimal address", "http://2130706433:PORT/echo"],
    ["an octal address", "http://0177.0.0.1:PORT/echo"],
    ["a hexadecimal address", "http://0x7f.1:PORT/echo"],
    ["a short address", "http://127.1:PORT/echo"],
    ["full-width digits", "http://１２７.0.0.1:PORT/echo"],
    ["the unspecified address", "http://0:PORT/echo"],
    ["IPv6 loopback", "http://[::1]:PORT/echo"],
    ["IPv4 mapped into IPv6", "http://[::ffff:127.0.0.1]:PORT/echo"],
    ["NAT64", "http://[64:ff9b::7f00:1]:PORT/echo"],
    ["the metadata address of clouds", "http://169.254.169.254/latest/meta-data"],
  ])("do not reach %s", async (_, url) => {
    const before = requests;
    expect((await refusal(url.replace("PORT", String(port)))).code).toBe("blocked_address");
    expect(requests).toBe(before);
  });

  it("do not reach an allowed host on another port, or a host that merely ends alike", async () => {
    for (const entry of [`127.0.0.1:${port + 1}`, "7.0.0.1", "*.1.0.0.127", "*", "", "*.0.0.2"]) {
      expect((await refusal(local("/echo"), { allowedHosts: [entry] })).code).toBe("blocked_address");
    }
  });

  it.each([
    "ftp://example.com/",
    "file:///etc/passwd",
    "/relative",
    "",
    "javascript:alert(1)",
    "https://me:s3cr3t-token@example.com/",
  ])("need a plain http or https URL, not %j", async (url) => {
    expect((await refusal(url)).code).toBe("invalid_url");
  });

  it("say so when the name does not exist", async () => {
    expect((await refusal("http://nowhere.invalid/")).code).toBe("dns_failed");
  });

  it("say so when nobody listens, or a header cannot be sent", async () => {
    expect((await refusal("http://127.0.0.1:1/", allowed)).code).toBe("connect_failed");
    const headers = { "x-a": `${SECRET}\r\nx-b: 1` };
    const error = await refusal(local("/echo"), { ...allowed, headers });
    expect(error.code).toBe("invalid_request");
    expect(error.message).not.toContain(SECRET);
  });
});

describe("outgoing calls that go wrong", () => {
  it("end in time when nothing, or only a drop at a time, comes back", async () => {
    for (const path of ["/silent", "/drip"]) {
      expect((await refusal(local(path), { ...allowed, timeoutMs: 150 })).code).toBe("timeout");
      await closedEarly;
    }
  });

  it("stop reading an answer that does not end", async () => {
    expect((await refusal(local("/endless"), { ...allowed, maxResponseBytes: 100_000 })).code).toBe(
      "too_large",
    );
    await closedEarly;
  });

  it("are not taken for complete when the connection breaks or changes protocol", async () => {
    expect((await refusal(local("/cut"), allowed)).code).toBe("connect_failed");
    expect((await refusal(local("/switch"), { ...allowed, timeoutMs: 2000 })).code).toBe("connect_failed");
  });

  it("end when the caller cancels, before or during the call", async () => {
    const soon = new AbortController();
    setTimeout(() => soon.abort(), 50);
    expect((await refusal(local("/silent"), { ...allowed, signal: soon.signal })).code).toBe("aborted");
    await closedEarly;
    expect((await refusal(local("/echo"), { ...allowed, signal: AbortSignal.abort() })).code).toBe("aborted");
  });

  it("never tell the path or query, where tokens are", async () => {
    const errors = await Promise.all([
      refusal(local("/echo")),
      refusal(local("/silent"), { ...allowed, timeoutMs: 50 }),
      refusal(local("/cut"), allowed),
      refusal(`https://me:${SECRET}@example.com/`),
    ]);
    for (const error of errors) {
      expect(error.name).toBe("OutgoingError");
      expect(`${error.message} ${error.stack}`).not.toContain(SECRET);
    }
  });
});
