import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor } from "@/lib/context";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { evaluate } from "@/lib/policy/evaluate";
import { type LoadedPolicy, loadPolicies } from "@/lib/policy-files/load-policies";
import { type FactQuestion, loadFacts } from "./load-facts";
import { pushFacts } from "./push-facts";

let database: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), "countersign-policies-"));
let records: Context<KeyActor>;
beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  const owner = await world.person("owner");
  records = (await world.integration("records", owner.actor.personId)).ctx;
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const auto = { tier: "low", route: "auto_execute" };
const batch = { tier: "medium", route: "batch_review" };
function policyOf(policy: object): LoadedPolicy {
  mkdirSync(join(folder, "pay"), { recursive: true });
  writeFileSync(join(folder, "pay/policy.json"), JSON.stringify({ action_type: "pay", ...policy }));
  const properties = {
    order_id: { type: "string" },
    customer_id: { type: "string" },
    amount: { type: "number" },
  };
  const schema = { type: "object", additionalProperties: false, properties };
  writeFileSync(join(folder, "pay/schema.json"), JSON.stringify(schema));
  return loadPolicies(folder).get("pay")!;
}
const question = (subject: string, payload: object): FactQuestion => ({
  payload,
  subject: { type: "customer", id: subject },
  agentId: "agt_1",
  amount: 5,
  excludeDraftId: null,
  now: new Date("2026-11-21T08:00:00Z"),
});

describe("facts of whom a draft is about", () => {
  const tiers = [{ ...auto, when: { vip: true, subject_amount_24h_lte: 100 } }, batch];
  const byOrder = {
    tiers,
    subject_from: { type: "customer", fact: "order_customer" },
    facts: { order_customer: { from: "pushed", subject: "order", id: "/order_id", name: "customer" } },
  };
  beforeAll(async () => {
    await pushFacts(records, { type: "customer", id: "cus_vip" }, { facts: { vip: true } });
    await pushFacts(records, { type: "customer", id: "cus_plain" }, { facts: { vip: false } });
    await pushFacts(records, { type: "order", id: "ord_1" }, { facts: { customer: "cus_plain" } });
    await pushFacts(records, { type: "order", id: "ord_2" }, { facts: { customer: "cus_vip" } });
    await pushFacts(records, { type: "order", id: "ord_3" }, { facts: { customer: ["cus_vip"] } });
  });
  const classify = async (policy: object, subject: string, payload: object) => {
    const loaded = policyOf(policy);
    const facts = await loadFacts(database.db, loaded, question(subject, payload));
    return { facts, classification: evaluate(loaded.policy, facts) };
  };

  it("are those of the subject that the draft names, where the policy leaves it at that", async () => {
    const { facts } = await classify({ tiers }, "cus_vip", { order_id: "ord_1" });
    expect(facts.vip?.value).toBe(true);
  });

  it("are those of the order's customer, whoever the agent says it is", async () => {
    const own = await classify(byOrder, "cus_vip", { order_id: "ord_2" });
    expect(own.facts).toMatchObject({
      vip: { value: true, source: "records" },
      subject_amount_24h: { value: 5 },
    });
    expect(own.classification).toMatchObject({ route: "auto_execute", blocked_by: [] });

    const better = await classify(byOrder, "cus_vip", { order_id: "ord_1" });
    expect(better.facts).toMatchObject({ vip: { value: false }, subject_amount_24h: { value: null } });
    expect(better.classification.blocked_by).toEqual(["subject_mismatch"]);
    expect(better.classification.reasons[0]).toBe(
      "forbidden: subject mismatch is true: order customer is customer cus_plain, the draft says customer cus_vip",
    );
  });

  it.each(["ord_3", "ord_none", undefined])(
    "are unknown while the customer of order %s is",
    async (order_id) => {
      const { facts, classification } = await classify(byOrder, "cus_vip", { order_id });
      const unknown = { value: null, note: "order customer is unknown" };
      expect(facts).toMatchObject({ vip: unknown, subject_amount_24h: unknown, subject_mismatch: unknown });
      expect(classification).toMatchObject({
        route: "batch_review",
        blocked_by: [],
        unresolved_blocks: ["subject_mismatch"],
      });
    },
  );

  it("are those of the customer in the payload that would be executed", async () => {
    const byPayload = { tiers, subject_from: { type: "customer", fact: "customer_id" } };
    const own = await classify(byPayload, "cus_vip", { customer_id: "cus_vip" });
    expect(own.classification.route).toBe("auto_execute");
    const other = await classify(byPayload, "cus_vip", { customer_id: "cus_plain" });
    expect(other.facts.vip?.value).toBe(false);
    expect(other.classification.blocked_by).toEqual(["subject_mismatch"]);
    expect((await classify(byPayload, "cus_vip", {})).facts.vip?.value).toBeNull();
  });
});
