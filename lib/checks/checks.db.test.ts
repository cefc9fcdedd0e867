import { randomInt } from "node:crypto";
import { ulid } from "ulid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getAgent } from "@/lib/agents/get-agent";
import { listAgents } from "@/lib/agents/list-agents";
import { listDraftTrail } from "@/lib/audit/list-draft-trail";
import type { Context, KeyActor, PersonActor, SystemActor } from "@/lib/context";
import { type Statement, sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { DRAFTER_ID } from "@/lib/drafting/drafter";
import { decideBatch } from "@/lib/drafts/batch/decide-batch";
import { getBatch } from "@/lib/drafts/batch/get-batch";
import { decideDraft } from "@/lib/drafts/decide-draft";
import type { DecisionInput } from "@/lib/drafts/decision";
import { escalateDraft } from "@/lib/drafts/escalate-draft";
import { getAgentRecord } from "@/lib/drafts/get-agent-record";
import { getDayFigures } from "@/lib/drafts/get-day-figures";
import { getDraft } from "@/lib/drafts/get-draft";
import { getReview } from "@/lib/drafts/get-review";
import { listDrafts } from "@/lib/drafts/list-drafts";
import { listFilterOptions } from "@/lib/drafts/list-filter-options";
import { listHistory } from "@/lib/drafts/list-history";
import { listInbox } from "@/lib/drafts/list-inbox";
import { previewEdit } from "@/lib/drafts/preview-edit";
import { reviewExecuted } from "@/lib/drafts/review-executed";
import { reviseDraft } from "@/lib/drafts/revise-draft";
import { submitDraft } from "@/lib/drafts/submit-draft";
import { undoDecision } from "@/lib/drafts/undo-decision";
import { withdrawDraft } from "@/lib/drafts/withdraw-draft";
import { claimExecution } from "@/lib/executions/claim-execution";
import { dispatchDraft } from "@/lib/executions/dispatch-draft";
import { reportExecution } from "@/lib/executions/report-execution";
import { pushFacts } from "@/lib/facts/push-facts";
import { feedPositionNow, readChanges } from "@/lib/live/read-changes";
import { indexDrafts } from "@/lib/search/index-drafts";
import { changeCheckSettings } from "./change-check-settings";
import { CHECKS_AGENT_ID, CHECKS_KEY_ID } from "./checks-agent";
import { closeChecks } from "./close-checks";
import { getCheckSettings } from "./get-check-settings";
import { seedCheck } from "./seed-check";
import { seedChecks } from "./seed-checks";

let database: TestDatabase;
let world: TestWorld;
let shop: Context<KeyActor>;
let crm: Context<KeyActor>;
let manager: Context<PersonActor>;
let admin: Context<PersonActor>;
let owner: Context<PersonActor>;
let ann: Context<PersonActor>;
let ben: Context<PersonActor>;
let worker: Context<SystemActor>;
let serial = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createTestWorld(database.db);
  admin = await world.person("ada", { roles: ["admin"] });
  manager = await world.person("max", { roles: ["manager"] });
  owner = await world.person("owner", { rules: ["default_approvers"] });
  ann = await world.person("ann", { rules: ["default_approvers"] });
  ben = await world.person("ben", { rules: ["default_approvers"] });
  shop = (await world.agent("shop", owner.actor.personId)).ctx;
  crm = (await world.integration("crm", admin.actor.personId)).ctx;
  worker = { ...admin, actor: { kind: "system", name: "worker" } };
});
afterAll(() => database?.drop());

async function submitRefund(amount = 120, by = shop): Promise<string> {
  const id = `cus_${++serial}`;
  const facts = { customer_months: 12, chargeback_open: false, account_flagged_fraud: false };
  await pushFacts(crm, { type: "customer", id }, { facts });
  const answer = await submitDraft(
    by,
    {
      action_type: "refund",
      payload: { order_id: `ord_${serial}`, amount, currency: "USD", reason: "It came broken." },
      summary: `Refund ${amount} USD for ord_${serial}`,
      evidence: [{ kind: "message", title: "What the customer asked", content: "It came broken." }],
      subject: { type: "customer", id },
    },
    { idempotencyKey: null },
  );
  expect(answer).toMatchObject({ status: "pending", route: "batch_review" });
  return answer.id;
}

async function turn(perHundred: number) {
  const { version } = await getCheckSettings(manager);
  return changeCheckSettings(manager, { perHundred, version });
}

/** A check beside a new draft. Templates are used once for an approver rule: the tests forget which were. */
async function seed(): Promise<string> {
  await closeOpen();
  await database.db.run(sql`UPDATE seeded_check SET template = template || draft_id`);
  const id = await seedCheck(
    worker,
    { id: await submitRefund(), action_type: "refund", rule: "medium #2" },
    randomInt,
  );
  expect(id).not.toBeNull();
  return id!;
}
async function closeOpen(): Promise<void> {
  const later = new Date(Date.now() + 40 * 86_400_000);
  await closeChecks({ ...worker, now: () => later });
}

async function decide(ctx: Context<PersonActor>, draftId: string, input: Partial<DecisionInput>) {
  const { screenHash, draft } = await getReview(ctx, draftId);
  return decideDraft(ctx, {
    draftId,
    screenHash,
    verdict: "approve",
    secondsOnScreen: 30,
    ...(input.verdict === "edit_and_approve" ? { payload: { ...draft.payload, amount: 60 } } : {}),
    ...input,
  });
}

const stateOf = (id: string) =>
  database.db.row<{ status: string; outcome: string | null; person_id: string | null }>(sql`
    SELECT draft.status, seeded_check.outcome, seeded_check.person_id
    FROM draft JOIN seeded_check ON seeded_check.draft_id = draft.id WHERE draft.id = ${id}`);
const verbsOf = async (id: string) =>
  (
    await database.db.rows<{ verb: string }>(
      sql`SELECT verb FROM audit_event WHERE draft_id = ${id} ORDER BY id`,
    )
  ).map(({ verb }) => verb);

describe("turning checks on", () => {
  it("is for managers and admins, says who did it, and is refused on settings that have moved", async () => {
    const before = await getCheckSettings(manager);
    expect(before).toMatchObject({ perHundred: 0, changedBy: null });
    expect(before.types.map(({ actionType }) => actionType)).toContain("refund");
    await expect(changeCheckSettings(ann, { perHundred: 2, version: 1 })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(getCheckSettings(ann)).rejects.toMatchObject({ code: "forbidden" });
    await expect(turn(11)).rejects.toMatchObject({ code: "invalid_request" });
    expect(await turn(2)).toMatchObject({ perHundred: 2 });
    expect(await getCheckSettings(manager)).toMatchObject({ perHundred: 2, changedBy: "max" });
    await expect(
      changeCheckSettings(admin, { perHundred: 0, version: before.version }),
    ).rejects.toMatchObject({ code: "conflict" });
    const events = await database.db.rows<{ event: { after: object } }>(
      sql`SELECT event FROM audit_event WHERE verb = 'checks.changed'`,
    );
    expect(events.map(({ event }) => event.after)).toEqual([{ per_hundred: 2 }]);
  });

  it("needs something to make them of; turning them off does not", async () => {
    const bare = { ...manager, policies: new Map() };
    const { version } = await getCheckSettings(manager);
    await expect(changeCheckSettings(bare, { perHundred: 1, version })).rejects.toMatchObject({
      code: "invalid_request",
    });
    expect(await changeCheckSettings(bare, { perHundred: 0, version })).toMatchObject({ perHundred: 0 });
    await turn(2);
  });

  it("leaves out nothing that came while their share was changed, nor what may not have committed yet", async () => {
    const seenUntil = async () =>
      (await database.db.row<{ seen_until: Date }>(sql`SELECT seen_until FROM check_setting`))!.seen_until;
    const seen = new Date(Date.now() - 3_600_000);
    await database.db.run(sql`UPDATE check_setting SET seen_until = ${seen}`);
    await turn(3);
    expect(await seenUntil()).toEqual(seen);
    const now = new Date();
    await seedChecks({ ...worker, now: () => now });
    expect(await seenUntil()).toEqual(new Date(now.getTime() - 5_000));
  });

  it("makes an agent that is disabled and whose key nobody can use, nor turn to another", async () => {
    const agent = await database.db.row(sql`
      SELECT agent.disabled_at IS NOT NULL AS disabled, api_key.revoked_at IS NOT NULL AS revoked, api_key.scopes
      FROM agent JOIN api_key ON api_key.agent_id = agent.id WHERE agent.id = ${CHECKS_AGENT_ID}`);
    expect(agent).toEqual({ disabled: true, revoked: true, scopes: [] });
    await expect(
      database.db.run(sql`UPDATE api_key SET revoked_at = NULL WHERE id = ${CHECKS_KEY_ID}`),
    ).rejects.toThrow(/api_key_of_the_checks_is_revoked/);
    await expect(
      database.db.run(sql`UPDATE draft SET agent_id = ${CHECKS_AGENT_ID} WHERE id = ${await submitRefund()}`),
    ).rejects.toThrow();
    expect((await listFilterOptions(ann)).agents).toEqual(["shop"]);
  });

  it("draws for each draft that comes, and for none that came before", async () => {
    await submitRefund();
    const past = { ...worker, now: () => new Date(Date.now() + 60_000) };
    await turn(0);
    await turn(10);
    await database.db.run(sql`UPDATE check_setting SET seen_until = now() + interval '1 second'`);
    expect(await seedChecks(past)).toBe(0);
    // Of two hundred, a lot of one in ten falls on none once in a thousand million runs.
    await database.db.run(sql`UPDATE check_setting SET seen_until = now()`);
    for (let at = 0; at < 200; at += 20) await Promise.all(Array.from({ length: 20 }, () => submitRefund()));
    expect(await seedChecks(past)).toBe(1);
    const open = await database.db.rows(sql`SELECT draft_id FROM seeded_check WHERE outcome IS NULL`);
    expect(open, "one open at most before each of these people").toHaveLength(1);
    expect(await seedChecks(past), "nothing has come since").toBe(0);

    // Another worker draws for the same drafts between this one's look and its turn: it draws for none of them.
    await closeOpen();
    await database.db.run(sql`UPDATE seeded_check SET template = template || draft_id`);
    await database.db.run(sql`UPDATE check_setting SET seen_until = now() - interval '1 hour'`);
    const slow = Object.assign(Object.create(database.db), {
      rows: async (statement: Statement) => {
        const found = await database.db.rows(statement);
        await seedChecks(past);
        await closeOpen();
        return found;
      },
    });
    expect(await seedChecks({ ...past, db: slow })).toBe(0);
    await database.db.run(
      sql`UPDATE draft SET status = 'withdrawn', decided_at = now() WHERE origin = 'agent' AND status = 'pending'`,
    );
  });

  it("turned off, takes back what waits", async () => {
    const id = await seed();
    await turn(0);
    expect(await closeChecks(worker)).toBe(1);
    expect(await stateOf(id)).toEqual({ status: "withdrawn", outcome: "lapsed", person_id: null });
    expect(await verbsOf(id)).toEqual(["draft.check_seeded", "draft.check_withdrawn"]);
    await turn(5);
  });
});

describe("a check that waits", () => {
  /** What would give it away anywhere in an answer. */
  async function tellTales(id: string): Promise<string[]> {
    const row = (await database.db.row<{ template: string; because: string }>(
      sql`SELECT template, because FROM seeded_check WHERE draft_id = ${id}`,
    ))!;
    return [
      CHECKS_AGENT_ID,
      CHECKS_KEY_ID,
      "Countersign checks",
      "check_seeded",
      "shown_",
      '"origin"',
      '"is_check"',
      row.because,
    ];
  }

  it("looks like the draft beside it in list, batch, review, trail, preview and live feed", async () => {
    const position = await feedPositionNow(database.db);
    const real = await submitRefund();
    const id = await seed();
    await indexDrafts(database.db, worker.policies);
    const [screen, realScreen] = [await getReview(ann, id), await getReview(ann, real)];
    expect(shapeOf(screen)).toEqual(shapeOf(realScreen));
    expect(screen.check).toBeNull();
    expect(screen.draft.agent).toEqual(realScreen.draft.agent);
    expect(screen.agentRecord).toEqual(realScreen.agentRecord);
    expect(screen.why).toEqual(realScreen.why);
    expect(screen.factChanges).toEqual([]);
    const sources = (each: typeof screen) =>
      each.classification.conditions.map(({ fact, source }) => [fact, source]);
    expect(sources(screen)).toEqual(sources(realScreen));

    const inbox = await listInbox(ann, { queue: "batch", limit: 500 });
    const item = inbox.items.find((each) => each.id === id);
    expect(shapeOf(item)).toEqual(shapeOf(inbox.items.find((each) => each.id === real)));
    expect(item?.agentName).toBe("shop");
    const filtered = await listInbox(ann, {
      queue: "batch",
      limit: 500,
      filters: { agents: ["shop"], q: "shop" },
    });
    expect(filtered.items.map((each) => each.id)).toContain(id);

    const batch = await getBatch(ann, { draftId: id, size: 50 });
    const inBatch = [...batch.items, ...batch.aside.map((each) => each.item)];
    expect(shapeOf(inBatch.find((each) => each.id === id))).toEqual(
      shapeOf(inBatch.find((each) => each.id === real)),
    );
    const [trail, realTrail] = [await listDraftTrail(ann, id), await listDraftTrail(ann, real)];
    expect(shapeOf(trail)).toEqual(shapeOf(realTrail));
    expect(trail[0]).toMatchObject({ verb: "draft.submitted", actor: "shop" });
    const edit = { ...screen.draft.payload, amount: 77 };
    const preview = await previewEdit(ann, { draftId: id, payload: edit });
    expect(preview).toEqual(
      await previewEdit(ann, { draftId: real, payload: { ...realScreen.draft.payload, amount: 77 } }),
    );
    const { changes } = await readChanges(database.db, position, Date.now());
    const of = (draftId: string) =>
      changes?.filter((each) => each.draftId === draftId).map(({ verb, by }) => ({ verb, by }));
    expect(of(id)).toEqual(of(real));

    const said = JSON.stringify([screen, inbox, batch, trail, preview, changes]);
    for (const word of await tellTales(id)) expect(said).not.toContain(word);
  });

  it("is kept from whom duty keeps from the drafts of the agent whose name it goes under", async () => {
    const id = await seed();
    const seen = async (ctx: Context<PersonActor>) =>
      (await listInbox(ctx, { queue: "batch", limit: 500 })).items.some((each) => each.id === id);
    // The agent is one person's, its key another's: neither sees it.
    await database.db.run(sql`UPDATE api_key SET owner_id = 'per_ben' WHERE id = 'key_shop'`);
    expect(await Promise.all([ann, owner, ben].map(seen))).toEqual([true, false, false]);
    await database.db.run(sql`UPDATE api_key SET owner_id = 'per_owner' WHERE id = 'key_shop'`);
    expect(await Promise.all([ann, owner, ben].map(seen))).toEqual([true, false, true]);
    await expect(decide(owner, id, { verdict: "reject", reason: "no" })).rejects.toMatchObject({
      code: "not_eligible",
    });
  });

  it("does not show in the record of the agent that it belongs to", async () => {
    const before = await getAgent(ann, { id: CHECKS_AGENT_ID });
    await seed();
    expect(await getAgent(ann, { id: CHECKS_AGENT_ID })).toEqual(before);
    const listed = (await listAgents(ann, { state: "disabled" })).rows.find(
      ({ id }) => id === CHECKS_AGENT_ID,
    );
    expect(listed).toMatchObject({ lastDraftAt: null, keys: 0, recent: { submitted: 0, waiting: 0 } });
  });

  it("is one for an admin who does not decide it", async () => {
    const id = await seed();
    expect((await getReview(admin, id)).check).toMatchObject({ outcome: null, because: expect.any(String) });
    expect((await getReview(manager, id)).check).toBeNull();
    expect((await listDraftTrail(admin, id))[0]).toMatchObject({
      verb: "draft.check_seeded",
      actor: "Countersign",
    });
    expect((await listDraftTrail(manager, id))[0]).toMatchObject({ verb: "draft.submitted" });
    const deciding: Context<PersonActor> = {
      ...admin,
      actor: { ...admin.actor, roles: ["admin", "approver"] },
    };
    expect((await listDraftTrail(deciding, id))[0]).toMatchObject({ verb: "draft.submitted" });
  });

  it("lies before somebody who may decide it, and beside what an agent drafted for itself, at first hand", async () => {
    await closeOpen();
    await database.db.run(sql`UPDATE seeded_check SET template = template || draft_id`);
    const id = await submitRefund();
    const beside = { id, action_type: "refund", rule: "medium #2" };
    const before = (await database.db.row<{ definition: object }>(
      sql`SELECT definition FROM approver_rule WHERE name = 'default_approvers'`,
    ))!;
    const ask = (definition: object) =>
      database.db.run(
        sql`UPDATE approver_rule SET definition = ${JSON.stringify(definition)}::jsonb WHERE name = 'default_approvers'`,
      );
    await ask({ bands: [{ up_to: null, mode: "all", ask: [{ kind: "person", id: "per_owner" }] }] });
    expect(await seedCheck(worker, beside, randomInt)).toBeNull();
    await ask(before.definition);

    const other = await submitRefund();
    await database.db.run(sql`UPDATE draft SET revises_id = ${other} WHERE id = ${id}`);
    expect(await seedCheck(worker, beside, randomInt)).toBeNull();
    await database.db.run(
      sql`UPDATE draft SET revises_id = NULL, requesting_key_id = 'key_shop' WHERE id = ${id}`,
    );
    expect(await seedCheck(worker, beside, randomInt)).toBeNull();
    await database.db.run(sql`UPDATE draft SET requesting_key_id = NULL WHERE id = ${id}`);
    expect(await seedCheck(worker, beside, randomInt)).not.toBeNull();
  });

  it("is made of a template once only for the same people, with ids that nobody has", async () => {
    await closeOpen();
    await database.db.run(sql`UPDATE seeded_check SET template = template || draft_id`);
    const templates: string[] = [];
    for (let more = true; more; ) {
      const beside = { id: await submitRefund(), action_type: "refund", rule: "medium #2" };
      const id = await seedCheck(worker, beside, randomInt);
      more = id !== null;
      if (!id) continue;
      const row = (await database.db.row<{ template: string; subject_id: string }>(sql`
        SELECT template, subject_id FROM seeded_check JOIN draft ON draft.id = draft_id WHERE draft_id = ${id}`))!;
      templates.push(row.template);
      expect(row.subject_id).toMatch(/^cus_[0-9]{6}$/);
      await closeOpen();
    }
    expect(templates.sort()).toEqual(
      worker.policies
        .get("refund")!
        .checks!.map(({ name }) => name)
        .sort(),
    );
  });

  it("comes to nobody before whom one lies already, and not under a rule that its template would not meet", async () => {
    await seed();
    await database.db.run(sql`UPDATE seeded_check SET template = template || draft_id`);
    const arrival = { id: await submitRefund(), action_type: "refund", rule: "medium #2" };
    expect(await seedCheck(worker, arrival, randomInt)).toBeNull();
    await closeOpen();
    expect(await seedCheck(worker, { ...arrival, rule: "low #1" }, randomInt)).toBeNull();
  });

  it("goes under no name of the built-in drafter, whose drafts all show the request that they answer", async () => {
    await closeOpen();
    const drafter = (await world.agent(DRAFTER_ID.replace("agt_", ""), "per_owner")).ctx;
    const beside = { id: await submitRefund(120, drafter), action_type: "refund", rule: "medium #2" };
    expect(await seedCheck(worker, beside, randomInt)).toBeNull();
    const arrival = { ...beside, id: await submitRefund() };
    expect(await seedCheck(worker, arrival, randomInt)).not.toBeNull();
  });
});

describe("deciding a check", () => {
  it.each([
    ["reject", "rejected", "caught", "draft.check_caught"],
    ["request_changes", "changes_requested", "caught", "draft.check_caught"],
    ["approve", "withdrawn", "missed", "draft.check_missed"],
    ["edit_and_approve", "withdrawn", "missed", "draft.check_missed"],
  ] as const)("by %s leaves it %s: %s", async (verdict, status, outcome, verb) => {
    const id = await seed();
    const since = new Date().toISOString();
    const before = await getDayFigures(ann, { since });
    const record = await getAgentRecord(ann, "agt_shop", "refund");
    const result = await decide(ann, id, {
      verdict,
      ...(outcome === "caught" ? { reason: "It is not right" } : {}),
    });
    expect(result).toMatchObject({
      status,
      undoUntil: null,
      movedTo: null,
      check: { caught: outcome === "caught", because: expect.any(String) },
    });
    expect(await stateOf(id)).toEqual({ status, outcome, person_id: "per_ann" });
    expect(await verbsOf(id)).toEqual(["draft.check_seeded", verb]);
    expect((await getReview(ann, id)).check).toMatchObject({ outcome, decidedBy: "ann" });
    expect((await listDraftTrail(ben, id))[0]).toMatchObject({ verb: "draft.check_seeded" });
    // Nothing else has come of it, and it counts for nobody.
    const left = await database.db.row(sql`
      SELECT (SELECT count(*)::int FROM example WHERE draft_id = ${id}) AS examples,
             (SELECT count(*)::int FROM execution WHERE draft_id = ${id}) AS executions,
             (SELECT count(*)::int FROM dbos.workflow_status WHERE workflow_uuid LIKE '%' || ${id} || '%') AS runs,
             (SELECT count(*)::int FROM decision WHERE draft_id = ${id}) AS decisions`);
    expect(left).toEqual({ examples: 0, executions: 0, runs: 0, decisions: 1 });
    expect(await getDayFigures(ann, { since })).toEqual(before);
    expect(await getAgentRecord(ann, "agt_shop", "refund")).toEqual(record);
    const history = await listHistory(ann, { filters: { decidedBy: "me" }, limit: 200 });
    expect(history.items.map((each) => each.id)).not.toContain(id);
    const ofRule = await listHistory(ann, {
      filters: { types: ["refund"], rules: ["medium #2"] },
      limit: 200,
    });
    expect(ofRule.items.map((each) => each.id)).not.toContain(id);
    await expect(decide(ben, id, { verdict: "reject", reason: "no" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("in a batch tells which it was, and tells it again when the batch is sent again", async () => {
    const real = await submitRefund();
    const id = await seed();
    const items = await Promise.all(
      [real, id].map(async (draftId) => ({
        draftId,
        verdict: "approve" as const,
        screenHash: (await getReview(ann, draftId)).screenHash,
      })),
    );
    const batch = { batchId: ulid(), items };
    const { results } = await decideBatch(ann, batch);
    expect(results).toEqual([
      expect.objectContaining({ draftId: real, ok: true }),
      expect.objectContaining({
        draftId: id,
        ok: true,
        check: { caught: false, because: expect.any(String) },
      }),
    ]);
    expect(results[0]).not.toHaveProperty("check");
    expect((await decideBatch(ann, batch)).results).toEqual(results);
  });

  it("lets one of two people decide it, and an edit be one", async () => {
    const id = await seed();
    const { draft } = await getReview(ann, id);
    for (const payload of [draft.payload, { ...draft.payload, amount: -1 }]) {
      await expect(decide(ann, id, { verdict: "edit_and_approve", payload })).rejects.toMatchObject({
        code: "invalid_payload",
      });
    }
    const given = await Promise.allSettled([
      decide(ann, id, {}),
      decide(ben, id, { verdict: "reject", reason: "no" }),
    ]);
    expect(given.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("carrying a check out", () => {
  it("is refused by every verb, before it is decided and after", async () => {
    const checksKey: Context<KeyActor> = {
      ...shop,
      actor: { ...shop.actor, keyId: CHECKS_KEY_ID, agentId: CHECKS_AGENT_ID, scopes: shop.actor.scopes },
    };
    for (const verdict of [null, "approve", "edit_and_approve", "reject", "request_changes"] as const) {
      const id = await seed();
      if (verdict) await decide(ann, id, { verdict, ...(verdict.includes("re") ? { reason: "no" } : {}) });
      const state = await stateOf(id);
      const { screenHash } = await getReview(ann, id);
      const report = {
        grant: "x".repeat(40),
        outcome: "succeeded",
        executed_payload_hash: "0".repeat(64),
      } as const;
      const attempts: [string, () => Promise<unknown>][] = [
        ["claim", () => claimExecution(shop, id)],
        ["claim with the checks' own key", () => claimExecution(checksKey, id)],
        ["report", () => reportExecution(shop, id, report)],
        ["report with the checks' own key", () => reportExecution(checksKey, id, report)],
        ["undo", () => undoDecision(ann, { draftId: id })],
        ["read by the agent", () => getDraft(shop, id)],
        ["withdraw", () => withdrawDraft(shop, id)],
        ["revise", () => reviseDraft(shop, id, REVISION, { idempotencyKey: null })],
        ["look at it afterwards", () => reviewExecuted(ann, { draftId: id, verdict: "uphold", screenHash })],
      ];
      for (const [what, attempt] of attempts) {
        await expect(attempt(), `${what} after ${verdict}`).rejects.toMatchObject({
          code: expect.any(String),
        });
      }
      await dispatchDraft(worker, id, `execute:${id}:again`).catch(() => {});
      expect(await escalateDraft(worker, id, 0, "successor")).toBe("superseded");
      for (const status of ["approved", "executing", "executed", "failed"]) {
        await expect(
          database.db.run(sql`
            UPDATE draft SET status = ${status}, decided_payload = payload, decided_payload_hash = payload_hash,
                             decided_at = now() WHERE id = ${id}`),
        ).rejects.toThrow(/draft_check_is_never_executed/);
      }
      await expect(
        database.db.run(sql`UPDATE draft SET origin = 'agent' WHERE id = ${id}`),
      ).rejects.toThrow();
      expect(await stateOf(id)).toEqual(state);
      expect((await listDrafts(shop, {})).drafts.map((each) => each.id)).not.toContain(id);
      const executions = await database.db.rows(sql`SELECT 1 FROM execution WHERE draft_id = ${id}`);
      expect(executions).toEqual([]);
    }
  });
});

const REVISION = {
  action_type: "refund",
  payload: { order_id: "ord_1", amount: 60, currency: "USD", reason: "Less" },
  summary: "Less",
  subject: { type: "customer", id: "cus_1" },
};

/** A value with everything taken out but its structure: keys, and of what kind each value is; lists by their first. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
  if (typeof value !== "object" || value === null) return value === null ? null : typeof value;
  const entries = Object.entries(value).filter(([key]) => !["payload", "content", "source"].includes(key));
  return Object.fromEntries(entries.map(([key, part]) => [key, shapeOf(part)]));
}
