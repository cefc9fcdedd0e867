import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { readsOf } from "@/lib/db/test-plans";
import { createTestWorld } from "@/lib/db/test-world";
import { getDraft } from "@/lib/drafts/get-draft";
import { getReview } from "@/lib/drafts/get-review";
import { listDrafts } from "@/lib/drafts/list-drafts";
import { listInbox } from "@/lib/drafts/list-inbox";
import { reviewExecuted } from "@/lib/drafts/review-executed";
import { submitDraft } from "@/lib/drafts/submit-draft";
import { claimExecution } from "@/lib/executions/claim-execution";
import { reportExecution } from "@/lib/executions/report-execution";
import { getHold } from "@/lib/holds/get-hold";
import { listNotices } from "@/lib/notices/list-notices";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { policyVersionId, recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { countRanUnderRule, listRanUnderRule } from "./list-ran-under-rule";
import { putBeforePeople } from "./put-before-people";

const folder = mkdtempSync(join(tmpdir(), "countersign-policies-"));
let database: TestDatabase;
let agent: Context<KeyActor>;
let ann: Context<PersonActor>;
let manager: Context<PersonActor>;
let admin: Context<PersonActor>;
let carl: Context<PersonActor>;

beforeAll(async () => {
  const schema = { type: "object", additionalProperties: false, properties: { amount: { type: "number" } } };
  const tiers = [
    { name: "small", tier: "low", when: { amount_lte: 10 }, route: "auto_execute" },
    {
      name: "looked at",
      tier: "low",
      when: { amount_lte: 50 },
      route: "execute_then_review",
      sla_hours: 8,
      lease: { until: "2099-12-31", promotion: "prm_1" },
    },
  ];
  mkdirSync(join(folder, "pay"));
  writeFileSync(join(folder, "pay", "schema.json"), JSON.stringify(schema));
  const attributes = { amount_from: "/amount", currency: "EUR" };
  writeFileSync(
    join(folder, "pay", "policy.json"),
    JSON.stringify({ action_type: "pay", tiers, attributes }),
  );
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  const policies = loadPolicies(folder);
  await recordPolicyVersions(database.db, policies);
  admin = { ...(await world.person("ada", { roles: ["admin"] })), policies };
  manager = { ...(await world.person("max", { roles: ["manager"] })), policies };
  ann = { ...(await world.person("ann")), policies };
  const owner = await world.person("owner");
  carl = { ...(await world.person("carl", { roles: [] })), policies };
  await database.db.run(sql`
    INSERT INTO promotion (id, action_type, rule, policy_version_id, status, lease_until, content, content_hash, reason,
                           reason_salt, proposed_by_id, proposed_at, decided_by_id, decided_at, decision_reason)
    VALUES ('prm_1', 'pay', 'looked at', ${policyVersionId(policies.get("pay")!)}, 'accepted', '2099-12-31', '{}', 'x', 'x',
            'x', 'per_carl', now(), 'per_ada', now(), 'x')`);
  agent = { ...(await world.agent("shop", owner.actor.personId)).ctx, policies };
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(amount: number): Promise<string> {
  const { id } = await submitDraft(
    agent,
    {
      action_type: "pay",
      payload: { amount },
      summary: `Pay ${amount}`,
      subject: { type: "customer", id: "c1" },
    },
    { idempotencyKey: null },
  );
  const { grant, payload_hash } = await claimExecution(agent, id);
  await reportExecution(agent, id, { grant, outcome: "succeeded", executed_payload_hash: payload_hash });
  return id;
}
async function say(id: string, verdict: "uphold" | "overturn", reason?: string) {
  const { screenHash } = await getReview(ann, id);
  return reviewExecuted(ann, { draftId: id, screenHash, verdict, ...(reason ? { reason } : {}) });
}
const idsOf = async (rule: string, since = new Date(0)) =>
  (
    await listRanUnderRule(manager, { actionType: "pay", rule, since: since.toISOString(), limit: 200 })
  ).items.map(({ id }) => id);

it("an overturned one leads those who answer for it to all that its rule let run since the last one upheld", async () => {
  const before = await run(20);
  const upheld = await run(21);
  await say(upheld, "uphold");
  const between = [await run(22), await run(23)];
  const other = await run(5);
  const bad = await run(24);
  const { holdId } = await say(bad, "overturn", "Nobody asked for this");
  expect(holdId).toMatch(/^hld_/);

  const hold = await getHold(manager, { id: holdId! });
  expect(hold).toMatchObject({ actionType: "pay", rule: "looked at", endedAt: null, placedBy: "ann" });
  expect(hold.overturned).toEqual([
    expect.objectContaining({ id: bad, by: "ann", reason: "Nobody asked for this" }),
  ]);
  expect(hold.inDoubt?.upheldId).toBe(upheld);
  const listed = await idsOf("looked at", hold.inDoubt!.since);
  expect(listed).toEqual([bad, ...[...between].reverse(), upheld]);
  expect(listed).not.toContain(before);
  expect(listed).not.toContain(other);
  const figures = await countRanUnderRule(manager, {
    actionType: "pay",
    rule: "looked at",
    since: hold.inDoubt!.since,
  });
  expect(figures).toMatchObject({
    count: 4,
    executed: 4,
    waiting: 2,
    sums: [{ currency: "EUR", amount: 90 }],
  });

  for (const ctx of [manager, admin]) {
    const [notice] = (await listNotices(ctx)).notices;
    expect(notice).toMatchObject({ kind: "hold", holdId });
    expect(notice?.text).toMatch(/ann overturned .*see what else ran under it/);
  }
  expect((await listNotices(ann)).notices).toEqual([]);
  const promoter = await database.db.rows(
    sql`SELECT kind FROM notice WHERE person_id = ${carl.actor.personId}`,
  );
  expect(promoter, "who promoted it is told, manager or not").toEqual([{ kind: "hold" }]);
});

it("a second one, when the rule is held already, tells them again", async () => {
  const ran = await idsOf("looked at");
  const { holdId } = await say(ran.find((id) => id !== ran[0])!, "overturn", "Nor for this");
  expect(holdId).toBeNull();
  const { notices } = await listNotices(manager);
  expect(notices[0]?.text).toMatch(/was held back already/);
  expect(notices[0]).toMatchObject({ holdId: null, draftId: expect.any(String) });
});

it("pages through the list by key, and reads it from the index", async () => {
  const all = await idsOf("looked at");
  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRanUnderRule(manager, {
      actionType: "pay",
      rule: "looked at",
      since: new Date(0).toISOString(),
      limit: 2,
      ...(cursor ? { cursor } : {}),
    });
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(paged).toEqual(all);

  // Five thousand drafts of another type, and of this one that people decided, are passed by.
  await database.db.run(sql`ALTER TABLE draft DISABLE TRIGGER ALL`);
  await database.db.run(sql`
    INSERT INTO draft SELECT (jsonb_populate_record(draft, jsonb_build_object(
      'id', 'drf_made_' || at, 'action_type', CASE WHEN at % 2 = 0 THEN 'else' ELSE 'pay' END, 'route', 'batch_review',
      'decided_at', now() - make_interval(mins => at), 'idempotency_key', NULL))).*
    FROM draft, generate_series(1, 5000) AS at WHERE draft.id = ${all[0]}`);
  await database.db.run(sql`ALTER TABLE draft ENABLE TRIGGER ALL`);
  await database.db.run(sql`ANALYZE draft`);
  const reads = await readsOf(database.db, ["draft"], (db) =>
    listRanUnderRule(
      { ...manager, db },
      { actionType: "pay", rule: "looked at", since: new Date(0).toISOString() },
    ),
  );
  expect(reads).toEqual(["Index Scan draft_decided_of_type"]);
});

it("what nobody has looked at is put before people too, without a word to its agent", async () => {
  const small = [await run(5), await run(6)];
  const seen = async () =>
    Promise.all(small.map(async (id) => ({ draft: await getDraft(agent, id), row: await inList(id) })));
  const inList = async (id: string) => (await listDrafts(agent, {})).drafts.find((each) => each.id === id);
  const before = await seen();
  await expect(putBeforePeople(ann, { draftIds: small })).rejects.toMatchObject({ code: "forbidden" });
  expect(await putBeforePeople(manager, { draftIds: [...small, "drf_none"] })).toEqual({
    asked: 2,
    leftOut: 1,
  });
  expect(await putBeforePeople(manager, { draftIds: small })).toEqual({ asked: 0, leftOut: 2 });
  const waiting = (await listInbox(ann, { queue: "after", limit: 200 })).items.map(({ id }) => id);
  expect(waiting).toEqual(expect.arrayContaining(small));
  expect(await seen()).toEqual(before);
  await say(small[0]!, "uphold");
  await say(small[1]!, "overturn", "Not this");
  expect(await seen(), "nor afterwards").toEqual(before);
  const verbs = await database.db.rows<{ verb: string }>(
    sql`SELECT verb FROM audit_event WHERE draft_id = ${small[0]} ORDER BY id DESC LIMIT 2`,
  );
  expect(verbs.map(({ verb }) => verb)).toEqual(["draft.upheld", "draft.put_before_people"]);
  expect((await putBeforePeople(manager, { draftIds: small })).asked, "it has had its look").toBe(0);
});
