import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { DRAFTER_ID } from "@/lib/drafting/drafter";
import { listDraftRequests } from "@/lib/drafting/list-draft-requests";
import { drafted, type ModelServer, startModelServer } from "@/lib/drafting/model-fixture";
import { recordAttempt } from "@/lib/drafting/record-attempt";
import { requestDraft } from "@/lib/drafting/request-draft";
import { mayStillAsk } from "@/lib/drafting/requester";
import { findLostWork, startTestWorker } from "@/lib/drafting/worker-fixture";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { getReview } from "@/lib/drafts/get-review";
import { listInbox } from "@/lib/drafts/list-inbox";
import { placeHold } from "@/lib/holds/place-hold";
import { startTestApi, type TestApi } from "./test-api";

let api: TestApi;
let model: ModelServer;
let worker: Awaited<ReturnType<typeof startTestWorker>>;
const people: Record<string, Context<PersonActor>> = {};
const KEY = "sk-a-secret-of-the-operator";

beforeAll(async () => {
  model = await startModelServer();
  api = await startTestApi(
    {},
    {
      DRAFTING_MODEL: "scripted",
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: KEY,
      RATE_LIMIT_PER_SECOND: "100000",
    },
  );
  for (const name of ["ann", "bob", "cleo", "rita"]) {
    people[name] = await api.world.person(name, { roles: ["approver"], rules: ["risk_review"] });
  }
  people.max = await api.world.person("max", { roles: ["manager", "admin"] });
  people.aud = await api.world.person("aud", { roles: ["auditor"] });
  for (const person of Object.values(people)) person.policies = api.world.policies;
  await api.call("PUT", "/facts/customer/cus_1", {
    key: api.crm.key,
    json: { facts: { customer_months: 12, chargeback_open: false, account_flagged_fraud: false } },
  });
  worker = await startTestWorker(api.database.url, api.world.policies);
});
afterAll(async () => {
  await worker?.stop();
  await api?.stop();
  await model?.stop();
});
beforeEach(() => {
  model.calls.splice(0);
  model.script(drafted(refundOf(200)));
});

const refundOf = (amount: number, more: object = {}) => ({
  amount,
  currency: "USD",
  reason: "broken",
  ...more,
});
const asked = (more: object = {}) => ({
  action_type: "refund",
  text: "The lamp of order 7 arrived broken; she wants 200 back.",
  records: [{ title: "Order 7", content: { id: "7", total: 200 }, source: "shop" }],
  subject: { type: "customer", id: "cus_1" },
  ...more,
});
const request = (json: unknown = asked(), headers: Record<string, string> = {}, key = api.shop.key) =>
  api.call("POST", "/draft-requests", { key, json, headers });
const read = (id: string, wait = 0, key = api.shop.key) =>
  api.call("GET", `/draft-requests/${id}?wait=${wait}`, { key });
const cancel = (id: string, key = api.shop.key) => api.call("POST", `/draft-requests/${id}/cancel`, { key });

/** Asks, and waits until nothing more will follow. */
async function ended(json: unknown = asked(), key = api.shop.key) {
  const { status, body } = await request(json, {}, key);
  expect(status, JSON.stringify(body)).toBe(202);
  return endOf(body.id, key);
}
const endOf = (id: string, key = api.shop.key) =>
  vi.waitFor(
    async () => {
      const { body } = await read(id, 5, key);
      expect(body.finished_at).not.toBeNull();
      return body;
    },
    { timeout: 30_000, interval: 10 },
  );
const draftRow = (id: string) =>
  api.database.db.row<Record<string, unknown>>(sql`SELECT * FROM draft WHERE id = ${id}`);
const eventsOf = (id: string) =>
  api.database.db.rows<{ verb: string; event: Record<string, unknown> }>(sql`
    SELECT verb, event FROM audit_event WHERE event->>'draft_request' = ${id} ORDER BY id`);

describe("an agent's request", () => {
  it("becomes a draft of the drafter's own, with what it was given as the only evidence", async () => {
    const end = await ended(asked({ requested_by: "someone@outside", external_id: "T-1" }));
    expect(end).toMatchObject({
      status: "submitted",
      draft: { status: "pending", tier: "medium", route: "batch_review", summary: "Refund a broken lamp" },
      attempts: 1,
      tokens: { prompt: 100, completion: 20 },
      model: "scripted",
      error: null,
    });
    const draft = (await draftRow(end.draft_id))!;
    expect(draft).toMatchObject({
      agent_id: DRAFTER_ID,
      action_type: "refund",
      subject_type: "customer",
      subject_id: "cus_1",
      payload: refundOf(200),
      requested_by: "someone@outside",
      external_id: "T-1",
      requesting_key_id: "key_shop",
      idempotency_key: end.id,
      confidence: 0.9,
      reasoning: "The customer says so.",
    });
    const evidence = await api.database.db.rows(sql`
      SELECT kind, title, content, source FROM evidence WHERE draft_id = ${end.draft_id} ORDER BY position`);
    expect(evidence).toEqual([
      { kind: "message", title: "Request to the drafter", content: asked().text, source: null },
      { kind: "record", title: "Order 7", content: { id: "7", total: 200 }, source: "shop" },
    ]);
    const events = await eventsOf(end.id);
    expect(events.map(({ verb }) => verb)).toEqual(["draft_request.created", "draft.submitted"]);
    expect(events[1]!.event.actor).toMatchObject({ kind: "agent", id: DRAFTER_ID });
    expect(JSON.stringify(events)).not.toContain("lamp");
  });

  it("makes the drafter an agent like any other, once: an admin owns it, and its key only submits", async () => {
    await Promise.all([ended(), ended(), ended()]);
    const keys = await api.database.db.rows(sql`
      SELECT owner_id, scopes, creator_id FROM api_key WHERE agent_id = ${DRAFTER_ID}`);
    expect(keys).toEqual([{ owner_id: "per_owner", scopes: ["drafts:write"], creator_id: null }]);
    const made = await api.database.db.rows(sql`
      SELECT verb FROM audit_event WHERE verb IN ('agent.created', 'key.created') AND event::text LIKE ${`%${DRAFTER_ID}%`}`);
    expect(made).toHaveLength(2);
  });

  it("tells the model policy, schema and examples, and gives the request as data", async () => {
    await ended();
    const [system, user] = model.calls[0]!.body.messages;
    expect(system.content).toContain("Finance on call decides within eight hours");
    expect(JSON.parse(user.content)).toMatchObject({ request: asked().text, records: asked().records });
    expect(model.calls[0]!.body.response_format.json_schema.schema.properties.payload).toBeDefined();
    expect(model.calls[0]!.authorization).toBe(`Bearer ${KEY}`);
  });

  it("is the agent's own: nobody else sees or cancels it, nor the draft, which it may read and carry out", async () => {
    model.script(drafted(refundOf(20)));
    const end = await ended();
    for (const call of [() => read(end.id, 0, api.rival.key), () => cancel(end.id, api.rival.key)]) {
      expect((await call()).status).toBe(404);
    }
    const path = `/drafts/${end.draft_id}`;
    expect((await api.call("GET", path, { key: api.rival.key })).status).toBe(404);
    expect((await api.call("POST", `${path}/claim`, { key: api.rival.key })).status).toBe(404);
    expect((await api.call("GET", path, { key: api.shop.key })).body.status).toBe("approved");
    const { body: grant } = await api.call("POST", `${path}/claim`, { key: api.shop.key });
    const report = { grant: grant.grant, outcome: "succeeded", executed_payload_hash: grant.payload_hash };
    const reported = await api.call("POST", `${path}/execution`, { key: api.shop.key, json: report });
    expect(reported.body.status).toBe("executed");
  });

  it("is revised by the agent itself, when somebody asks for changes of what the drafter wrote", async () => {
    const end = await ended();
    const { screenHash } = await getReview(people.rita!, end.draft_id);
    await decideDraft(people.rita!, {
      draftId: end.draft_id,
      verdict: "request_changes",
      reason: "Half of it.",
      screenHash,
    });
    const { action_type, subject } = asked();
    const json = { action_type, subject, payload: refundOf(100), summary: "Refund half of it" };
    const path = `/drafts/${end.draft_id}/revise`;
    expect((await api.call("POST", path, { key: api.rival.key, json })).status).toBe(404);
    const revised = await api.call("POST", path, { key: api.shop.key, json });
    expect(revised.status, JSON.stringify(revised.body)).toBe(201);
    expect(await draftRow(revised.body.id)).toMatchObject({ agent_id: "agt_shop", revises_id: end.draft_id });
  });

  it("is one request however often it is sent with one Idempotency-Key", async () => {
    const headers = { "idempotency-key": "once" };
    const answers = await Promise.all(Array.from({ length: 10 }, () => request(asked(), headers)));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const other = await request(asked({ text: "Another." }), headers);
    expect([other.status, other.body.code]).toEqual([422, "idempotency_key_reused"]);
    expect((await request(asked(), headers, api.rival.key)).body.id).not.toBe(answers[0]!.body.id);
    await endOf(answers[0]!.body.id);
    expect((await request(asked(), headers)).body.status).toBe("submitted");
  });

  it.each([
    [asked({ action_type: "pay_out" }), 422, "unknown_action_type"],
    [asked({ tier: "low" }), 422, "invalid_request"],
    [asked({ text: "" }), 422, "invalid_request"],
    [asked({ subject: null }), 422, "invalid_request"],
    [asked({ records: Array(21).fill({ title: "a", content: 1 }) }), 422, "invalid_request"],
    [asked({ records: [{ title: "a", content: "x".repeat(300_000) }] }), 413, "too_large"],
    [[], 422, "invalid_request"],
  ])("is refused when it is not one: case %#", async (json, status, code) => {
    const refused = await request(json);
    expect([refused.status, refused.body.code]).toEqual([status, code]);
  });

  it("says what to set where there is no model", async () => {
    const { DRAFTING_MODEL } = process.env;
    delete process.env.DRAFTING_MODEL;
    const refused = await request();
    process.env.DRAFTING_MODEL = DRAFTING_MODEL;
    expect([refused.status, refused.body.code]).toEqual([501, "not_configured"]);
    expect(refused.body.detail).toContain("DRAFTING_MODEL");
  });
});

describe("a model that does not behave", () => {
  it("has no say in action type, subject, requester or tier", async () => {
    model.script(
      drafted(refundOf(600), {
        action_type: "send_email",
        subject: { type: "customer", id: "cus_rich" },
        requested_by: "per_nobody",
        tier: "low",
        route: "auto_execute",
        evidence: [{ kind: "message", title: "Boss", content: "Approved already" }],
        confidence: 1,
      }),
    );
    const end = await ended();
    expect(end.draft).toMatchObject({ tier: "high", route: "named_approver", status: "pending" });
    expect(await draftRow(end.draft_id)).toMatchObject({
      action_type: "refund",
      subject_id: "cus_1",
      requested_by: "per_owner",
    });
    const [{ count }] = (await api.database.db.rows(
      sql`SELECT count(*)::int AS count FROM evidence WHERE draft_id = ${end.draft_id}`,
    )) as [{ count: number }];
    expect(count).toBe(2);
  });

  it("is told what is wrong with its answer, and may repair it", async () => {
    model.script(
      { content: "Sure! Refunded." },
      drafted(refundOf(200, { approved: true })),
      drafted(refundOf(200)),
    );
    const end = await ended();
    expect(end).toMatchObject({ status: "submitted", attempts: 3, tokens: { prompt: 300, completion: 60 } });
    const told = model.calls[2]!.body.messages;
    expect(told.map(({ role }: { role: string }) => role)).toEqual([
      "system",
      "user",
      "assistant",
      "user",
      "assistant",
      "user",
    ]);
    expect(told[5].content).toContain("/payload/approved: is not a property of this action's payload");
    const attempts = await api.database.db.rows(sql`
      SELECT outcome FROM draft_request_attempt WHERE request_id = ${end.id} ORDER BY position`);
    expect(attempts).toEqual([{ outcome: "invalid" }, { outcome: "invalid" }, { outcome: "draft" }]);
  });

  it.each([
    ["invalid again and again", drafted(refundOf(-1)), "invalid_answer", 3],
    ["cut off again and again", { content: '{"outcome"', finish: "length" as const }, "answer_truncated", 3],
    ["a refusal", { refusal: "I will not do that." }, "model_refused", 1],
    ["the want of something", { content: { outcome: "cannot", missing: "Which order?" } }, "cannot_draft", 1],
    ["a wrong key", { status: 401, content: { message: `wrong key ${KEY}` } }, "model_error", 1],
    ["far too much", { content: "x".repeat(5_000_000) }, "model_error", 1],
  ])("ends in a reason, and in no draft: %s", async (_, reply, code, calls) => {
    model.script(reply);
    const end = await ended();
    expect(end).toMatchObject({ status: "failed", draft_id: null, error: { code }, attempts: calls });
    expect(end.error.message.length).toBeGreaterThan(10);
    expect(JSON.stringify(end)).not.toContain(KEY);
    expect(await draftRow(end.id)).toBeNull();
    const events = await eventsOf(end.id);
    expect(events.map(({ verb }) => verb)).toEqual(["draft_request.created", "draft_request.failed"]);
  });

  it("is asked again later when it is away or asked too much, and the request says so meanwhile", async () => {
    model.script({ status: 429, headers: { "retry-after": "1" } }, { hangUp: true }, drafted(refundOf(200)));
    const { body } = await request();
    const waiting = await vi.waitFor(
      async () => {
        const now = (await read(body.id)).body;
        expect(now.waiting?.because).toBe("The model's endpoint is asked too much (429).");
        return now;
      },
      { timeout: 10_000 },
    );
    expect(Date.parse(waiting.waiting.until)).toBeGreaterThan(Date.now());
    expect(await endOf(body.id)).toMatchObject({ status: "submitted", attempts: 3, waiting: null });
  });

  it("has its words checked as well as its payload", async () => {
    model.script(drafted(refundOf(200), { summary: "x".repeat(501) }), drafted(refundOf(200)));
    expect(await ended()).toMatchObject({ status: "submitted", attempts: 2 });
  });
});

describe("cancelling", () => {
  it("calls the model off at once, and no draft follows", async () => {
    model.script({ ...drafted(refundOf(200)), afterMs: 60_000 });
    const { body } = await request();
    await vi.waitFor(() => expect(model.calls).toHaveLength(1), { timeout: 10_000 });
    expect((await cancel(body.id, api.rival.key)).status).toBe(404);
    expect((await read(body.id)).body.status).toBe("writing");
    expect((await cancel(body.id)).body).toMatchObject({ status: "cancelled", draft: null });
    expect((await cancel(body.id)).body.status).toBe("cancelled");
    await vi.waitFor(
      async () =>
        expect(
          await api.database.db.rows(sql`
            SELECT 1 FROM dbos.workflow_status WHERE workflow_uuid = ${`write:${body.id}`} AND status = 'SUCCESS'`),
        ).toHaveLength(1),
      { timeout: 20_000 },
    );
    expect(await api.database.db.rows(sql`SELECT 1 FROM draft WHERE idempotency_key = ${body.id}`)).toEqual(
      [],
    );
    expect((await eventsOf(body.id)).map(({ verb }) => verb)).toEqual([
      "draft_request.created",
      "draft_request.cancelled",
    ]);
  });

  it("leaves a call that two runs made counted once: whoever comes second goes on from there", async () => {
    model.script({ ...drafted(refundOf(200)), afterMs: 60_000 });
    const { body } = await request();
    await vi.waitFor(() => expect(model.calls).toHaveLength(1), { timeout: 10_000 });
    const { db } = api.database;
    const ctx = {
      actor: { kind: "system", name: "worker" } as const,
      db,
      policies: api.world.policies,
      now: () => new Date(),
    };
    const usage = { promptTokens: 7, completionTokens: 0 };
    const attempt = {
      position: 0,
      invalidBefore: 0,
      model: "scripted",
      promptHash: "",
      exampleIds: [],
      startedAt: new Date(),
      outcome: { kind: "unreachable" as const, because: "It is away.", retryAfterMs: 600_000, usage },
      answer: null,
    };
    const record = () => recordAttempt(ctx, body.id, `write:${body.id}:other`, attempt);
    expect(await record()).toBe("later");
    expect(await record()).toBe("again");
    const row = await db.row(sql`SELECT attempts, prompt_tokens FROM draft_request WHERE id = ${body.id}`);
    expect(row).toEqual({ attempts: 1, prompt_tokens: 7 });
    expect((await cancel(body.id)).body.status).toBe("cancelled");
  });

  it("comes too late for what is submitted", async () => {
    const end = await ended();
    const late = await cancel(end.id);
    expect([late.status, late.body.code]).toEqual([409, "conflict"]);
    expect((await draftRow(end.draft_id))!.status).toBe("pending");
  });
});

describe("who may decide what was requested", () => {
  async function mayDecide(name: string, draftId: string): Promise<boolean> {
    const ctx = people[name]!;
    const shown = await listInbox(ctx, { queue: "batch", only: [draftId] });
    const review = await getReview(ctx, draftId);
    const decided = await decideDraft(ctx, {
      draftId,
      verdict: "reject",
      reason: "Not like this.",
      screenHash: review.screenHash,
    }).then(
      () => true,
      (error) => {
        expect(error.code).toBe("not_eligible");
        return false;
      },
    );
    expect(shown.items.length, `${name} sees it`).toBe(decided ? 1 : 0);
    return decided;
  }

  it("is nobody behind the requesting key: owner of the agent, creator, rotator, owner of the key", async () => {
    const { db } = api.database;
    await db.run(sql`UPDATE approver_rule SET definition = jsonb_set(definition, '{bands,0,mode}', '"all"')`);
    await db.run(sql`UPDATE agent SET owner_id = 'per_ann' WHERE id = 'agt_rival'`);
    await db.run(sql`
      UPDATE api_key SET creator_id = 'per_bob', rotator_id = 'per_cleo' WHERE id = 'key_rival'`);
    const end = await ended(asked({ requested_by: "elsewhere" }), api.rival.key);
    for (const name of ["ann", "bob", "cleo"]) expect(await mayDecide(name, end.draft_id), name).toBe(false);
    expect(await mayDecide("rita", end.draft_id)).toBe(true);
  });

  it("is asked again when it is carried out: who is behind the request by then has not approved it", async () => {
    const end = await ended();
    const { screenHash } = await getReview(people.rita!, end.draft_id);
    await decideDraft(people.rita!, { draftId: end.draft_id, verdict: "approve", screenHash });
    const claim = () => api.call("POST", `/drafts/${end.draft_id}/claim`, { key: api.shop.key });
    const { db } = api.database;
    await db.run(sql`UPDATE agent SET owner_id = 'per_rita' WHERE id = 'agt_shop'`);
    const refused = await claim();
    expect([refused.status, refused.body.code]).toEqual([409, "not_claimable"]);
    expect(refused.body.detail).toContain("no longer: rita");
    await db.run(sql`UPDATE agent SET owner_id = 'per_owner' WHERE id = 'agt_shop'`);
    expect((await claim()).status).toBe(200);
  });

  it("is not the person who asked, whoever they are", async () => {
    const { requested_by, external_id, ...mine } = asked() as Record<string, unknown>;
    const { id } = await requestDraft(people.ann!, mine, { idempotencyKey: "screen-1" });
    await vi.waitFor(
      async () => {
        const { requests } = await listDraftRequests(people.ann!, {});
        expect(requests[0]).toMatchObject({ id, status: "submitted", title: "Refund", text: mine.text });
      },
      { timeout: 20_000, interval: 50 },
    );
    const [own] = (await listDraftRequests(people.ann!, {})).requests;
    expect(await draftRow(own!.draft_id!)).toMatchObject({
      requested_by_id: "per_ann",
      requesting_key_id: null,
    });
    expect((await listDraftRequests(people.bob!, {})).requests).toEqual([]);
    expect(await mayDecide("ann", own!.draft_id!)).toBe(false);
    expect(await mayDecide("bob", own!.draft_id!)).toBe(true);
  });

  it("needs the right to ask, and cannot ask in somebody else's name", async () => {
    const mine = { ...asked(), records: [] };
    await expect(requestDraft(people.aud!, mine, { idempotencyKey: null })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      requestDraft(people.ann!, { ...mine, requested_by: "per_bob" }, { idempotencyKey: null }),
    ).rejects.toMatchObject({ code: "invalid_request" });
  });

  it.each([
    ["is disabled", "UPDATE person SET disabled_at = %s WHERE id = 'per_ann'", "now()", "NULL"],
    [
      "has lost the role",
      "UPDATE person_role SET role = %s WHERE person_id = 'per_ann'",
      "'auditor'",
      "'approver'",
    ],
    [
      "is an agent whose owner is disabled",
      "UPDATE person SET disabled_at = %s WHERE id = 'per_owner'",
      "now()",
      "NULL",
    ],
    [
      "is an agent that is disabled",
      "UPDATE agent SET disabled_at = %s WHERE id = 'agt_shop'",
      "now()",
      "NULL",
    ],
    [
      "has a key that is revoked",
      "UPDATE api_key SET revoked_at = %s WHERE id = 'key_shop'",
      "now()",
      "NULL",
    ],
    [
      "has a key that has expired",
      "UPDATE api_key SET expires_at = %s WHERE id = 'key_shop'",
      "now()",
      "NULL",
    ],
    [
      "has a key without the scope",
      "UPDATE api_key SET scopes = %s WHERE id = 'key_shop'",
      "'{drafts:read}'",
      "'{drafts:write,drafts:read,examples:read}'",
    ],
  ])("cannot ask any more: whoever %s", async (_, statement, lost, had) => {
    const { pool } = api.database.db;
    const mayAsk = () => {
      const [person_id, key_id] = statement.includes("per_ann") ? ["per_ann", null] : [null, "key_shop"];
      return mayStillAsk({ now: () => new Date(Date.now() + 1_000) }, api.database.db, { person_id, key_id });
    };
    expect(await mayAsk()).toBe(true);
    await pool.query(statement.replace("%s", lost));
    expect(await mayAsk()).toBe(false);
    await pool.query(statement.replace("%s", had));
    expect(await mayAsk()).toBe(true);
  });

  it("looks at it first when the requesting agent is held back", async () => {
    model.script(drafted(refundOf(20)));
    expect((await ended()).draft.status).toBe("approved");
    await placeHold(people.max!, { target: { kind: "agent", agentId: "agt_shop" }, reason: "Too quick." });
    const held = await ended();
    expect(held.draft).toMatchObject({ status: "pending", tier: "low", route: "batch_review" });
    await api.database.db.run(sql`UPDATE hold SET released_at = now()`);
  });
});

describe("what is switched off", () => {
  afterEach(() => api.database.db.run(sql`UPDATE agent SET disabled_at = NULL`));

  it("submits nothing: the drafter, by disabling it like any agent", async () => {
    await ended();
    await api.database.db.run(sql`UPDATE agent SET disabled_at = now() WHERE id = ${DRAFTER_ID}`);
    model.calls.splice(0);
    expect(await ended()).toMatchObject({ status: "failed", error: { code: "drafter_stopped" } });
    expect(model.calls).toHaveLength(0);
  });

  it("nor for an agent that was disabled while its draft was being written", async () => {
    model.script({ ...drafted(refundOf(20)), afterMs: 800 });
    const { body } = await request(asked(), {}, api.rival.key);
    await vi.waitFor(() => expect(model.calls).toHaveLength(1), { timeout: 10_000 });
    await api.database.db.run(sql`UPDATE agent SET disabled_at = now() WHERE id = 'agt_rival'`);
    await vi.waitFor(
      async () => {
        const row = await api.database.db.row(
          sql`SELECT status, error_code FROM draft_request WHERE id = ${body.id}`,
        );
        expect(row).toEqual({ status: "failed", error_code: "forbidden" });
      },
      { timeout: 15_000, interval: 50 },
    );
  });
});

describe("requests under way", () => {
  it("are so many at once and no more, and a lost one is found again", async () => {
    await worker.stop();
    const { ctx, key } = await api.world.agent("eager", "per_owner");
    expect(ctx.actor.agentId).toBe("agt_eager");
    const answers = await Promise.all(Array.from({ length: 26 }, () => request(asked(), {}, key)));
    const ids: string[] = answers.flatMap(({ status, body }) => (status === 202 ? [body.id] : []));
    expect(ids).toHaveLength(20);
    const refused = answers.filter(({ status }) => status !== 202);
    expect(new Set(refused.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(["429 rate_limited"]),
    );

    const [lost] = ids;
    await api.database.db.run(sql`DELETE FROM dbos.workflow_status WHERE workflow_uuid = ${`write:${lost}`}`);
    await api.database.db.run(
      sql`UPDATE draft_request SET created_at = created_at - interval '2 minutes' WHERE id = ANY (${ids}::text[])`,
    );
    const alarm = vi.spyOn(console, "error").mockImplementation(() => {});
    expect(await findLostWork(api.database.db)).toBe(1);
    alarm.mockRestore();
    worker = await startTestWorker(api.database.url, api.world.policies);
    for (const id of ids) expect((await endOf(id, key)).status).toBe("submitted");
    const drafts = await api.database.db.rows(
      sql`SELECT 1 FROM draft WHERE idempotency_key = ANY (${ids}::text[])`,
    );
    expect(drafts).toHaveLength(20);
  });
});
