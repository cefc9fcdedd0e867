import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { readsOf } from "@/lib/db/test-plans";
import { createTestWorld } from "@/lib/db/test-world";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { getReview } from "@/lib/drafts/get-review";
import { reviewExecuted } from "@/lib/drafts/review-executed";
import { reviseDraft } from "@/lib/drafts/revise-draft";
import { submitDraft } from "@/lib/drafts/submit-draft";
import { undoDecision } from "@/lib/drafts/undo-decision";
import { type LoadedPolicy, loadPolicies } from "@/lib/policy-files/load-policies";
import { recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { amongChangedSince, SETTLED_AFTER_MS } from "./among-changed";
import { backtestPolicy } from "./backtest-policy";
import { columnsOf } from "./columns";
import { readCases } from "./read-cases";
import { recallCases } from "./recall-cases";

const folders: string[] = [];
let database: TestDatabase;
let agent: Context<KeyActor>;
let ann: Context<PersonActor>;
let ben: Context<PersonActor>;
let integrationKey: string;
const since = new Date("2026-01-01T00:00:00Z");
const until = new Date("2100-01-01T00:00:00Z");

const properties = { amount: { type: "number" }, weight: { type: "number" }, note: { type: "string" } };
const medium = { tier: "medium", route: "batch_review", undo_seconds: 60 };
const two = { ...medium, name: "two", approvals_required: 2, when: { amount_gte: 700 } };

function policiesWith(policy: object): ReturnType<typeof loadPolicies> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-policies-"));
  folders.push(folder);
  mkdirSync(join(folder, "post"));
  const schema = { type: "object", additionalProperties: false, properties };
  writeFileSync(join(folder, "post/policy.json"), JSON.stringify({ action_type: "post", ...policy }));
  writeFileSync(join(folder, "post/schema.json"), JSON.stringify(schema));
  return loadPolicies(folder);
}
const first = policiesWith({ tiers: [two, { ...medium, when: { vip: true, amount_lte: 500 } }, medium] });
const second = policiesWith({
  tiers: [
    { tier: "low", when: { amount_lte: 10 }, route: "execute_then_review" },
    { ...medium, when: { gold: true } },
    medium,
  ],
  facts: { gold: { from: "pushed", name: "vip" } },
});
const policyOf = (policies: ReturnType<typeof loadPolicies>): LoadedPolicy => policies.get("post")!;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  for (const policies of [first, second]) await recordPolicyVersions(database.db, policies);
  const admin = await world.person("ada", { roles: ["admin"] });
  ann = { ...(await world.person("ann")), policies: first };
  ben = { ...(await world.person("ben")), policies: first };
  agent = { ...(await world.agent("shop", admin.actor.personId)).ctx, policies: first };
  integrationKey = (await world.integration("crm", admin.actor.personId)).ctx.actor.keyId;
});
afterAll(async () => {
  await database?.drop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const submission = (payload: object, subject: string) => ({
  action_type: "post",
  payload,
  summary: "Post it",
  evidence: [{ kind: "message", title: "Somebody", content: "Please." }],
  subject: { type: "customer", id: subject },
});
async function submit(payload: object, { subject = "cus_1", ctx = agent } = {}): Promise<string> {
  return (await submitDraft(ctx, submission(payload, subject), { idempotencyKey: null })).id;
}
async function decide(id: string, input: object, ctx = ann) {
  const { screenHash } = await getReview(ctx, id);
  await decideDraft(ctx, { draftId: id, screenHash, reason: "As agreed", verdict: "approve", ...input });
}
const lately = () => new Date(Date.now() - SETTLED_AFTER_MS);
const read = async (policy: LoadedPolicy, columns = columnsOf([policy])) => {
  const question = { policy, actionType: "post", columns, since, until };
  const ctx = { db: database.db, policies: first };
  const past = await readCases(ctx, question);
  // Whatever happened since, and however it is remembered, it is the same.
  const recalled = await recallCases(ctx, question);
  const inOrder = (cases: typeof past.cases) => [...cases].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(inOrder(recalled.cases)).toEqual(inOrder(past.cases));
  return new Map(past.cases.map((each) => [each.id, each]));
};

describe("past drafts, as a backtest reads them", () => {
  it("have what people made of them, and only what still stands", async () => {
    const names = ["approved", "rejected", "changes", "edited", "undone", "open", "quorum", "half"] as const;
    const ids = {} as Record<(typeof names)[number], string>;
    for (const name of names)
      ids[name] = await submit({ amount: ["quorum", "half"].includes(name) ? 800 : 50 });
    await decide(ids.approved, { secondsOnScreen: 12 });
    await decide(ids.rejected, { verdict: "reject" });
    await decide(ids.changes, { verdict: "request_changes" });
    await decide(ids.edited, { verdict: "edit_and_approve", payload: { amount: 40 } });
    await decide(ids.undone, { verdict: "reject" });
    await undoDecision(ann, { draftId: ids.undone });
    await decide(ids.quorum, { secondsOnScreen: 5 });
    await decide(ids.quorum, { secondsOnScreen: 6 }, ben);
    await decide(ids.half, {});
    const revision = await reviseDraft(agent, ids.changes, submission({ amount: 45 }, "cus_1"), {
      idempotencyKey: null,
    });
    await decide(revision.id, {});

    const cases = await read(policyOf(first));
    expect(names.map((name) => [name, cases.get(ids[name])?.outcome])).toEqual([
      ["approved", "approved"],
      ["rejected", "rejected"],
      ["changes", "changes_requested"],
      ["edited", "edited"],
      ["undone", null],
      ["open", null],
      ["quorum", "approved"],
      ["half", null],
    ]);
    expect(cases.has(revision.id)).toBe(false);
    expect(cases.get(ids.approved)?.seconds).toBe(12);
    expect(cases.get(ids.quorum)?.seconds).toBe(11);
    // What was proposed, not what an edit made of it.
    const at = columnsOf([policyOf(first)]).findIndex(({ name }) => name === "amount");
    expect(cases.get(ids.edited)?.values[at]).toBe(50);
  });

  it("have the verdict of a look afterwards where they ran by themselves", async () => {
    const ctx = { ...agent, policies: second };
    const looker = { ...ann, policies: second };
    const ids = [
      await submit({ amount: 5 }, { ctx }),
      await submit({ amount: 6 }, { ctx }),
      await submit({ amount: 7 }, { ctx }),
    ];
    await database.db.run(sql`UPDATE draft SET status = 'executed' WHERE id = ANY(${ids}::text[])`);
    for (const [index, verdict] of (["uphold", "overturn"] as const).entries()) {
      const { screenHash } = await getReview(looker, ids[index]!);
      await reviewExecuted(looker, { draftId: ids[index]!, screenHash, verdict, reason: "Not so" });
    }
    const cases = await read(policyOf(second));
    expect(ids.map((id) => cases.get(id)?.outcome)).toEqual(["upheld", "overturned", null]);
  });

  it("have the facts of then, whatever they are now, under whichever name a policy gives them", async () => {
    const push = (value: boolean) =>
      database.db.run(sql`
        INSERT INTO fact (subject_type, subject_id, name, value, api_key_id, source, observed_at)
        VALUES ('customer', 'cus_vip', 'vip', ${JSON.stringify(value)}::jsonb, ${integrationKey}, 'crm', now())
        ON CONFLICT (subject_type, subject_id, name) DO UPDATE SET value = excluded.value`);
    await push(true);
    const id = await submit({ amount: 50, weight: 3 }, { subject: "cus_vip" });
    await push(false);
    const asGold = policyOf(second);
    const columns = columnsOf([asGold]);
    const lookUp = async (name: string, policy = asGold, more = columns) =>
      (await read(policy, more)).get(id)?.values[more.findIndex((column) => column.name === name)];
    expect(await lookUp("gold")).toBe(true);
    // Nobody looked at the weight then, but the payload says it; another subject's fact nobody knows.
    const heavy = policyOf(
      policiesWith({
        tiers: [{ tier: "low", when: { weight_lte: 5, vip: true }, route: "auto_execute" }, medium],
        facts: { vip: { from: "pushed", subject: "order", id: "/note", name: "vip" } },
      }),
    );
    const wider = columnsOf([heavy]);
    expect(await lookUp("weight", heavy, wider)).toBe(3);
    expect(await lookUp("amount", heavy, wider)).toBe(50);
    expect(await lookUp("vip", heavy, wider)).toBeNull();
  });

  it("are read from the comparisons where the facts were not kept yet", async () => {
    const id = await submit({ amount: 123.5 }, { subject: "cus_vip" });
    const policy = policyOf(first);
    const before = (await read(policy)).get(id);
    const now = await database.db.row<{ id: string }>(
      sql`SELECT id FROM classification WHERE draft_id = ${id}`,
    );
    await database.db.transaction(async (tx) => {
      await tx.run(sql`SET LOCAL session_replication_role = replica`);
      await tx.run(sql`UPDATE classification SET facts = NULL WHERE id = ${now!.id}`);
    });
    expect((await read(policy)).get(id)).toEqual(before);
    expect(before?.values).toContain(123.5);
  });

  it("leave checks of attention out, and mark what was imported", async () => {
    const [check, imported] = [await submit({ amount: 51 }), await submit({ amount: 52 })];
    await database.db.transaction(async (tx) => {
      await tx.run(sql`SET LOCAL session_replication_role = replica`);
      await tx.run(sql`UPDATE draft SET origin = 'check' WHERE id = ${check}`);
      await tx.run(
        sql`UPDATE draft SET origin = 'import', status = 'rejected', decided_at = now() WHERE id = ${imported}`,
      );
      await tx.run(sql`
        INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, proposed_payload,
                             final_payload, policy_version_id, decided_at, imported)
        SELECT 'exm_1', id, action_type, 'rejected', summary, subject_type, subject_id, payload, payload, policy_version_id,
               now(), true FROM draft WHERE id = ${imported}`);
    });
    const cases = await read(policyOf(first));
    expect(cases.has(check)).toBe(false);
    expect(cases.get(imported)).toMatchObject({ imported: true, outcome: "rejected" });
  });

  it("come to a backtest of a looser policy, and only those of the time asked for", async () => {
    const candidate = policyOf(
      policiesWith({
        tiers: [{ tier: "low", when: { amount_lte: 50 }, route: "auto_execute" }, two, medium],
      }),
    );
    const ctx = { db: database.db, policies: first };
    const result = await backtestPolicy(ctx, { baseline: policyOf(first), candidate, since, until });
    expect(result.added).toMatchObject({ decided: 6, wrong: 4, outcomes: { approved: 1, upheld: 1 } });
    expect(result.offences).toHaveLength(4);
    const leased = (until: string) => {
      const lease = { until, promotion: "prm_1" };
      const low = { tier: "low", when: { amount_lte: 50 }, route: "auto_execute", lease };
      return policyOf(policiesWith({ tiers: [low, two, medium] }));
    };
    const renewed = { candidate: leased("2100-02-01"), since, until };
    const afterwards = await backtestPolicy(ctx, { ...renewed, baseline: leased("2099-12-30") });
    expect(afterwards.added).toEqual(result.added);
    const meanwhile = await backtestPolicy(ctx, { ...renewed, baseline: leased("2100-01-15") });
    expect(meanwhile.added.drafts).toBe(0);
    const later = new Date(Date.now() + 60_000);
    const none = await backtestPolicy(ctx, { baseline: policyOf(first), candidate, since: later, until });
    expect(none.drafts).toBe(0);
  });

  it("are remembered: what is settled is not read again, and everything else is", async () => {
    const policy = policyOf(first);
    const question = { policy, actionType: "post", columns: columnsOf([policy]), since, until };
    // A handle of its own remembers nothing of before.
    const ctx = { db: Object.create(database.db) as typeof database.db, policies: first };
    const settled = await submit({ amount: 77 });
    await decide(settled, {});
    await database.db.transaction(async (tx) => {
      await tx.run(sql`SET LOCAL session_replication_role = replica`);
      await tx.run(sql`
        UPDATE draft SET id = 'drf_00000000000000000000000001', decided_at = now() - interval '30 days' WHERE id = ${settled}`);
      for (const table of [sql`classification`, sql`decision`]) {
        await tx.run(
          sql`UPDATE ${table} SET draft_id = 'drf_00000000000000000000000001' WHERE draft_id = ${settled}`,
        );
      }
    });
    const before = await recallCases(ctx, question);
    const open = await submit({ amount: 78 });
    const delta = await readCases(ctx, { ...question, among: amongChangedSince("post", lately()) });
    const ids = delta.cases.map(({ id }) => id);
    expect(ids).toContain(open);
    expect(ids).not.toContain("drf_00000000000000000000000001");
    await decide(open, { verdict: "reject" });
    const after = await recallCases(ctx, question);
    expect(after.cases).toHaveLength(before.cases.length + 1);
    expect(after.cases.find(({ id }) => id === open)?.outcome).toBe("rejected");
    expect(after.cases.some(({ id }) => id === "drf_00000000000000000000000001")).toBe(true);
    // An older beginning than is remembered is read anew.
    const earlier = await recallCases(ctx, { ...question, since: new Date(0) });
    expect(earlier.cases).toHaveLength(after.cases.length);
  });

  it("are found by index, however many drafts there are of other types", async () => {
    await database.db.run(sql`
      INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary,
                         payload, payload_hash, policy_version_id, classification_id, created_at, decided_at)
      SELECT 'drf_other_' || n, 'refund', 'rejected', 'medium', 'batch_review', 'agt_shop', 'key_shop', 'customer',
             'cus_' || n, 'Refund', '{}', md5(n::text), version.id, 'cls_other_' || n, now(), now()
      FROM generate_series(1, 20000) AS n JOIN policy_version AS version ON version.action_type = 'refund'`);
    await database.db.run(sql`
      INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, rule, result)
      SELECT classification_id, id, 'submitted', payload_hash, policy_version_id, 'pending', tier, 'medium', '{}'
      FROM draft WHERE action_type = 'refund'`);
    for (const table of ["draft", "classification", "decision"])
      await database.db.pool.query(`ANALYZE ${table}`);
    const policy = policyOf(first);
    const question = { policy, actionType: "post", columns: columnsOf([policy]), since, until };
    const reads = await readsOf(database.db, ["draft", "classification"], (db) =>
      readCases({ db, policies: first }, question),
    );
    expect(reads.length).toBeGreaterThan(1);
    expect(reads.filter((each) => each.startsWith("Seq Scan"))).toEqual([]);
    const again = await readsOf(database.db, ["draft", "classification"], (db) =>
      readCases({ db, policies: first }, { ...question, among: amongChangedSince("post", lately()) }),
    );
    expect(again.length).toBeGreaterThan(1);
    expect(again.filter((each) => each.startsWith("Seq Scan"))).toEqual([]);
  });
});
