import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "@/lib/db/sql";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { getReview } from "@/lib/drafts/get-review";
import { generateApiKey } from "@/lib/trust/api-key";
import { startTestApi, type TestApi } from "./test-api";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api?.stop());

const email = {
  action_type: "send_email",
  payload: { to: ["ann@example.com"], subject: "Hello", body: "Hi." },
  summary: "Write to Ann",
  subject: { type: "customer", id: "cus_1" },
};
const everyCall = [
  ["POST", "/drafts"],
  ["GET", "/drafts"],
  ["POST", "/drafts/preview"],
  ["GET", "/drafts/drf_1"],
  ["POST", "/drafts/drf_1/withdraw"],
  ["POST", "/drafts/drf_1/revise"],
  ["POST", "/drafts/drf_1/claim"],
  ["POST", "/drafts/drf_1/execution"],
  ["GET", "/examples?action_type=refund"],
  ["POST", "/examples/search"],
  ["PUT", "/facts/customer/cus_1"],
] as const;
const json = (method: string) => (method === "GET" ? {} : { json: email });
const submit = (key: string) => api.call("POST", "/drafts", { key, json: email });

describe("a request is refused", () => {
  it.each([
    ["without a key", {}],
    ["with Basic credentials", { authorization: "Basic dXNlcjpwYXNz" }],
    ["with a garbled key", { authorization: `Bearer csk_${"0".repeat(39)}` }],
    ["with a key cut short", { authorization: "Bearer csk_abc" }],
    ["with a key nobody made", { authorization: `Bearer ${generateApiKey().key}` }],
    ["with an endless key", { authorization: `Bearer csk_${"a".repeat(8000)}` }],
    ["with the key in another place", { "x-api-key": "csk_abc" }],
  ])("%s, at every call, before anything is read", async (_, headers) => {
    for (const [method, path] of everyCall) {
      const answer = await api.call(method, path, {
        headers: headers as Record<string, string>,
        ...(method === "GET" ? {} : { raw: "{not json" }),
      });
      expect(answer).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
      expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
    }
  });

  it.each([
    ["its key is revoked", sql`UPDATE api_key SET revoked_at = now() WHERE id = 'key_a1'`, "a1"],
    ["its key has expired", sql`UPDATE api_key SET expires_at = now() WHERE id = 'key_a2'`, "a2"],
    ["its agent is disabled", sql`UPDATE agent SET disabled_at = now() WHERE id = 'agt_a3'`, "a3"],
    ["its owner is disabled", sql`UPDATE person SET disabled_at = now() WHERE id = 'per_a4owner'`, "a4"],
  ])("from the moment that %s", async (_, statement, name) => {
    const owner = await api.world.person(`${name}owner`);
    const { key } = await api.world.agent(name, owner.actor.personId);
    expect((await submit(key)).status).toBe(201);
    await api.database.db.run(statement);
    expect(await submit(key)).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
    expect((await api.call("GET", "/drafts", { key })).status).toBe(401);
  });
});

describe("a key does what it was made for and nothing else", () => {
  it("an integration's key has no drafts", async () => {
    for (const [method, path] of everyCall.filter(([name]) => name !== "PUT")) {
      const answer = await api.call(method, path, { key: api.crm.key, ...json(method) });
      expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
    }
  });

  it("an agent's key pushes no facts, not even with the scope", async () => {
    const facts = { facts: { customer_months: 99 } };
    for (const scopes of [["drafts:write"], ["drafts:write", "drafts:read", "facts:write"]]) {
      await api.database.db.run(sql`UPDATE api_key SET scopes = ${scopes} WHERE id = 'key_rival'`);
      const answer = await api.call("PUT", "/facts/customer/cus_1", { key: api.rival.key, json: facts });
      expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
    }
    expect(await api.database.db.rows(sql`SELECT FROM fact`)).toHaveLength(0);
  });

  it("each scope opens its own calls only", async () => {
    const scope = (scopes: string[]) =>
      api.database.db.run(sql`UPDATE api_key SET scopes = ${scopes} WHERE id = 'key_rival'`);
    await scope(["drafts:read", "examples:read", "audit:read"]);
    const writing = everyCall.filter(([method, path]) => method !== "GET" && path !== "/examples/search");
    for (const [method, path] of writing) {
      expect((await api.call(method, path, { key: api.rival.key, ...json(method) })).status).toBe(403);
    }
    expect((await api.call("GET", "/drafts", { key: api.rival.key })).status).toBe(200);
    await scope(["drafts:write"]);
    expect((await submit(api.rival.key)).status).toBe(201);
    for (const path of ["/drafts", "/drafts/drf_1"]) {
      expect((await api.call("GET", path, { key: api.rival.key })).status).toBe(403);
    }
    await scope([]);
    for (const [method, path] of everyCall) {
      expect((await api.call(method, path, { key: api.rival.key, ...json(method) })).status).toBe(403);
    }
    await scope(["drafts:write", "drafts:read"]);
  });

  it("no key decides: neither by the API nor by the verb behind the screen", async () => {
    const { body } = await submit(api.shop.key);
    const decision = { verdict: "approve", decider: "per_owner", screenHash: "0".repeat(64) };
    for (const path of ["decide", "approve", "decision", "reject"]) {
      const answer = await api.call("POST", `/drafts/${body.id}/${path}`, {
        key: api.shop.key,
        json: decision,
      });
      expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
    }
    for (const ctx of [api.shop.ctx, api.crm.ctx]) {
      const input = { draftId: body.id, verdict: "approve", screenHash: "0".repeat(64) } as const;
      await expect(decideDraft(ctx, input)).rejects.toMatchObject({ code: "forbidden" });
      await expect(getReview(ctx, body.id)).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});

describe("the rate of one key", () => {
  it("is limited as configured, with the time to wait, and leaves other keys alone", async () => {
    process.env.RATE_LIMIT_PER_SECOND = "1";
    (globalThis as { countersignRateLimit?: unknown }).countersignRateLimit = undefined;
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => api.call("GET", "/drafts?limit=1", { key: api.rival.key })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(2);
    expect(refused[0]).toMatchObject({ body: { code: "rate_limited" } });
    expect(Number(refused[0]!.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect((await api.call("GET", "/drafts", { key: api.shop.key })).status).toBe(200);
  });
});
