import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "@/lib/db/sql";
import { startTestApi, type TestApi } from "./test-api";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({
    keep_text: {
      "policy.json": { action_type: "keep_text", tiers: [{ tier: "medium", route: "batch_review" }] },
      "schema.json": {
        type: "object",
        additionalProperties: false,
        properties: { text: { type: "string" } },
      },
    },
  });
});
afterAll(() => api?.stop());

const email = (payload: object = {}) => ({
  action_type: "send_email",
  payload: { to: ["ann@example.com"], subject: "Hello", body: "Hi.", ...payload },
  summary: "Write to Ann",
  subject: { type: "customer", id: "cus_1" },
});
const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));
const countDrafts = async () =>
  (await api.database.db.row<{ n: number }>(sql`SELECT count(*)::int AS n FROM draft`))!.n;

describe("a body", () => {
  it.each<[string, string | Buffer, string, string]>([
    ["a duplicate key", '{"payload":{"amount":1,"amount":2}}', "duplicate_key", "/payload/amount"],
    ["a duplicate key, escaped", '{"a":{"b":1,"\\u0062":2}}', "duplicate_key", "/a/b"],
    [
      "an integer beyond 2^53",
      '{"payload":{"amount":9007199254740993}}',
      "number_out_of_range",
      "/payload/amount",
    ],
    ["a number beyond all doubles", '{"amount":1e400}', "number_out_of_range", "/amount"],
    ["half a surrogate pair", '{"summary":"\\ud800"}', "lone_surrogate", "/summary"],
    ["NUL", '{"summary":"a\\u0000b"}', "nul_character", "/summary"],
    ["NUL in a key", '{"payload":{"a\\u0000":1}}', "nul_character", "/payload"],
    ["__proto__", '{"payload":{"__proto__":{"x":1}}}', "forbidden_key", "/payload/__proto__"],
    ["__proto__, escaped", '{"\\u005f\\u005fproto__":1}', "forbidden_key", "/__proto__"],
    ["33 levels", `{"payload":${nested(32)}}`, "too_deep", `/payload${"/0".repeat(31)}`],
    ["invalid UTF-8", bytes('{"summary":"', [0xff, 0xfe], '"}'), "invalid_utf8", ""],
    ["a byte order mark", bytes([0xef, 0xbb, 0xbf], "{}"), "invalid_json", ""],
    ["broken JSON", '{"summary":', "invalid_json", "/summary"],
    ["a trailing comma", '{"a":1,}', "invalid_json", ""],
    ["something after it", "{} {}", "invalid_json", ""],
    ["NaN", '{"amount":NaN}', "invalid_json", "/amount"],
    ["only spaces", "  ", "invalid_json", ""],
  ])("with %s is refused at its path, by every call that takes one", async (_, raw, offence, path) => {
    for (const [method, to, key] of [
      ["POST", "/drafts", api.shop.key],
      ["POST", "/drafts/preview", api.shop.key],
      ["POST", "/drafts/drf_1/revise", api.shop.key],
      ["POST", "/drafts/drf_1/execution", api.shop.key],
      ["PUT", "/facts/customer/cus_1", api.crm.key],
    ] as const) {
      const answer = await api.call(method, to, { key, raw });
      expect(answer).toMatchObject({ status: 400, body: { code: "invalid_json" } });
      expect(answer.body.errors).toEqual([{ path, message: expect.stringContaining(offence) }]);
    }
    expect(await countDrafts()).toBe(0);
  });

  it.each([
    ["an array", "[]"],
    ["a string", '"x"'],
    ["null", "null"],
    ["a number", "1"],
    ["nothing", ""],
  ])("that is %s is no request", async (_, raw) => {
    for (const path of ["/drafts", "/drafts/preview", "/drafts/drf_1/revise", "/drafts/drf_1/execution"]) {
      const answer = await api.call("POST", path, { key: api.shop.key, raw });
      expect(answer).toMatchObject({ status: 422, body: { code: "invalid_request" } });
    }
    const push = await api.call("PUT", "/facts/customer/cus_1", { key: api.crm.key, raw });
    expect(push).toMatchObject({ status: 422, body: { code: "invalid_request" } });
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "text/json", ""])(
    "of type %j is refused",
    async (type) => {
      const raw = Buffer.from(JSON.stringify(email()));
      const answer = await api.call("POST", "/drafts", {
        key: api.shop.key,
        raw,
        headers: { "content-type": type },
      });
      expect(answer).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
    },
  );

  it("may say its charset, but not that it is compressed", async () => {
    const json = email();
    const utf8 = { "content-type": "Application/JSON; charset=utf-8" };
    expect(
      (await api.call("POST", "/drafts/preview", { key: api.shop.key, json, headers: utf8 })).status,
    ).toBe(200);
    const gzip = { "content-encoding": "gzip" };
    const answer = await api.call("POST", "/drafts", { key: api.shop.key, json, headers: gzip });
    expect(answer).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
  });

  it("over 2 MB is refused, whether its length is declared or not", async () => {
    const chunked = new Blob([Buffer.alloc(4 * 1024 * 1024, " ")]).stream();
    for (const raw of [Buffer.alloc(2 * 1024 * 1024 + 1, " "), chunked]) {
      const answer = await api.call("POST", "/drafts", { key: api.shop.key, raw });
      expect(answer).toMatchObject({ status: 413, body: { code: "too_large" } });
    }
  });

  it("that breaks off is refused, and logs no defect", async () => {
    const { POST } = await import("./drafts/route");
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("aborted")) });
    const headers = { authorization: `Bearer ${api.shop.key}`, "content-type": "application/json" };
    const request = new Request(`${api.url}/drafts`, {
      method: "POST",
      body,
      headers,
      duplex: "half",
    } as RequestInit);
    expect((await POST(request)).status).toBe(422);
  });

  it("without end is not read to its end", async () => {
    const piece = Buffer.alloc(1024 * 1024, "a");
    let sent = 0;
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += piece.length;
        controller.enqueue(piece);
      },
      cancel() {
        cancelled = true;
      },
    });
    const { POST } = await import("./drafts/route");
    const headers = { authorization: `Bearer ${api.shop.key}`, "content-type": "application/json" };
    const request = new Request(`${api.url}/drafts`, {
      method: "POST",
      body,
      headers,
      duplex: "half",
    } as RequestInit);
    expect((await POST(request)).status).toBe(413);
    expect(cancelled).toBe(true);
    expect(sent).toBeLessThan(20 * 1024 * 1024);
    const declared = new Request(`${api.url}/drafts`, {
      method: "POST",
      body: "{}",
      headers: { ...headers, "content-length": `${1024 ** 3}` },
    });
    expect((await POST(declared)).status).toBe(413);
  });

  it("may hold a payload of 256 KB and evidence of 1 MB, and no more", async () => {
    const evidence = (size: number) => [{ kind: "document", title: "Log", content: "e".repeat(size) }];
    // {"text":""} takes 11 bytes, each é two.
    const blob = (bytes: number) => ({
      ...email(),
      action_type: "keep_text",
      payload: { text: "é".repeat(1000) + "x".repeat(bytes - 2011) },
    });
    for (const [json, part] of [
      [{ ...email(), evidence: evidence(1024 * 1024) }, "/evidence"],
      [{ ...email(), evidence: [...evidence(600 * 1024), ...evidence(600 * 1024)] }, "/evidence"],
      [blob(256 * 1024 + 1), "/payload"],
    ] as const) {
      for (const path of ["/drafts", "/drafts/preview"]) {
        const answer = await api.call("POST", path, { key: api.shop.key, json });
        expect(answer).toMatchObject({ status: 413, body: { code: "too_large", errors: [{ path: part }] } });
      }
    }
    for (const json of [{ ...email(), evidence: evidence(1024 * 1024 - 100) }, blob(256 * 1024)]) {
      expect((await api.call("POST", "/drafts", { key: api.shop.key, json })).status).toBe(201);
    }
  });

  it("with keys nobody asked for is refused, each named", async () => {
    const json = { ...email(), tier: "low", route: "auto_execute", params: { action: "read_email" } };
    const answer = await api.call("POST", "/drafts", { key: api.shop.key, json });
    expect(answer).toMatchObject({ status: 422, body: { code: "invalid_request" } });
    expect(answer.body.detail).toMatch(/tier.*route.*params/);
  });

  it("with a bad field is refused with the path of each", async () => {
    const json = {
      ...email(),
      confidence: 2,
      deadline: "2026-02-30T00:00:00Z",
      callback_url: "file:///etc/passwd",
      evidence: [{ kind: "rumour", title: "" }],
      subject: { type: "customer" },
    };
    const answer = await api.call("POST", "/drafts", { key: api.shop.key, json });
    expect(answer).toMatchObject({ status: 422, body: { code: "invalid_request" } });
    expect(answer.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(
      [
        "/callback_url",
        "/confidence",
        "/deadline",
        "/evidence/0/kind",
        "/evidence/0/title",
        "/subject/id",
      ].sort(),
    );
  });

  it.each(["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59-23:59", "2099-01-01T00:00:00.123456789+23:59"])(
    "with the deadline %s is taken or refused, but never breaks",
    async (deadline) => {
      const answer = await api.call("POST", "/drafts", { key: api.shop.key, json: { ...email(), deadline } });
      expect(answer.status).toBe(201);
    },
  );

  it.each(["0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2026-01-01T00:00:00Z"])(
    "with the deadline %s, which has passed, is refused",
    async (deadline) => {
      for (const path of ["/drafts", "/drafts/preview"]) {
        const answer = await api.call("POST", path, { key: api.shop.key, json: { ...email(), deadline } });
        expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: "/deadline" }] } });
      }
    },
  );
});

describe("a path", () => {
  it.each([
    "%00",
    "drf_%00",
    "%ff",
    "%zz",
    "a%2Fb",
    "..%2f..",
    "%F0%9F%92%A5",
    "'%20OR%201=1",
    "x".repeat(5000),
  ])("with the draft id %s finds nothing, and nothing breaks", async (id) => {
    for (const [method, suffix] of [
      ["GET", ""],
      ["POST", "/withdraw"],
      ["POST", "/revise"],
      ["POST", "/claim"],
      ["POST", "/execution"],
    ]) {
      const answer = await api.call(method!, `/drafts/${id}${suffix}`, {
        key: api.shop.key,
        ...(method === "POST" ? { json: email() } : {}),
      });
      expect([404, 422]).toContain(answer.status);
    }
  });

  it.each(["%00", "a%00b", "%ff", "%zz", "x".repeat(301)])(
    "with the fact's subject %s is refused",
    async (id) => {
      for (const path of [`/facts/customer/${id}`, `/facts/${id}/cus_1`]) {
        const answer = await api.call("PUT", path, { key: api.crm.key, json: { facts: { vip: true } } });
        expect(answer).toMatchObject({ status: 422, body: { code: "invalid_request" } });
      }
    },
  );

  it("that does not exist, or not by that method, says so in a problem document", async () => {
    for (const path of ["", "/nothing", "/drafts/drf_1/approve/now"]) {
      const answer = await api.call("GET", path, { key: api.shop.key });
      expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
    }
    for (const [method, path, allow] of [
      ["DELETE", "/drafts", "GET, POST, HEAD, OPTIONS"],
      ["PUT", "/drafts/drf_1", "GET, HEAD, OPTIONS"],
      ["GET", "/drafts/drf_1/withdraw", "POST, OPTIONS"],
      ["GET", "/drafts/drf_1/claim", "POST, OPTIONS"],
      ["GET", "/drafts/preview", "POST, OPTIONS"],
      ["POST", "/facts/customer/cus_1", "PUT, OPTIONS"],
    ] as const) {
      const answer = await api.call(method, path, { key: api.shop.key });
      expect(answer).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
      expect(answer.headers.get("allow")).toBe(allow);
      const options = await api.call("OPTIONS", path);
      expect([options.status, options.headers.get("allow"), options.body]).toEqual([204, allow, null]);
    }
  });
});

describe("a query", () => {
  it.each([
    "limit=-1",
    "limit=0",
    "limit=abc",
    "limit=1e9",
    "limit=1e1",
    "limit=201",
    "limit=0x10",
    "limit=%205",
    "limit=5.5",
    "limit=5&limit=500",
    "limit=%00",
    "status=anything",
    "status=pending%00",
    "action_type=%00",
    `action_type=${"x".repeat(101)}`,
    "agent_id=agt_rival",
    "__proto__=1",
    "cursor=x",
    "cursor=%00",
    `cursor=${Buffer.from("2026-11-20T00:00:00.000Z drf_1' OR 1=1").toString("base64url")}`,
    `cursor=${Buffer.from("+275760-09-13T00:00:00.000Z drf_1").toString("base64url")}`,
    `cursor=${Buffer.from("-271821-04-20T00:00:00.000Z drf_1").toString("base64url")}`,
    `cursor=${Buffer.from("2026-11-20T00:00:00.000Z drf_\0").toString("base64url")}`,
    `cursor=${Buffer.from("2026-11-20T00:00:00.000Z drf_1").toString("base64url")}%20`,
  ])("of %s is refused", async (query) => {
    const answer = await api.call("GET", `/drafts?${query}`, { key: api.shop.key });
    expect(answer).toMatchObject({ status: 422, body: { code: "invalid_request" } });
  });

  it.each([
    "wait=61",
    "wait=-1",
    "wait=1.5",
    "wait=1e1",
    "wait=Infinity",
    "wait=%00",
    "wait=1&wait=2",
    "weit=1",
  ])("of %s is no time to wait", async (query) => {
    const answer = await api.call("GET", `/drafts/drf_1?${query}`, { key: api.shop.key });
    expect(answer).toMatchObject({ status: 422, body: { code: "invalid_request" } });
  });

  it("with invalid UTF-8 or an empty value breaks nothing", async () => {
    for (const query of ["action_type=%ff", "status=&cursor=&action_type=", ""]) {
      expect((await api.call("GET", `/drafts?${query}`, { key: api.shop.key })).status).toBe(200);
    }
  });
});

describe("a header", () => {
  it.each(["", " ", "\t", "k".repeat(256), "schlüssel", "ключ"])(
    "Idempotency-Key of %j is refused",
    async (value) => {
      const headers = { "idempotency-key": Buffer.from(value).toString("latin1") };
      const answer = await api.call("POST", "/drafts", { key: api.shop.key, json: email(), headers });
      expect(answer).toMatchObject({ status: 422, body: { code: "invalid_request" } });
    },
  );

  it.each(["203.0.113.9, 10.0.0.1", "2001:db8::1", "<script>", "x".repeat(4000), "127.0.0.1:80"])(
    "X-Forwarded-For of %s puts an address into the trail or nothing",
    async (value) => {
      const headers = { "x-forwarded-for": value };
      const { body } = await api.call("POST", "/drafts", { key: api.shop.key, json: email(), headers });
      const row = await api.database.db.row<{ ip: string | null }>(
        sql`SELECT event->'actor'->>'ip' AS ip FROM audit_event WHERE draft_id = ${body.id}`,
      );
      expect([null, "203.0.113.9", "2001:db8::1"]).toContain(row!.ip);
    },
  );
});

it("serves its own description to anyone, to keep for a while", async () => {
  const answer = await api.call("GET", "/openapi.json");
  expect(answer).toMatchObject({ status: 200, body: { openapi: "3.1.0" } });
  expect(answer.headers.get("cache-control")).toMatch(/max-age=\d+/);
});
