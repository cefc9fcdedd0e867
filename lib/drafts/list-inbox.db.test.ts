import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { pushFacts } from "@/lib/facts/push-facts";
import { placeHold } from "@/lib/holds/place-hold";
import { indexDrafts } from "@/lib/search/index-drafts";
import type { InboxFilters } from "./inbox-filters";
import { listInbox } from "./list-inbox";
import { matchesFilters } from "./matches-filters";
import { submitDraft } from "./submit-draft";

let database: TestDatabase;
let world: TestWorld;
let shop: Context<KeyActor>;
let desk: Context<KeyActor>;
let ann: Context<PersonActor>;
let ben: Context<PersonActor>;
/** The drafts by a short name. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createTestWorld(database.db);
  const owner = await world.person("owner", { roles: ["admin"] });
  ann = await world.person("ann", { rules: ["finance_oncall"] });
  ben = await world.person("ben");
  shop = (await world.agent("Shop agent", owner.actor.personId)).ctx;
  desk = (await world.agent("Desk agent", owner.actor.personId)).ctx;
  await submit(shop, "lamp", 600, "customer", "cus_1", "#W2611340");
  await submit(shop, "dish", 700, "customer", "cus_2", "#W7773001");
  await submit(desk, "chair", 800, "order", "cus_1", "#W9990000");
  await database.db.run(sql`
    UPDATE draft SET created_at = created_at - interval '5 hours', due_at = due_at - interval '7 hours', escalation_level = 1
    WHERE id = ${ids.dish}`);
  await indexDrafts(database.db, world.policies);
});
afterAll(() => database?.drop());

async function submit(
  agent: Context<KeyActor>,
  name: string,
  amount: number,
  type: string,
  subjectId: string,
  order: string,
) {
  const draft = {
    action_type: "refund",
    payload: { order_id: order, amount, currency: "USD", reason: "damaged" },
    summary: `Refund for a broken ${name}`,
    evidence: [],
    subject: { type, id: subjectId },
  };
  ids[name] = (await submitDraft(agent, draft, { idempotencyKey: null })).id;
}
const listed = async (filters: InboxFilters, ctx = ann) => {
  const { items } = await listInbox(ctx, { queue: "named", filters });
  return items.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id)).sort();
};

describe("the filters of an inbox", () => {
  it.each<[string, InboxFilters, string[]]>([
    ["nothing", {}, ["chair", "dish", "lamp"]],
    ["empty choices", { types: [], tiers: [], agents: [], q: " !" }, ["chair", "dish", "lamp"]],
    ["words of the summary", { q: "refu bro DISH" }, ["dish"]],
    ["type", { types: ["refund"] }, ["chair", "dish", "lamp"]],
    ["another type", { types: ["send_email"] }, []],
    ["tier", { tiers: ["high"] }, ["chair", "dish", "lamp"]],
    ["another tier", { tiers: ["low"] }, []],
    ["an agent's name", { agents: ["Desk agent"] }, ["chair"]],
    ["a subject with its type", { subject: "customer:cus_1" }, ["lamp"]],
    ["a subject's id alone", { subject: "cus_1" }, ["chair", "lamp"]],
    ["amounts", { minAmount: 600.01, maxAmount: 700 }, ["dish"]],
    ["age", { olderThanHours: 4 }, ["dish"]],
    ["time left", { dueWithinHours: 2 }, ["dish"]],
    ["escalation", { escalated: true }, ["dish"]],
    ["several at once", { q: "refund", agents: ["Shop agent"], maxAmount: 650 }, ["lamp"]],
  ])("tell by %s, as the browser does", async (_, filters, expected) => {
    expect(await listed(filters)).toEqual(expected);
    const { items } = await listInbox(ann, { queue: "named" });
    const inBrowser = items.filter((item) => matchesFilters(item, filters, Date.now()));
    expect(inBrowser.map(({ summary }) => summary.split(" ").at(-1)).sort()).toEqual(expected);
  });

  it("find words of the payload, and agents by id", async () => {
    expect(await listed({ q: "w2611340" })).toEqual(["lamp"]);
    expect(await listed({ agents: ["agt_Shop agent"] })).toEqual(["dish", "lamp"]);
  });

  it("tell what a hold brought", async () => {
    const crm = (await world.integration("crm", "per_owner")).ctx;
    const facts = { customer_months: 12, chargeback_open: false, account_flagged_fraud: false };
    await pushFacts(crm, { type: "customer", id: "cus_held" }, { facts });
    const mia = await world.person("mia", { roles: ["manager"] });
    await submit(shop, "vase", 120, "customer", "cus_held", "#W1");
    await placeHold(mia, { target: { kind: "action_type", actionType: "refund" }, reason: "odd refunds" });
    await submit(shop, "mug", 20, "customer", "cus_held", "#W2");
    const inBatch = async (filters: InboxFilters) =>
      (await listInbox(ben, { queue: "batch", filters })).items.map(({ id }) => id).sort();
    expect(await inBatch({})).toEqual([ids.vase, ids.mug]);
    expect(await inBatch({ held: true })).toEqual([ids.mug]);
  });

  it("show nobody what does not wait for them", async () => {
    expect(await listed({ q: "w2611340" }, ben)).toEqual([]);
  });

  it("leave the counts as they are", async () => {
    const page = await listInbox(ann, { queue: "named", filters: { q: "nothing" } });
    expect(page.counts.named).toBe(3);
  });

  it("hold on every page", async () => {
    const filters = { agents: ["Shop agent"] };
    const first = await listInbox(ann, { queue: "named", filters, limit: 1 });
    const second = await listInbox(ann, { queue: "named", filters, limit: 1, cursor: first.nextCursor! });
    expect([first, second].flatMap(({ items }) => items.map(({ id }) => id))).toEqual([ids.dish, ids.lamp]);
    expect(second.nextCursor).toBeNull();
  });

  it("are refused where they make no sense, and cut where too much was typed", async () => {
    const refused = { code: "invalid_request" };
    await expect(listed({ types: ["a\u0000"] })).rejects.toMatchObject(refused);
    await expect(listed({ minAmount: Number.POSITIVE_INFINITY })).rejects.toMatchObject(refused);
    await expect(listed({ colour: "red" } as InboxFilters)).rejects.toMatchObject(refused);
    expect(await listed({ q: "'\\ | ".repeat(5000) })).toEqual(["chair", "dish", "lamp"]);
  });
});

describe("asked about some drafts only", () => {
  const only = async (ctx: Context<PersonActor>, asked: string[], queue: "named" | "batch" = "named") =>
    (await listInbox(ctx, { queue, only: asked })).items.map(({ id }) => id);

  it("the inbox answers with those that wait for this person in this queue", async () => {
    const asked = [ids.lamp!, ids.dish!, "drf_unknown"];
    expect(await only(ann, asked)).toEqual([ids.dish, ids.lamp]);
    expect(await only(ben, asked)).toEqual([]);
    expect(await only(ann, asked, "batch")).toEqual([]);
    expect(await only(ann, [])).toEqual([]);
  });

  it("it answers all of them on one page, up to two hundred", async () => {
    const many = Array.from({ length: 198 }, (_, n) => `drf_none${n}`);
    expect(await only(ann, [...many, ids.lamp!, ids.chair!])).toHaveLength(2);
    await expect(only(ann, [...many, "drf_a", "drf_b", "drf_c"])).rejects.toMatchObject({
      code: "invalid_request",
    });
  });
});
