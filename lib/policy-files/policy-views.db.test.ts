import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { submitDraft } from "@/lib/drafts/submit-draft";
import { placeHold } from "@/lib/holds/place-hold";
import { diffVersions } from "./diff-versions";
import { getPolicyView } from "./get-policy-view";
import { listPolicies } from "./list-policies";
import { loadPolicies } from "./load-policies";
import { policyVersionId, recordPolicyVersions } from "./policy-versions";
import { tryFacts } from "./try-facts";

let database: TestDatabase;
let manager: Context<PersonActor>;
let nobody: Context<PersonActor>;
let agent: Context<KeyActor>;
const folders: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  manager = await world.person("mia", { roles: ["manager"] });
  nobody = await world.person("nora", { roles: [] });
  await world.person("fin", { rules: ["finance_oncall"] });
  agent = (await world.agent("bot", "per_nora")).ctx;
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true });
  await database?.drop();
});

/** A folder of one policy named gift, with these rules and cases. */
function policyFolder(tiers: unknown[], cases?: string): string {
  const dir = mkdtempSync(join(tmpdir(), "countersign-policies-"));
  folders.push(dir);
  mkdirSync(join(dir, "gift"));
  const write = (file: string, text: string) => writeFileSync(join(dir, "gift", file), text);
  write("policy.json", JSON.stringify({ action_type: "gift", tiers }));
  write("policy.md", "# Gifts\n\nSmall ones are fine.\n");
  const properties = { amount: { type: "number" } };
  write("schema.json", JSON.stringify({ type: "object", additionalProperties: false, properties }));
  if (cases !== undefined) write("cases.json", cases);
  return dir;
}

const CAREFUL = [
  { tier: "low", when: { amount_lte: 20 }, route: "auto_execute" },
  { tier: "high", route: "named_approver", approver_rule: "gift_board" },
];

const submit = (actionType: string, payload: object) => {
  const about = { summary: "A draft", evidence: [], subject: { type: "customer", id: "cus_1" } };
  return submitDraft(agent, { action_type: actionType, payload, ...about }, { idempotencyKey: null });
};
const submitRefund = (amount: number) => submit("refund", { amount, currency: "USD", reason: "broken" });

it("lists every action type with its rules in words, drafts by tier, golden cases and holds", async () => {
  await submitRefund(700);
  await submitRefund(30);
  const hold = await placeHold(manager, {
    target: { kind: "action_type", actionType: "refund", rule: "low #1" },
    reason: "Odd refunds since noon",
  });
  const { policies } = await listPolicies(manager);
  const refund = policies.find(({ actionType }) => actionType === "refund")!;
  expect(refund).toMatchObject({
    title: "Refund",
    executor: "agent",
    drafts: { tiers: { high: 1, medium: 1 }, total: 2, more: false },
    cases: { passed: 10, total: 10 },
    holds: [{ id: hold.id, what: "Refund, rule “low #1”" }],
    versionId: policyVersionId(manager.policies.get("refund")!),
    recordedAt: expect.any(String),
  });
  expect(refund.rules.map(({ when, route, approverRule }) => [when, route, approverRule])).toEqual([
    ["amount is at most 50 and customer months is at least 3", "auto_execute", null],
    ["amount is at most 500", "batch_review", null],
    ["amount is over 500", "named_approver", "finance_oncall"],
  ]);
  expect(policies.find(({ actionType }) => actionType === "delete_customer")?.prohibited).toBe(true);
});

it("counts no draft that is older than thirty days", async () => {
  const later = { ...manager, now: () => new Date(Date.now() + 31 * 24 * 3600_000) };
  const { policies } = await listPolicies(later);
  expect(policies.every(({ drafts }) => drafts.total === 0)).toBe(true);
});

it("lists what agents asked for and no policy covers, until one does", async () => {
  const ask = () => submit("gift", {});
  await expect(ask()).rejects.toMatchObject({ code: "unknown_action_type" });
  await expect(ask()).rejects.toMatchObject({ code: "unknown_action_type" });
  expect((await listPolicies(manager)).unassigned).toMatchObject([
    { actionType: "gift", agentName: "bot", submissions: 2 },
  ]);
  const policies = loadPolicies(policyFolder(CAREFUL));
  expect((await listPolicies({ ...manager, policies })).unassigned).toEqual([]);
});

it("shows a policy whole: rules, blocks, facts with their sources, missing approver rules and holds", async () => {
  const view = await getPolicyView(manager, "refund");
  expect(view.rules[2]).toMatchObject({
    name: "high #3",
    when: "amount is over 500",
    sla_hours: 8,
    sla_in: "elapsed",
    escalation: [{ after_hours: 8, to: "finance_lead" }],
    on_timeout: "deny",
  });
  expect(view.hardBlocks).toEqual(["chargeback_open", "account_flagged_fraud"]);
  expect(view.missingApproverRules).toEqual(["finance_lead"]);
  expect(view.facts.map(({ name, kind, comesFrom }) => [name, kind, comesFrom])).toEqual([
    ["amount", "number", "payload /amount"],
    ["customer_months", "number", "pushed customer_months of the draft's subject"],
    ["chargeback_open", "boolean", "pushed chargeback_open of the draft's subject"],
    ["account_flagged_fraud", "boolean", "pushed account_flagged_fraud of the draft's subject"],
  ]);
  expect(view.holds).toHaveLength(1);
  expect(view.versions.versions).toMatchObject([{ id: view.versionId, drafts: 2, inForce: true }]);
  await expect(getPolicyView(manager, "gift")).rejects.toMatchObject({ code: "not_found" });
});

it("says which golden cases come out otherwise, and which rules none of them reaches", async () => {
  const cases = [
    { name: "small", facts: { amount: 20 }, tier: "low" },
    { name: "large is low, somebody thought", facts: { amount: 19 }, tier: "medium" },
  ];
  const dir = policyFolder(CAREFUL, JSON.stringify(cases));
  vi.stubEnv("POLICIES_DIR", dir);
  const ctx = { ...manager, policies: loadPolicies(dir) };
  const { golden } = await getPolicyView(ctx, "gift");
  expect(golden).toMatchObject({ ok: true, unreached: ["high #2"] });
  expect(golden.ok && golden.cases.map(({ passed }) => passed)).toEqual([true, false]);
  expect(golden.ok && golden.cases[1]).toMatchObject({
    expected: "tier medium",
    found: expect.arrayContaining([expect.stringContaining('tier "low"'), "low #1: amount 19 is at most 20"]),
  });
  expect((await listPolicies(ctx)).policies[0]?.cases).toEqual({ passed: 1, total: 2 });
});

it("shows the policy although its golden cases cannot be read, and says what is wrong with them", async () => {
  const dir = policyFolder(CAREFUL, '[{"name": "small", "facts": {');
  vi.stubEnv("POLICIES_DIR", dir);
  const ctx = { ...manager, policies: loadPolicies(dir) };
  const view = await getPolicyView(ctx, "gift");
  expect(view.golden).toMatchObject({ ok: false, problem: expect.stringContaining("cases.json:1:") });
  expect((await listPolicies(ctx)).policies[0]?.cases).toBeNull();
});

it("compares two versions file by file, and only versions of that policy", async () => {
  const [before, after] = [CAREFUL, [{ ...CAREFUL[0], when: { amount_lte: 40 } }, CAREFUL[1]]].map((tiers) =>
    loadPolicies(policyFolder(tiers)),
  );
  await recordPolicyVersions(database.db, before!);
  await recordPolicyVersions(database.db, after!);
  const [from, to] = [before!, after!].map((policies) => policyVersionId(policies.get("gift")!)) as [
    string,
    string,
  ];
  const diff = await diffVersions(manager, { actionType: "gift", from, to });
  expect(diff.files.map(({ file, changed }) => [file, changed])).toEqual([
    ["policy.json", true],
    ["policy.md", false],
    ["schema.json", false],
  ]);
  const changes = diff.files[0]!.runs.filter(({ kind }) => kind !== "same");
  expect(changes.map(({ kind, lines }) => [kind, lines.map((line) => line.trim())])).toEqual([
    ["removed", ['"amount_lte": 20']],
    ["added", ['"amount_lte": 40']],
  ]);
  await expect(diffVersions(manager, { actionType: "refund", from, to })).rejects.toMatchObject({
    code: "not_found",
  });
  const { versions } = (await getPolicyView({ ...manager, policies: after! }, "gift")).versions;
  expect(versions.filter(({ inForce }) => inForce).map(({ id }) => id)).toEqual([to]);
  expect(versions).toHaveLength(2);
});

it("tries facts on the policy in force, and says what a hold makes of them; nothing is stored", async () => {
  const facts = { amount: 620, customer_months: 9, chargeback_open: false, account_flagged_fraud: false };
  const drafts = () => database.db.row(sql`SELECT count(*) FROM draft`);
  const before = await drafts();
  const ask = (more: object) =>
    tryFacts(manager, { actionType: "refund", facts: JSON.stringify({ ...facts, ...more }) });
  expect(await ask({ vip: true })).toMatchObject({
    tier: "high",
    route: "named_approver",
    rule_name: "high #3",
    approver_rule: "finance_oncall",
    reasons: expect.arrayContaining(["amount 620 is over 500"]),
    unknown: [],
    ignored: ["vip"],
  });
  expect(await ask({ amount: 20 })).toMatchObject({
    tier: "low",
    route: "batch_review",
    reasons: expect.arrayContaining(["held back to review: Odd refunds since noon"]),
  });
  expect(await ask({ amount: null })).toMatchObject({ tier: "high", unknown: ["amount"] });
  expect(await ask({ chargeback_open: true })).toMatchObject({ blocked_by: ["chargeback_open"] });
  expect(await drafts()).toEqual(before);
});

it.each([
  ["text that is not JSON", "{amount: 620}"],
  ["a list", "[]"],
  ["a name given twice", '{"amount": 1, "amount": 900}'],
  ["facts without end", `{${"[".repeat(70_000)}`],
])("refuses to try %s", async (_, facts) => {
  await expect(tryFacts(manager, { actionType: "refund", facts })).rejects.toMatchObject({
    code: "invalid_request",
  });
});

it("is for those who may read the organisation", async () => {
  const refused = { code: "forbidden" };
  await expect(listPolicies(nobody)).rejects.toMatchObject(refused);
  await expect(getPolicyView(nobody, "refund")).rejects.toMatchObject(refused);
  await expect(tryFacts(nobody, { actionType: "refund", facts: "{}" })).rejects.toMatchObject(refused);
  const same = policyVersionId(manager.policies.get("refund")!);
  await expect(diffVersions(nobody, { actionType: "refund", from: same, to: same })).rejects.toMatchObject(
    refused,
  );
});
