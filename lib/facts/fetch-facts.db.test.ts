import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { evaluate } from "@/lib/policy/evaluate";
import { type LoadedPolicy, loadPolicies } from "@/lib/policy-files/load-policies";
import { fetchFacts } from "./fetch-facts";
import { type FactQuestion, loadFacts } from "./load-facts";
import { deleteOldLookups } from "./lookup-cache";

const folder = mkdtempSync(join(tmpdir(), "countersign-policies-"));
const start = new Date("2026-11-21T08:00:00Z");
let database: TestDatabase;
let server: Server;
let base: string;
let now = start;
let requests: IncomingMessage[] = [];
/** The path of each request decides what the shop is like. */
let shop: Record<string, RequestListener> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  server = createServer((request, response) => {
    requests.push(request);
    const path = request.url!.split("?")[0]!;
    (shop[path] ?? ((_, unknown) => unknown.writeHead(404).end("{}")))(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  process.env.OUTGOING_ALLOWED_HOSTS = "127.0.0.1";
  requests = [];
  now = start;
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const ORDER = {
  status: "open",
  total: 12.5,
  gift: false,
  tags: ["a", "b"],
  customer: { id: "cus_1" },
  lines: [{}],
};
const json =
  (value: unknown, status = 200): RequestListener =>
  (_, response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));

function policyOf(policy: object): LoadedPolicy {
  const whole = { action_type: "pay", tiers: [{ tier: "medium", route: "batch_review" }], ...policy };
  const properties = { order_id: { type: "string" }, n: { type: "number" } };
  const schema = { type: "object", additionalProperties: false, properties };
  mkdirSync(join(folder, "pay"), { recursive: true });
  writeFileSync(join(folder, "pay/policy.json"), JSON.stringify(whole));
  writeFileSync(join(folder, "pay/schema.json"), JSON.stringify(schema));
  return loadPolicies(folder).get("pay")!;
}
const shopFacts = (lookup: object, pointers: Record<string, string> = { status: "/status" }) => ({
  lookups: { shop: { url_env: "SHOP_URL", ...lookup } },
  facts: Object.fromEntries(
    Object.entries(pointers).map(([name, at]) => [name, { from: "http", lookup: "shop", at }]),
  ),
});
const fetchFor = (policy: object, payload: object = { order_id: "ord_1" }, environment: object = {}) =>
  fetchFacts({ db: database.db, now: () => now }, policyOf(policy), { payload }, {
    SHOP_URL: `${base}/orders/{/order_id}`,
    ...environment,
  } as unknown as NodeJS.ProcessEnv);

describe("facts from http", () => {
  it("are the answer's values at their pointers, with source and time", async () => {
    shop = { "/orders/ord_1": json(ORDER) };
    const pointers = {
      status: "/status",
      total: "/total",
      gift: "/gift",
      tags: "/tags",
      customer: "/customer/id",
    };
    const facts = await fetchFor(
      shopFacts({ headers_env: { Authorization: "SHOP_TOKEN" } }, pointers),
      undefined,
      {
        SHOP_TOKEN: "Bearer s3cret",
      },
    );
    const from = { source: "lookup shop", at: start.toISOString() };
    expect(facts).toEqual({
      status: { value: "open", ...from },
      total: { value: 12.5, ...from },
      gift: { value: false, ...from },
      tags: { value: ["a", "b"], ...from },
      customer: { value: "cus_1", ...from },
    });
    expect(requests.map(({ method, url, headers }) => [method, url, headers.authorization])).toEqual([
      ["GET", "/orders/ord_1", "Bearer s3cret"],
    ]);
  });

  it("are asked for what the payload names, percent-encoded", async () => {
    shop = { "/orders/%23W1%2F2": json(ORDER) };
    expect((await fetchFor(shopFacts({}), { order_id: "#W1/2" })).status?.value).toBe("open");
  });

  it("answer alike whatever the content type claims", async () => {
    shop = {
      "/orders/ord_1": (_, response) =>
        response.writeHead(200, { "content-type": "text/html" }).end(JSON.stringify(ORDER)),
    };
    expect((await fetchFor(shopFacts({}))).status?.value).toBe("open");
  });

  it("are looked at like any other, and decide whom the draft is about", async () => {
    shop = { "/orders/ord_1": json(ORDER), "/orders/ord_2": json({ status: "open" }) };
    const policy = policyOf({
      tiers: [
        { tier: "low", when: { status_eq: "open" }, route: "auto_execute" },
        { tier: "medium", route: "batch_review" },
      ],
      subject_from: { type: "customer", fact: "customer" },
      ...shopFacts({}, { status: "/status", customer: "/customer/id" }),
    });
    const classify = async (order_id: string, id: string, asked = true) => {
      const payload = { order_id };
      const environment = { SHOP_URL: `${base}/orders/{/order_id}` } as unknown as NodeJS.ProcessEnv;
      const ctx = { db: database.db, now: () => now };
      const question: FactQuestion = {
        payload,
        subject: { type: "customer", id },
        agentId: "agt_1",
        amount: null,
        excludeDraftId: null,
        now,
        ...(asked ? { fetched: await fetchFacts(ctx, policy, { payload }, environment) } : {}),
      };
      return evaluate(policy.policy, await loadFacts(database.db, policy, question));
    };
    expect(await classify("ord_1", "cus_1")).toMatchObject({ route: "auto_execute", blocked_by: [] });
    expect((await classify("ord_1", "cus_2")).blocked_by).toEqual(["subject_mismatch"]);
    const unknown = await classify("ord_2", "cus_1");
    expect(unknown).toMatchObject({ route: "batch_review", unresolved_blocks: ["subject_mismatch"] });
    expect(unknown.reasons[0]).toBe(
      "not known to be allowed: subject mismatch is unknown: customer is unknown: " +
        "the lookup shop gave nothing, as its answer has nothing at /customer/id",
    );
    expect(await classify("ord_1", "cus_1", false)).toMatchObject({
      route: "batch_review",
      reasons: expect.arrayContaining(["status is unknown: it was not looked up"]),
    });
  });
});

describe("facts from http stay unknown, and say why,", () => {
  const endless: RequestListener = (_, response) => {
    const pour = () => {
      while (response.writable && response.write("x".repeat(65_536)));
    };
    response.on("drain", pour);
    pour();
  };
  it.each<[string, RequestListener, string]>([
    ["when the shop is slow", () => {}, "it did not answer within 0.2 s"],
    ["when it is down", json({ status: "open" }, 503), "it answered 503"],
    ["when it knows no such order", json({ status: "open" }, 404), "it answered 404"],
    [
      "when it leads inside by a redirect",
      (_, response) =>
        response.writeHead(302, { location: "http://169.254.169.254/latest" }).end('{"status":"open"}'),
      "it answered 302, which is not followed",
    ],
    [
      "when it says JSON and sends something else",
      (_, response) => response.writeHead(200, { "content-type": "application/json" }).end("<html>"),
      "it did not answer with usable JSON",
    ],
    [
      "when it says nothing",
      (_, response) => response.writeHead(204).end(),
      "it did not answer with usable JSON",
    ],
    [
      "when it breaks off",
      (_, response) => {
        response.writeHead(200, { "content-length": "100" }).write('{"status":');
        setImmediate(() => response.destroy());
      },
      "the connection to it failed",
    ],
    ["when it does not end", endless, "it answered with more than 256 KB"],
    [
      "when it is bottomless",
      (_, r) => r.end(`${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`),
      "it did not answer with usable JSON",
    ],
    [
      "when it says everything twice",
      (_, r) => r.end('{"status":"shut","status":"open"}'),
      "it did not answer with usable JSON",
    ],
    ["when it has something else", json({ state: "open" }), "its answer has nothing at /status"],
    ["when it is a list", json(["open"]), "its answer has nothing at /status"],
    ["when it has null", json({ status: null }), "its answer has null at /status"],
    ["when it has an object", json({ status: {} }), "its answer has an object at /status"],
    [
      "when it has a list of objects",
      json({ status: [{}] }),
      "its answer has a list that is no fact at /status",
    ],
    [
      "when it has a novel",
      json({ status: "x".repeat(2001) }),
      "its answer has more than 2000 characters at /status",
    ],
  ])("%s", async (_, like, why) => {
    shop = { "/orders/ord_1": like };
    const { status } = await fetchFor(
      shopFacts({ timeout_seconds: why.includes("0.2") ? 0.2 : 10, max_age_seconds: 60 }),
    );
    expect(status).toEqual({
      value: null,
      source: "lookup shop",
      note: `the lookup shop gave nothing, as ${why}`,
    });
  });

  it.each([
    [{ SHOP_URL: "" }, {}, "SHOP_URL is not set"],
    [{ SHOP_URL: "https://{/order_id}/" }, {}, "SHOP_URL is not a URL that facts can be looked up by"],
    [{}, { headers_env: { "x-key": "SHOP_TOKEN" } }, "SHOP_TOKEN is not set"],
    [
      { T: "a\r\nx: b" },
      { headers_env: { "x-key": "T" } },
      "a header for it has a value that cannot be sent",
    ],
    [{ SHOP_URL: "http://127.0.0.1:1/{/order_id}" }, {}, "the connection to it failed"],
    [{ SHOP_URL: "http://nowhere.invalid/{/order_id}" }, {}, "its name cannot be resolved"],
    [
      { SHOP_URL: "http://169.254.169.254/{/order_id}" },
      {},
      "its address is not public and not in OUTGOING_ALLOWED_HOSTS",
    ],
    [{ SHOP_URL: "http://localhost:1/{/n}" }, {}, "the payload has no text or number at /n"],
  ])("with %j and %j: %s", async (environment, lookup, why) => {
    const { status } = await fetchFor(shopFacts(lookup), undefined, environment);
    expect(status?.note).toBe(`the lookup shop gave nothing, as ${why}`);
    expect(requests).toEqual([]);
  });

  it("when the payload would lead to another record", async () => {
    shop = { "/orders/": json(ORDER), "/": json(ORDER) };
    for (const order_id of ["..", ".", ""]) {
      expect((await fetchFor(shopFacts({}), { order_id })).status?.value).toBeNull();
    }
    expect(requests).toEqual([]);
  });
});

describe("an answer", () => {
  const counting = (): RequestListener => {
    let asked = 0;
    return (request, response) =>
      json({ status: ++asked, total: -asked, secret: "cvv 123" })(request, response);
  };
  const wait = (seconds: number) => {
    now = new Date(start.getTime() + seconds * 1000);
  };

  it("is asked for anew every time, unless the policy allows an age", async () => {
    shop = { "/orders/ord_1": counting() };
    expect((await fetchFor(shopFacts({}))).status?.value).toBe(1);
    expect((await fetchFor(shopFacts({}))).status?.value).toBe(2);
  });

  it("serves until it is as old as the policy allows, with the time it was asked at", async () => {
    shop = { "/orders/kept": counting(), "/orders/other": counting() };
    const ask = async (seconds: number, order_id = "kept") => {
      wait(seconds);
      return (await fetchFor(shopFacts({ max_age_seconds: 60 }), { order_id })).status;
    };
    expect(await ask(0)).toMatchObject({ value: 1, at: start.toISOString() });
    expect(await ask(60)).toMatchObject({ value: 1, at: start.toISOString() });
    expect(await ask(60, "other")).toMatchObject({ value: 1, at: now.toISOString() });
    expect(await ask(60.001)).toMatchObject({ value: 2, at: now.toISOString() });
    expect(await ask(-5), "one from the future").toMatchObject({ value: 3 });
  });

  it("is asked for again when the policy wants more of it, and keeps nothing that no fact needs", async () => {
    shop = { "/orders/more": counting() };
    const payload = { order_id: "more" };
    await fetchFor(shopFacts({ max_age_seconds: 60 }), payload);
    wait(1);
    const both = await fetchFor(
      shopFacts({ max_age_seconds: 60 }, { status: "/status", total: "/total" }),
      payload,
    );
    expect(both).toMatchObject({ status: { value: 2 }, total: { value: -2 } });
    expect((await fetchFor(shopFacts({ max_age_seconds: 60 }), payload)).status?.value).toBe(2);
    const kept = await database.db.rows<{ body: string }>(sql`SELECT body::text FROM fact_lookup`);
    expect(kept.map(({ body }) => body).join()).not.toContain("cvv");
  });

  it("that failed is not kept", async () => {
    shop = { "/orders/flaky": json({}, 500) };
    const payload = { order_id: "flaky" };
    expect((await fetchFor(shopFacts({ max_age_seconds: 60 }), payload)).status?.value).toBeNull();
    shop = { "/orders/flaky": json(ORDER) };
    expect((await fetchFor(shopFacts({ max_age_seconds: 60 }), payload)).status?.value).toBe("open");
  });

  it("is shared by all who ask the same at the same moment, and by nobody else", async () => {
    let open = () => {};
    const shut = new Promise<void>((resolve) => {
      open = resolve;
    });
    onTestFinished(() => open());
    shop = {
      "/orders/busy": async (request, response) => {
        await shut;
        json(ORDER)(request, response);
      },
      "/orders/ord_1": json(ORDER),
    };
    const busy = Array.from({ length: 20 }, (_, index) =>
      fetchFor(shopFacts({ timeout_seconds: 10 }, index % 2 ? { status: "/status" } : { status: "/total" }), {
        order_id: "busy",
      }),
    );
    expect((await fetchFor(shopFacts({}))).status?.value).toBe("open");
    open();
    const values = (await Promise.all(busy)).map(({ status }) => status?.value);
    expect(new Set(values)).toEqual(new Set(["open", 12.5]));
    expect(requests.filter(({ url }) => url === "/orders/busy")).toHaveLength(1);
    await fetchFor(shopFacts({}), { order_id: "busy" });
    expect(requests.filter(({ url }) => url === "/orders/busy")).toHaveLength(2);
  });

  it("is deleted when no policy can use it any more", async () => {
    shop = { "/orders/old": json(ORDER) };
    await fetchFor(shopFacts({ max_age_seconds: 60 }), { order_id: "old" });
    const count = async () => (await database.db.rows(sql`SELECT FROM fact_lookup`)).length;
    const before = await count();
    expect(await deleteOldLookups(database.db, new Date(start.getTime() + 86_400_000 - 60_000))).toBeLessThan(
      before,
    );
    await deleteOldLookups(database.db, new Date(start.getTime() + 2 * 86_400_000));
    expect(await count()).toBe(0);
  });
});

it("nothing is asked for a policy without facts from http", async () => {
  expect(await fetchFor({})).toEqual({});
  expect(requests).toEqual([]);
});
