import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context, KeyActor } from "@/lib/context";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { submitDraft } from "../submit-draft";
import { namesOfEach } from "./names-of-each";

let database: TestDatabase;
let shop: Context<KeyActor>;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  const owner = await world.person("owner", { rules: ["default_approvers"] });
  shop = (await world.agent("shop", owner.actor.personId)).ctx;
});
afterAll(() => database?.drop());

const NAMED = {
  properties: {
    items: { "x-names": { source: "orders", list: "/items", id: "item_id", show: ["name", "price"] } },
    amount: {},
  },
};

async function submit(evidence: object[]): Promise<string> {
  const { id } = await submitDraft(
    shop,
    {
      action_type: "refund",
      payload: { amount: 20, currency: "USD", reason: "It came broken." },
      summary: "Refund it",
      evidence: [{ kind: "message", title: "Customer", content: "Broken." }, ...evidence],
      subject: { type: "customer", id: "cus_1" },
    } as Parameters<typeof submitDraft>[1],
    { idempotencyKey: null },
  );
  return id;
}
const order = (content: unknown, source = "orders") => ({ kind: "record", title: "Order", source, content });

it("reads what the first record from there calls each identifier, and nothing from elsewhere", async () => {
  const named = await submit([
    order({
      items: [
        { item_id: 11, name: "Desk lamp", price: 20 },
        { item_id: "12", price: 5 },
        null,
        { name: "x" },
      ],
    }),
    order({ items: [{ item_id: "11", name: "Another lamp" }] }),
  ]);
  const elsewhere = await submit([order({ items: [{ item_id: "11", name: "Lamp" }] }, "users")]);
  const odd = await submit([order({ items: "none" })]);
  const names = await namesOfEach(shop, NAMED, [named, elsewhere, odd]);
  expect([...names.get(named)!.get("/items")!]).toEqual([["11", "Desk lamp"]]);
  for (const id of [elsewhere, odd]) expect(names.get(id)!.get("/items")!.size).toBe(0);
});

it("is empty for a schema without such hints", async () => {
  const id = await submit([]);
  expect((await namesOfEach(shop, { properties: { amount: {} } }, [id])).get(id)!.size).toBe(0);
});
