import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { type DecisionInput, decisionSchema } from "@/lib/drafts/decision";
import { getReview } from "@/lib/drafts/get-review";
import { startTestApi, type TestApi } from "./test-api";

let api: TestApi;
let ann: Context<PersonActor>;
const ids: Record<string, string> = {};

/** What customers, orders and payment methods are called in these tests; none of it may ever leave. */
const SECRETS = ["#W2611340", "credit_card_9513926", "yusuf_rossi_9620", "ann.lee@example.com"];

beforeAll(async () => {
  api = await startTestApi();
  ann = await api.world.person("ann", {
    rules: ["default_approvers", "finance_oncall", "support_leads", "security_oncall"],
  });
  ann.policies = api.world.policies;
  const broken = "arrived broken, photo attached";
  await decide("broken1", refund(120, broken), { verdict: "approve" });
  await decide("broken2", refund(121, broken), { verdict: "approve" });
  await decide("broken3", refund(122, broken), { verdict: "approve" });
  await decide("late", refund(300, "the parcel came two weeks late"), {
    verdict: "edit_and_approve",
    payload: { ...refund(60, "the parcel came two weeks late").payload },
    reason: "A fifth of it is enough. Told ann.lee@example.com and yusuf_rossi_9620 so.",
  });
  await decide("worn", refund(130, "arrived broken after it was worn for a year"), {
    verdict: "reject",
    reason: "Worn out is not broken: order #W2611340",
  });
  await decide("gift", refund(200, "gift card was never sent"), { verdict: "approve" });
  await decide("address", address, {
    verdict: "approve",
    reason: "They proved that they live in Springfield",
  });
});
afterAll(() => api?.stop());

const refund = (amount: number, reason: string) => ({
  action_type: "refund",
  payload: {
    amount,
    currency: "USD",
    reason,
    order_id: "#W2611340",
    payment_method_id: "credit_card_9513926",
  },
  summary: `Refund ${amount} USD to yusuf_rossi_9620: ${reason}`,
  subject: { type: "customer", id: "yusuf_rossi_9620" },
});
const address = {
  action_type: "modify_pending_order_address",
  payload: {
    order_id: "#W2611340",
    address1: "12 Evergreen Terrace",
    city: "Springfield",
    state: "IL",
    country: "USA",
    zip: "62704",
    amount: 700,
  },
  summary: "Send #W2611340 to 12 evergreen terrace, Springfield",
  subject: { type: "customer", id: "yusuf_rossi_9620" },
};

async function decide(name: string, json: object, said: Partial<DecisionInput>): Promise<void> {
  const { body, status } = await api.call("POST", "/drafts", { key: api.shop.key, json });
  expect(status, JSON.stringify(body)).toBe(201);
  const { screenHash } = await getReview(ann, body.id);
  const decision = decisionSchema.parse({ draftId: body.id, screenHash, confirmedQuick: true, ...said });
  await decideDraft(ann, decision);
  const example = await api.database.db.row<{ id: string }>(
    sql`SELECT id FROM example WHERE draft_id = ${body.id}`,
  );
  ids[name] = example!.id;
}

const search = (json: object) => api.call("POST", "/examples/search", { key: api.shop.key, json });
const list = (query: string) => api.call("GET", `/examples?${query}`, { key: api.shop.key });
// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
const found = (answer: any): string[] => answer.body.examples.map(({ id }: { id: string }) => id);

describe("examples for a prompt", () => {
  it("are decided ones near to the words, with what was approved, changed and why", async () => {
    const answer = await list("action_type=refund&q=parcel%20two%20weeks%20late&limit=1");
    expect(found(answer)).toEqual([ids.late]);
    expect(answer.body.policy_version).toMatch(/^refund@/);
    expect(answer.body.examples[0]).toMatchObject({
      outcome: "edited",
      use: "imitate",
      proposed_payload: { amount: 300 },
      final_payload: { amount: 60 },
      changes: [{ path: "/amount", from: 300, to: 60 }],
      imported: false,
    });
    expect(answer.body.examples[0].similarity).toBeGreaterThan(0.2);
  });

  it("are diverse: one of three copies, and with a refusal that says what not to do", async () => {
    const answer = await search({ action_type: "refund", query: "arrived broken", limit: 3 });
    const broken = [ids.broken1, ids.broken2, ids.broken3];
    expect(found(answer).filter((id) => broken.includes(id))).toHaveLength(1);
    expect(found(answer)).toContain(ids.worn);
    const refused = answer.body.examples.find(({ id }: { id: string }) => id === ids.worn);
    expect(refused).toMatchObject({ use: "avoid", outcome: "rejected", final_payload: null, changes: [] });
    expect(refused.reason).toMatch(/^Worn out is not broken/);
  });

  it("are found by a payload and by evidence as well", async () => {
    const payload = { amount: 200, currency: "USD", reason: "gift card was never sent" };
    expect(found(await search({ action_type: "refund", payload, limit: 1 }))).toEqual([ids.gift]);
    const evidence = [{ kind: "message", title: "Mail", content: "My parcel came two weeks late!" }];
    expect(found(await search({ action_type: "refund", evidence, limit: 1 }))).toEqual([ids.late]);
  });

  it("are the newest where nothing is asked for, and only of the outcomes asked for", async () => {
    const newest = await list("action_type=refund");
    expect(found(newest)[0]).toBe(ids.gift);
    expect(newest.body.examples[0].similarity).toBeNull();
    expect(found(await list("action_type=refund&outcome=rejected&limit=20"))).toEqual([ids.worn]);
    const some = await search({ action_type: "refund", outcomes: ["edited", "rejected"], query: "broken" });
    expect(found(some).sort()).toEqual([ids.late, ids.worn].sort());
  });

  it("hold nothing that the policy redacts, however it is asked", async () => {
    for (const actionType of ["refund", "modify_pending_order_address"]) {
      for (const answer of [
        await list(`action_type=${actionType}&limit=20`),
        await search({ action_type: actionType, query: "order", limit: 20 }),
      ]) {
        const text = JSON.stringify(answer.body);
        for (const secret of SECRETS) expect(text).not.toContain(secret);
      }
    }
    const [example] = (await list("action_type=modify_pending_order_address")).body.examples;
    expect(example).toMatchObject({
      subject: { type: "customer" },
      summary: "Send [redacted] to [redacted], [redacted]",
      reason: "They proved that they live in [redacted]",
      final_payload: { address1: "[redacted]", city: "[redacted]", state: "IL", country: "USA", amount: 700 },
    });
    expect(example.subject).not.toHaveProperty("id");
  });

  it("leave out what is withdrawn and checks of the reviewers' attention", async () => {
    const { db } = api.database;
    await db.run(sql`UPDATE example SET withdrawn_at = now() WHERE id = ${ids.late}`);
    expect(found(await list("action_type=refund&q=parcel%20late&limit=20"))).not.toContain(ids.late);
    expect(found(await list("action_type=refund&limit=20"))).not.toContain(ids.late);
    await db.run(sql`UPDATE example SET withdrawn_at = NULL WHERE id = ${ids.late}`);
    expect(found(await list("action_type=refund&limit=20"))).toContain(ids.late);

    await db.run(sql`ALTER TABLE draft DISABLE TRIGGER draft_proposal_no_change`);
    await db.run(sql`
      UPDATE draft SET origin = 'check' WHERE id = (SELECT draft_id FROM example WHERE id = ${ids.worn})`);
    expect(found(await list("action_type=refund&q=broken&limit=20"))).not.toContain(ids.worn);
    expect(found(await list("action_type=refund&limit=20"))).not.toContain(ids.worn);
    await db.run(sql`
      UPDATE draft SET origin = 'agent' WHERE id = (SELECT draft_id FROM example WHERE id = ${ids.worn})`);
    await db.run(sql`ALTER TABLE draft ENABLE TRIGGER draft_proposal_no_change`);
  });
});

describe("a search for examples is refused", () => {
  it("for an action type that no policy covers, whatever the library holds", async () => {
    await api.database.db.run(sql`UPDATE example SET action_type = 'barter' WHERE id = ${ids.gift}`);
    for (const answer of [await list("action_type=barter"), await search({ action_type: "barter" })])
      expect(answer).toMatchObject({ status: 422, body: { code: "unknown_action_type" } });
    await api.database.db.run(sql`UPDATE example SET action_type = 'refund' WHERE id = ${ids.gift}`);
  });

  it("without the scope, which an integration can have too", async () => {
    await api.database.db.run(sql`UPDATE api_key SET scopes = '{drafts:read}' WHERE id = 'key_rival'`);
    for (const key of [api.rival.key, api.crm.key]) {
      const answers = [
        await api.call("GET", "/examples?action_type=refund", { key }),
        await api.call("POST", "/examples/search", { key, json: { action_type: "refund" } }),
      ];
      for (const answer of answers)
        expect(answer).toMatchObject({
          status: 403,
          body: { code: "forbidden", detail: expect.stringContaining("examples:read") },
        });
    }
    await api.database.db.run(sql`UPDATE api_key SET scopes = '{examples:read}' WHERE id = 'key_crm'`);
    const answer = await api.call("GET", "/examples?action_type=refund", { key: api.crm.key });
    expect(answer.status).toBe(200);
  });

  it.each([
    "",
    "action_type=refund&limit=0",
    "action_type=refund&limit=21",
    "action_type=refund&limit=-1",
    "action_type=refund&outcome=blocked",
    "action_type=refund&action_type=refund",
    "action_type=refund&query=x",
  ])("by the query %j", async (query) => {
    expect(await list(query)).toMatchObject({ status: 422, body: { code: "invalid_request" } });
  });

  it.each([
    {},
    { action_type: "refund", limit: 0 },
    { action_type: "refund", limit: 21 },
    { action_type: "refund", outcomes: [] },
    { action_type: "refund", outcomes: ["blocked"] },
    { action_type: "refund", payload: [] },
    { action_type: "refund", q: "x" },
    { action_type: 5 },
  ])("by the body %j", async (body) => {
    expect(await search(body)).toMatchObject({ status: 422, body: { code: "invalid_request" } });
  });

  it("never by what the words are", async () => {
    for (const query of ["", "   ", "'; DROP TABLE example; --", "\u202e𝕏".repeat(3000), "0".repeat(20_000)])
      expect((await search({ action_type: "refund", query })).status).toBe(200);
  });
});
