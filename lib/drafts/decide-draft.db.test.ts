import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listDraftTrail } from "@/lib/audit/list-draft-trail";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { pushFacts } from "@/lib/facts/push-facts";
import { decideDraft } from "./decide-draft";
import { getReview } from "./get-review";
import { listInbox } from "./list-inbox";
import { submitDraft } from "./submit-draft";

let database: TestDatabase;
let world: TestWorld;
let agent: Context<KeyActor>;
let ann: Context<PersonActor>;
let ben: Context<PersonActor>;
let finn: Context<PersonActor>;
let owner: Context<PersonActor>;
let serial = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createTestWorld(database.db);
  ann = await world.person("ann");
  ben = await world.person("ben");
  finn = await world.person("finn", { rules: ["finance_oncall"] });
  await world.person("lea", { rules: ["finance_lead"] });
  owner = await world.person("owner", { roles: ["approver", "admin"], rules: ["finance_oncall"] });
  agent = (await world.agent("shop", owner.actor.personId)).ctx;
  const integration = (await world.integration("crm", owner.actor.personId)).ctx;
  for (const id of ["cus_1", "cus_2"]) {
    await pushFacts(
      integration,
      { type: "customer", id },
      {
        facts: { customer_months: 12, chargeback_open: false, account_flagged_fraud: false },
      },
    );
  }
});
afterAll(() => database?.drop());

const refund = (amount: number, subject = "cus_1") => ({
  action_type: "refund",
  payload: { order_id: `ord_${++serial}`, amount, currency: "USD", reason: "damaged" },
  summary: `Refund ${amount} for order ord_${serial}`,
  evidence: [{ kind: "message" as const, title: "Customer", content: "It arrived broken." }],
  subject: { type: "customer", id: subject },
});
const submit = (amount: number) => submitDraft(agent, refund(amount), { idempotencyKey: null });
async function decide(ctx: Context<PersonActor>, id: string, input: object) {
  const { screenHash } = await getReview(ctx, id);
  return decideDraft(ctx, { draftId: id, screenHash, verdict: "approve", ...input });
}

describe("submitting and deciding", () => {
  it("executes a low refund by itself and routes the others by amount", async () => {
    expect(await submit(20)).toMatchObject({ status: "approved", tier: "low", route: "auto_execute" });
    expect(await submit(300)).toMatchObject({ status: "pending", tier: "medium", route: "batch_review" });
    expect(await submit(900)).toMatchObject({ status: "pending", tier: "high", route: "named_approver" });
  });

  it("sends a refund of an unknown customer to a person instead of executing it", async () => {
    const answer = await submitDraft(agent, refund(20, "cus_unknown"), { idempotencyKey: null });
    expect(answer).toMatchObject({ status: "pending" });
  });

  it("answers the same idempotency key with the first answer, and refuses another body under it", async () => {
    const body = refund(40);
    const first = await submitDraft(agent, body, { idempotencyKey: "once" });
    expect(await submitDraft(agent, structuredClone(body), { idempotencyKey: "once" })).toEqual(first);
    await expect(submitDraft(agent, refund(41), { idempotencyKey: "once" })).rejects.toMatchObject({
      code: "idempotency_key_reused",
    });
    const rows = await database.db.rows(sql`SELECT 1 FROM draft WHERE idempotency_key = 'once'`);
    expect(rows).toHaveLength(1);
  });

  it("writes decision, event, example with its vector and execution in one go", async () => {
    const { id, payload_hash } = await submit(310);
    expect(await decide(ann, id, {})).toMatchObject({
      status: "approved",
      movedTo: null,
      approvalsMissing: 0,
    });
    const row = await database.db.row(sql`
      SELECT draft.status, draft.decided_payload_hash, decision.verdict, example.outcome,
             example.embedding IS NOT NULL AS has_vector, execution.status AS execution
      FROM draft JOIN decision ON decision.draft_id = draft.id JOIN example ON example.draft_id = draft.id
      JOIN execution ON execution.draft_id = draft.id WHERE draft.id = ${id}`);
    expect(row).toEqual({
      status: "approved",
      decided_payload_hash: payload_hash,
      verdict: "approve",
      outcome: "approved",
      has_vector: true,
      execution: "waiting",
    });
    const verbs = (await listDraftTrail(ann, id)).map(({ verb }) => verb);
    expect(verbs).toEqual(["draft.submitted", "draft.approved"]);
  });

  it("shows the next similar draft its precedents with what differs", async () => {
    const { id } = await submit(320);
    const review = await getReview(ben, id);
    expect(review.precedents[0]).toMatchObject({ outcome: "approved", decidedBy: "ann" });
    expect(review.precedents[0]?.differences.map(({ path }) => path)).toContain("/amount");
    await decide(ben, id, { verdict: "reject", reason: "a duplicate" });
  });

  it("keeps the drafter's owner from deciding, admin or not, and records the attempt", async () => {
    const { id } = await submit(900);
    await expect(decide(owner, id, {})).rejects.toMatchObject({ code: "not_eligible" });
    expect((await listDraftTrail(finn, id)).map(({ verb }) => verb)).toContain("draft.decision_denied");
    expect((await getReview(owner, id)).why).toMatchObject({ eligible: false });
  });

  it("keeps a person who is not on the approver rule from deciding", async () => {
    const { id } = await submit(900);
    await expect(decide(ann, id, {})).rejects.toMatchObject({ code: "not_eligible" });
    expect(await decide(finn, id, {})).toMatchObject({ status: "approved" });
  });

  it("sends an edit over its tier to the named approver instead of executing it", async () => {
    const { id } = await submit(330);
    const payload = { ...(await getReview(ann, id)).draft.payload, amount: 800 };
    expect(await decide(ann, id, { verdict: "edit_and_approve", payload })).toMatchObject({
      status: "pending",
      tier: "high",
      movedTo: { approverRule: "finance_oncall" },
    });
    await expect(decide(ann, id, {})).rejects.toMatchObject({ code: "not_eligible" });
    expect(await decide(finn, id, {})).toMatchObject({ status: "approved" });
    const row = await database.db.row(sql`
      SELECT payload->>'amount' AS proposed, decided_payload->>'amount' AS decided, example.outcome
      FROM draft JOIN example ON example.draft_id = draft.id WHERE draft.id = ${id}`);
    expect(row).toEqual({ proposed: "330", decided: "800", outcome: "edited" });
  });

  it("refuses an edit that the payload's schema or a hard block forbids", async () => {
    const { id } = await submit(340);
    const { payload } = (await getReview(ann, id)).draft;
    for (const bad of [{ ...payload, amount: -1 }, { ...payload, smuggled: true }, payload]) {
      await expect(decide(ann, id, { verdict: "edit_and_approve", payload: bad })).rejects.toMatchObject({
        code: "invalid_payload",
      });
    }
  });

  it("refuses a decision on a screen that has moved, and writes nothing", async () => {
    const { id } = await submit(350);
    const { screenHash } = await getReview(ann, id);
    await database.db.run(sql`UPDATE draft SET version = version + 1 WHERE id = ${id}`);
    await expect(decideDraft(ann, { draftId: id, verdict: "approve", screenHash })).rejects.toMatchObject({
      code: "screen_moved",
    });
    expect(await database.db.rows(sql`SELECT 1 FROM decision WHERE draft_id = ${id}`)).toHaveLength(0);
  });

  it("needs a reason to reject or to ask for changes", async () => {
    const { id } = await submit(360);
    await expect(decide(ann, id, { verdict: "reject", reason: " " })).rejects.toMatchObject({
      code: "invalid_request",
    });
    await expect(decide(ann, id, { verdict: "request_changes" })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  it("counts distinct people towards a quorum", async () => {
    const { id } = await submit(370);
    await database.db.run(sql`UPDATE draft SET approvals_required = 2 WHERE id = ${id}`);
    expect(await decide(ann, id, {})).toMatchObject({ status: "pending", approvalsMissing: 1 });
    await expect(decide(ann, id, {})).rejects.toMatchObject({ code: "conflict" });
    expect(await decide(ben, id, {})).toMatchObject({ status: "approved" });
  });

  it("lists what a person may decide, most urgent first, page by page, and never their own agent's", async () => {
    const first = await listInbox(ann, { queue: "batch", limit: 2 });
    const second = await listInbox(ann, {
      queue: "batch",
      limit: 200,
      cursor: first.nextCursor ?? undefined,
    });
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(first.counts.batch);
    expect((await listInbox(ann, { queue: "named" })).items).toEqual([]);
    expect((await listInbox(finn, { queue: "named" })).items.length).toBeGreaterThan(0);
    expect((await listInbox(owner, { queue: "named" })).items).toEqual([]);
  });

  it("lets exactly one of twenty people win, fifty times, and tells the rest who did", {
    timeout: 300_000,
  }, async () => {
    const people = await Promise.all(Array.from({ length: 20 }, (_, index) => world.person(`racer${index}`)));
    for (let round = 0; round < 50; round++) {
      const { id } = await submit(400);
      const { screenHash } = await getReview(people[0]!, id);
      const results = await Promise.allSettled(
        people.map((ctx, index) =>
          decideDraft(ctx, {
            draftId: id,
            screenHash,
            ...(index % 2 ? { verdict: "approve" as const } : { verdict: "reject" as const, reason: "no" }),
          }),
        ),
      );
      const won = results.filter(({ status }) => status === "fulfilled");
      expect(won).toHaveLength(1);
      const [row] = await database.db.rows<{ name: string }>(sql`
        SELECT person.name FROM decision JOIN person ON person.id = person_id WHERE draft_id = ${id}`);
      for (const result of results) {
        if (result.status === "rejected") {
          expect(result.reason).toMatchObject({ code: "conflict", details: { winner: { name: row?.name } } });
        }
      }
    }
  });
});

describe("the trail", () => {
  it.each([
    ["UPDATE", sql`UPDATE audit_event SET verb = 'draft.rejected'`],
    ["DELETE", sql`DELETE FROM audit_event`],
    ["TRUNCATE", sql`TRUNCATE audit_event`],
  ])("refuses %s", async (_, statement) => {
    await submit(20);
    await expect(database.db.run(statement)).rejects.toThrow(/append-only/);
  });

  it("refuses an event that reads differently from what is hashed", async () => {
    await expect(
      database.db.run(sql`
        INSERT INTO audit_event (verb, bytes, event, occurred_at)
        VALUES ('draft.approved', convert_to('{"a":1}', 'UTF8'), '{"a":2}', now())`),
    ).rejects.toThrow(/audit_event_reads_as_hashed/);
  });
});
