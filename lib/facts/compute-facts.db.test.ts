import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { loadForDecision } from "@/lib/drafts/load-for-decision";
import { type Arrival, submitDraft } from "@/lib/drafts/submit-draft";
import { withdrawDraft } from "@/lib/drafts/withdraw-draft";
import { claimExecution } from "@/lib/executions/claim-execution";
import type { ComputedFactName } from "@/lib/policy/computed-facts";
import { type LoadedPolicies, loadPolicies } from "@/lib/policy-files/load-policies";
import { recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { computeFacts } from "./compute-facts";
import type { FactQuestion } from "./load-facts";

const HOUR = 3_600_000;
const start = new Date("2026-11-21T08:00:00Z");
let now = start;
let database: TestDatabase;
let policies: LoadedPolicies;
let ann: Context<KeyActor>;
let bob: Context<KeyActor>;
const folder = mkdtempSync(join(tmpdir(), "countersign-policies-"));

function writePolicy(actionType: string, when: object = { amount_lte: 50 }, first: object[] = []) {
  const tiers = [
    ...first,
    { tier: "low", when, route: "auto_execute" },
    { tier: "medium", route: "batch_review" },
  ];
  const properties = { amount: { type: "number" } };
  mkdirSync(join(folder, actionType));
  writeFileSync(join(folder, actionType, "policy.json"), JSON.stringify({ action_type: actionType, tiers }));
  const schema = { type: "object", additionalProperties: false, properties };
  writeFileSync(join(folder, actionType, "schema.json"), JSON.stringify(schema));
}

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db, () => now);
  for (const actionType of ["pay", "gift"]) writePolicy(actionType);
  writePolicy("few", { agent_drafts_1h_lte: 2 });
  writePolicy("flood", {}, [{ tier: "prohibited", when: { agent_drafts_1h_gte: 3 } }]);
  policies = loadPolicies(folder);
  await recordPolicyVersions(database.db, policies);
  const owner = await world.person("owner");
  ann = { ...(await world.agent("ann", owner.actor.personId)).ctx, policies };
  bob = { ...(await world.agent("bob", owner.actor.personId)).ctx, policies };
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function submit(
  ctx: Context<KeyActor>,
  action_type: string,
  amount: number,
  customer: string,
  more: Partial<Arrival> = {},
) {
  const subject = { type: "customer", id: customer };
  const draft = { action_type, payload: { amount }, summary: "Pay", subject };
  return submitDraft(ctx, draft, { idempotencyKey: null, ...more });
}

/** What a draft of Ann's, to pay cus_1 five, would be classified by. */
async function compute(name: ComputedFactName, more: Partial<FactQuestion> = {}) {
  const question: FactQuestion = {
    payload: { amount: 5 },
    subject: { type: "customer", id: "cus_1" },
    agentId: "agt_ann",
    amount: 5,
    excludeDraftId: null,
    now: start,
    ...more,
  };
  const facts = await computeFacts(
    database.db,
    { actionType: "pay", computed: [{ fact: "x", name }] },
    question,
  );
  return facts[name];
}

describe("computed facts", () => {
  let reviewed = "";
  let rejected = "";
  beforeAll(async () => {
    now = new Date(start.getTime() - 25 * HOUR);
    await submit(ann, "pay", 10, "cus_1");
    now = new Date(start.getTime() - HOUR / 2);
    await submit(ann, "pay", 20, "cus_1");
    reviewed = (await submit(bob, "pay", 100, "cus_1")).id;
    await submit(ann, "gift", 30, "cus_1");
    await submit(ann, "pay", 40, "cus_2");
    rejected = (await submit(ann, "pay", 200, "cus_1")).id;
    const taken = await submit(ann, "pay", 300, "cus_1");
    await withdrawDraft(ann, taken.id);
    await database.db.run(sql`
      UPDATE draft SET status = 'executed', decided_at = now(), decided_payload = payload, decided_payload_hash = payload_hash
      WHERE id = ${reviewed}`);
    await database.db.run(
      sql`UPDATE draft SET status = 'rejected', decided_at = now() WHERE id = ${rejected}`,
    );
    for (const [id, outcome] of [
      [reviewed, "approved"],
      [rejected, "rejected"],
    ] as const) {
      await database.db.run(sql`
        INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, proposed_payload,
                             final_payload, policy_version_id, decided_at)
        SELECT ${`ex_${id}`}, id, action_type, ${outcome}, summary, subject_type, subject_id, payload, payload,
               policy_version_id, ${start} FROM draft WHERE id = ${id}`);
    }
  });

  it.each([
    ["subject_amount_24h", 5 + 20 + 100 + 30],
    ["subject_amount_26h", 5 + 10 + 20 + 100 + 30],
    ["subject_amount_2d", 5 + 10 + 20 + 100 + 30],
    ["agent_amount_24h", 5 + 20 + 30 + 40],
    ["action_type_amount_24h", 5 + 20 + 100 + 40],
    ["subject_action_type_amount_24h", 5 + 20 + 100],
    ["subject_amount_24h_automatic", 5 + 20 + 30],
    ["action_type_amount_24h_automatic", 5 + 20 + 40],
    ["subject_action_type_amount_2d_automatic", 5 + 10 + 20],
    ["agent_drafts_1h", 1 + 5],
    ["subject_drafts_24h", 1 + 5],
    ["action_type_drafts_24h", 1 + 5],
    ["subject_drafts_24h_automatic", 1 + 2],
    ["subject_action_type_drafts_24h", 1 + 4],
    ["agent_reject_rate_30d", 1],
    ["subject_reject_rate_30d", 0.5],
    ["action_type_reject_rate_1h", 0.5],
  ] as const)("%s is %d", async (name, expected) => {
    expect(await compute(name)).toBe(expected);
  });

  it("do not count a draft that is classified again twice", async () => {
    expect(await compute("subject_amount_24h", { excludeDraftId: reviewed })).toBe(5 + 20 + 30);
    expect(await compute("subject_drafts_24h", { excludeDraftId: reviewed })).toBe(1 + 4);
  });

  it("are unknown without an amount to add, or a decision to count", async () => {
    expect(await compute("subject_amount_24h", { amount: null })).toBeUndefined();
    expect(await compute("agent_reject_rate_30d", { agentId: "agt_nobody" })).toBeUndefined();
  });

  it("leave out what a person came to look at after all", async () => {
    const { id } = await submit(ann, "pay", 7, "cus_held");
    const about = { subject: { type: "customer", id: "cus_held" } };
    expect(await compute("subject_amount_24h_automatic", about)).toBe(5 + 7);
    await database.db.run(sql`UPDATE draft SET route = 'batch_review' WHERE id = ${id}`);
    expect(await compute("subject_amount_24h_automatic", about)).toBe(5);
    expect(await compute("subject_amount_24h", about)).toBe(5 + 7);
  });
});

/** An agent, and another that has written for it: two of their own for each test. */
async function askerAndDrafter(name: string) {
  const world = await createTestWorld(database.db, () => now);
  const owner = await world.person(`${name}-owner`);
  const [asker, drafter] = await Promise.all(
    [name, `${name}-drafter`].map(async (each) => ({
      ...(await world.agent(each, owner.actor.personId)).ctx,
      policies,
    })),
  );
  return { asker: asker!, drafter: drafter!, owner };
}

it("what an agent has another write counts for the agent that asks, and for it alone", async () => {
  const { asker: cleo, drafter } = await askerAndDrafter("cleo");
  const { keyId, agentId } = cleo.actor;
  const asked = (id: string) => submit(drafter, "few", 1, "cus_few", { request: { id, keyId, agentId } });
  now = start;
  expect((await submit(cleo, "few", 1, "cus_few")).tier).toBe("low");
  expect((await asked("drq_1")).tier).toBe("low");
  expect((await asked("drq_2")).tier).toBe("medium");
  expect((await submit(cleo, "few", 1, "cus_few")).tier).toBe("medium");
  // Whoever asks as a person leaves it to the drafter's own counts.
  const byPerson = { request: { id: "drq_3", keyId: null, agentId: null } };
  expect((await submit(drafter, "few", 1, "cus_few", byPerson)).tier).toBe("low");
  expect(await compute("agent_drafts_1h", { agentId: cleo.actor.agentId!, now })).toBe(1 + 4);
  expect(await compute("agent_drafts_1h", { agentId: drafter.actor.agentId!, now })).toBe(1 + 1);
});

it("it counts for the agent that asks also when it is decided and when it is carried out", async () => {
  now = start;
  const { asker, drafter, owner } = await askerAndDrafter("dora");
  const { keyId, agentId } = asker.actor;
  const asked = await submit(drafter, "flood", 1, "cus_flood", { request: { id: "drq_4", keyId, agentId } });
  expect(asked.status).toBe("approved");
  const shown = await loadForDecision(asker, database.db, asked.id, owner.actor.personId, { lock: false });
  expect(shown?.row.acting_agent_id).toBe(agentId);
  for (const _ of [1, 2]) await submit(asker, "flood", 1, "cus_flood");
  await expect(claimExecution(asker, asked.id)).rejects.toMatchObject({ code: "not_claimable" });
});
