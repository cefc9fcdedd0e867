import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { pushFacts } from "@/lib/facts/push-facts";
import { indexDrafts } from "@/lib/search/index-drafts";
import { decideDraft } from "./decide-draft";
import { getReview } from "./get-review";
import type { HistoryFilters } from "./history-filters";
import { listHistory } from "./list-history";
import { submitDraft } from "./submit-draft";
import { undoDecision } from "./undo-decision";

const START = Date.parse("2026-11-02T08:00:00Z");
const HOUR_MS = 3_600_000;

let database: TestDatabase;
let world: TestWorld;
let shop: Context<KeyActor>;
let ann: Context<PersonActor>;
let ben: Context<PersonActor>;
let auditor: Context<PersonActor>;
let nobody: Context<PersonActor>;
let clock = START;
/** The drafts by a short name. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createTestWorld(database.db, () => new Date(clock));
  const owner = await world.person("owner", { roles: ["admin"] });
  ann = await world.person("ann", { rules: ["finance_oncall"] });
  ben = await world.person("ben", { rules: ["finance_oncall"] });
  auditor = await world.person("ada", { roles: ["auditor"] });
  nobody = await world.person("nob", { roles: [] });
  shop = (await world.agent("Shop agent", owner.actor.personId)).ctx;
  const crm = (await world.integration("crm", owner.actor.personId)).ctx;
  const facts = { customer_months: 12, chargeback_open: false, account_flagged_fraud: false };
  for (const id of ["cus_1", "cus_2"]) await pushFacts(crm, { type: "customer", id }, { facts });

  await submit("mug", 20, "cus_1");
  await submit("lamp", 600, "cus_1");
  await submit("dish", 700, "cus_2");
  await submit("chair", 800, "cus_2");
  await submit("waits", 900, "cus_2");
  await decide(ann, "lamp", { verdict: "reject", reason: "Not ours\nSee the invoice" });
  await decide(ben, "dish", { verdict: "approve" });
  const payload = { order_id: "ord_chair", amount: 750, currency: "USD", reason: "damaged" };
  await decide(ann, "chair", { verdict: "edit_and_approve", payload, reason: "Shipping was free" });
  await indexDrafts(database.db, world.policies);
});
afterAll(() => database?.drop());

async function submit(name: string, amount: number, customer: string) {
  clock += HOUR_MS;
  const draft = {
    action_type: "refund",
    payload: { order_id: `ord_${name}`, amount, currency: "USD", reason: "damaged" },
    summary: `Refund for a broken ${name}`,
    evidence: [],
    subject: { type: "customer", id: customer },
  };
  ids[name] = (await submitDraft(shop, draft, { idempotencyKey: null })).id;
}
async function decide(ctx: Context<PersonActor>, name: string, input: object) {
  clock += 24 * HOUR_MS;
  const { screenHash } = await getReview(ctx, ids[name]!);
  return decideDraft(ctx, { draftId: ids[name]!, screenHash, verdict: "approve", ...input });
}
const nameOf = (id: string) => Object.keys(ids).find((name) => ids[name] === id);
const listed = async (filters: HistoryFilters = {}, ctx = ann) =>
  (await listHistory(ctx, { filters })).items.map(({ id }) => nameOf(id));

describe("the history", () => {
  it("has what is decided, the newest first, for everyone with a role", async () => {
    expect(await listed()).toEqual(["chair", "dish", "lamp", "mug"]);
    expect(await listed({}, auditor)).toHaveLength(4);
    await expect(listed({}, nobody)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("says of each what became of it, who decided and why", async () => {
    const { items } = await listHistory(ann, {});
    const [chair, dish, lamp, mug] = items;
    expect(chair).toMatchObject({ status: "approved", edited: true, automatic: false, amount: 750 });
    expect(chair!.decision).toMatchObject({ person: "ann", verdict: "edit_and_approve" });
    expect(dish).toMatchObject({ status: "approved", edited: false });
    expect(lamp).toMatchObject({
      status: "rejected",
      decidedAt: new Date(START + 29 * HOUR_MS).toISOString(),
    });
    expect(lamp!.decision).toEqual({
      personId: "per_ann",
      person: "ann",
      verdict: "reject",
      reason: "Not ours",
    });
    expect(mug).toMatchObject({ automatic: true, decision: null, tier: "low", agentName: "Shop agent" });
  });

  it.each<[string, HistoryFilters, string[]]>([
    ["words of payloads and reasons", { q: "ord_lamp" }, ["lamp"]],
    ["words of the decision", { q: "shipping" }, ["chair"]],
    ["several words", { q: "refund broken" }, ["chair", "dish", "lamp", "mug"]],
    ["a type", { types: ["refund", "refund", "send_email"] }, ["chair", "dish", "lamp", "mug"]],
    ["another type", { types: ["send_email"] }, []],
    ["a tier", { tiers: ["low"] }, ["mug"]],
    ["an agent", { agents: ["Shop agent"], tiers: ["low"] }, ["mug"]],
    ["a rule", { types: ["refund"], rules: ["high #3"] }, ["chair", "dish", "lamp"]],
    ["rules", { rules: ["high #3", "low #1"], subject: "cus_1" }, ["lamp", "mug"]],
    ["what I decided under a rule", { decidedBy: "me", rules: ["high #3"] }, ["chair", "lamp"]],
    ["a rule of another type", { types: ["send_email"], rules: ["high #3"] }, []],
    ["no such rule", { rules: ["high"] }, []],
    ["no rule in particular", { rules: [] }, ["chair", "dish", "lamp", "mug"]],
    ["a subject", { subject: "customer:cus_1" }, ["lamp", "mug"]],
    ["a subject's id", { subject: "cus_2" }, ["chair", "dish"]],
    ["no such subject", { subject: "order:cus_2" }, []],
    ["amounts", { minAmount: 600, maxAmount: 700 }, ["dish", "lamp"]],
    ["what was rejected", { outcomes: ["rejected"] }, ["lamp"]],
    [
      "what was approved or rejected",
      { outcomes: ["rejected", "approved"] },
      ["chair", "dish", "lamp", "mug"],
    ],
    ["what was edited", { outcomes: ["edited"] }, ["chair"]],
    ["what ran by itself", { automatic: true }, ["mug"]],
    ["what did not", { automatic: false }, ["chair", "dish", "lamp"]],
    ["what I decided", { decidedBy: "me" }, ["chair", "lamp"]],
    ["what somebody decided", { decidedBy: "per_ben" }, ["dish"]],
    ["what I decided about a subject", { decidedBy: "me", subject: "cus_2" }, ["chair"]],
    ["what I decided, by words", { decidedBy: "me", q: "refund lamp" }, ["lamp"]],
    ["the last days", { period: "7d", q: "refund" }, ["chair", "dish", "lamp", "mug"]],
    ["today", { period: "today" }, ["chair"]],
    ["days", { from: "2026-11-03", to: "2026-11-04" }, ["dish", "lamp"]],
    ["days as another zone has them", { to: "2026-11-02", zone: "Pacific/Honolulu" }, ["mug"]],
  ])("finds %s", async (_, filters, expected) => {
    expect(await listed(filters)).toEqual(expected);
  });

  it.each<[string, HistoryFilters]>([
    ["of everything", {}],
    ["of a type", { types: ["refund"] }],
    ["of words", { q: "refund" }],
    ["of a subject", { subject: "cus_2" }],
    ["of one person's decisions", { decidedBy: "me" }],
    ["of one person's decisions by words", { decidedBy: "me", q: "refund" }],
  ])("has pages %s without a gap or a double", async (_, filters) => {
    const all = await listed(filters);
    expect(all.length).toBeGreaterThan(1);
    const paged: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const page = await listHistory(ann, { filters, limit: 1, cursor });
      paged.push(...page.items.map(({ id }) => nameOf(id)));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(paged).toEqual(all);
  });

  it("does not have what was taken back", async () => {
    await decide(ben, "waits", { verdict: "reject", reason: "Too much" });
    expect(await listed({ decidedBy: "per_ben" })).toEqual(["waits", "dish"]);
    await undoDecision(ben, { draftId: ids.waits! });
    expect(await listed({ decidedBy: "per_ben" })).toEqual(["dish"]);
    expect(await listed()).not.toContain("waits");
    // Somebody else's decision does not bring theirs back.
    await decide(ann, "waits", { verdict: "reject", reason: "Too much indeed" });
    expect(await listed({ decidedBy: "per_ben" })).toEqual(["dish"]);
    expect(await listed({ decidedBy: "per_ben", subject: "cus_2" })).toEqual(["dish"]);
    expect(await listed({ decidedBy: "me" })).toEqual(["waits", "chair", "lamp"]);
  });

  it("bears what is typed into it", async () => {
    for (const q of ["' & | ! ( \\", "<->", "x".repeat(10_000), "\u0000"])
      await expect(listed({ q })).resolves.toBeInstanceOf(Array);
    for (const subject of ["'\\", ":", "a:b:c", "' | 'x"]) expect(await listed({ subject })).toEqual([]);
    await expect(listed({ subject: "a\u0000" })).rejects.toMatchObject({ code: "invalid_request" });
    await expect(listHistory(ann, { cursor: "nonsense" })).rejects.toMatchObject({ code: "invalid_request" });
    await expect(listHistory(ann, { limit: -1 })).rejects.toMatchObject({ code: "invalid_request" });
  });
});

it("what was edited stays so in the history when carrying it out fails", async () => {
  await database.db.run(sql`UPDATE draft SET status = 'failed' WHERE id = ${ids.chair}`);
  expect(await listed({ outcomes: ["edited"] })).toEqual(["chair"]);
  expect(await listed({ outcomes: ["approved"] })).toEqual(["dish", "mug"]);
  await database.db.run(sql`UPDATE draft SET status = 'approved' WHERE id = ${ids.chair}`);
});
