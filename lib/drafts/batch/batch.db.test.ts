import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ulid } from "ulid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { pushFacts } from "@/lib/facts/push-facts";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { decideDraft } from "../decide-draft";
import { getReview } from "../get-review";
import { reviseDraft } from "../revise-draft";
import { submitDraft } from "../submit-draft";
import { undoDecision } from "../undo-decision";
import { decideBatch } from "./decide-batch";
import { getBatch } from "./get-batch";
import type { Batch, BatchResult } from "./types";
import { undoBatch } from "./undo-batch";

const folder = mkdtempSync(join(tmpdir(), "countersign-policies-"));
let database: TestDatabase;
let agent: Context<KeyActor>;
let crm: Context<KeyActor>;
let ann: Context<PersonActor>;
let ben: Context<PersonActor>;
let serial = 0;

const rule = { route: "batch_review", sla_hours: 24, undo_seconds: 60 };
/** One action type for each part of these tests, so that they do not see each other's drafts. */
const TYPES = ["alike", "apart", "decided", "raced", "undone", "read", "totals"];

beforeAll(async () => {
  const schema = {
    type: "object",
    additionalProperties: false,
    required: ["order_id", "amount"],
    properties: {
      order_id: { type: "string" },
      amount: { type: "number" },
      currency: { type: "string" },
      reason: { type: "string" },
    },
  };
  for (const action_type of TYPES) {
    mkdirSync(join(folder, action_type));
    const when = { amount_lte: 500, order_status_ne: "lost" };
    const total = { subject_action_type_amount_24h_lte: 1500 };
    const medium = { ...rule, tier: "medium", when: action_type === "totals" ? { ...when, ...total } : when };
    const policy = {
      action_type,
      tiers: [
        action_type === "read" ? { ...medium, min_reading_seconds: 20 } : medium,
        { tier: "high", route: "named_approver", approver_rule: "finance_oncall", sla_hours: 8 },
      ],
      facts: {
        order_status: { from: "pushed", subject: "order", id: "/order_id", name: "status" },
      },
    };
    writeFileSync(join(folder, action_type, "policy.json"), JSON.stringify(policy));
    writeFileSync(join(folder, action_type, "schema.json"), JSON.stringify(schema));
  }
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  const policies = loadPolicies(folder);
  await recordPolicyVersions(database.db, policies);
  const owner = await world.person("owner", { roles: ["admin"] });
  ann = { ...(await world.person("ann")), policies };
  ben = { ...(await world.person("ben")), policies };
  await world.person("finn", { rules: ["finance_oncall"] });
  agent = { ...(await world.agent("shop", owner.actor.personId)).ctx, policies };
  crm = { ...(await world.integration("crm", owner.actor.personId)).ctx, policies };
  // Something was drafted about these customers before, in another queue.
  for (const actionType of TYPES) await submit(actionType, { amount: 900 });
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const submission = (
  actionType: string,
  changes: { amount?: number; customer?: string; summary?: string } = {},
) => {
  const order = `ord_${++serial}`;
  return {
    order,
    body: {
      action_type: actionType,
      payload: { order_id: order, amount: changes.amount ?? 100, currency: "USD", reason: "damaged" },
      summary: changes.summary ?? `Refund ${order}`,
      evidence: [{ kind: "message", title: "Customer", content: "It arrived broken." }],
      subject: { type: "customer", id: changes.customer ?? `${actionType}_known` },
    },
  };
};

async function submit(actionType: string, changes: Parameters<typeof submission>[1] = {}): Promise<string> {
  const { order, body } = submission(actionType, changes);
  await pushFacts(crm, { type: "order", id: order }, { facts: { status: "delivered" } });
  return (await submitDraft(agent, body, { idempotencyKey: null })).id;
}

const submitMany = async (actionType: string, count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await submit(actionType));
  return ids;
};

const approvalsOf = (batch: Batch) =>
  batch.items.map(({ id, screenHash, precedents }) => ({
    draftId: id,
    verdict: "approve" as const,
    screenHash,
    precedentIds: precedents.map(({ exampleId }) => exampleId),
    secondsOnScreen: 5,
  }));

const failuresOf = (results: BatchResult[]) => results.filter(({ ok }) => !ok);
const eventsOf = (batchId: string) =>
  database.db.rows<{ draft_id: string; verb: string }>(sql`
    SELECT draft_id, verb FROM audit_event WHERE event->>'batch' = ${batchId} ORDER BY id`);
const decisionsOf = (batchId: string) =>
  database.db.rows<{ draft_id: string; person_id: string; seconds_on_screen: number; undone: boolean }>(sql`
    SELECT draft_id, person_id, seconds_on_screen, undone_at IS NOT NULL AS undone
    FROM decision WHERE batch_id = ${batchId}`);

describe("a batch", () => {
  it("is the ten most urgent of one action type and rule, each with the hash of its review", async () => {
    const ids = await submitMany("alike", 12);
    const batch = await getBatch(ann, { actionType: "alike", rule: "medium #1" });
    expect(batch.group).toMatchObject({ actionType: "alike", rule: "medium #1", tier: "medium", count: 12 });
    expect(batch.items.map(({ id }) => id)).toEqual(ids.slice(0, 10));
    for (const { id, screenHash } of batch.items) {
      expect(screenHash).toBe((await getReview(ann, id)).screenHash);
    }
    expect(batch.comparison.columns.map(({ label }) => label)).toEqual(["Order id"]);
    expect(batch.comparison.same.map(({ label, text }) => `${label} ${text}`)).toEqual(
      expect.arrayContaining(["Amount $100.00", "Reason damaged", "Order status delivered"]),
    );
    expect(await getBatch(ann, { draftId: ids[11]! })).toMatchObject({ group: batch.group });
    expect((await getBatch(ann, { draftId: ids[11]!, size: 3 })).items).toHaveLength(3);
  });

  it("leaves out what somebody asked for cannot decide, and is empty where nothing waits", async () => {
    expect(await getBatch(ann, { actionType: "alike", rule: "no such" })).toMatchObject({
      group: null,
      items: [],
    });
    const owner = { ...ann, actor: { ...ann.actor, personId: "per_owner", roles: ["approver" as const] } };
    expect((await getBatch(owner, {})).groups).toEqual([]);
  });

  it("shows what was decided before as precedents, nearest first, as the review finds them", async () => {
    const [id] = await submitMany("alike", 1);
    const { screenHash } = await getReview(ben, id!);
    await decideDraft(ben, { draftId: id!, verdict: "approve", screenHash });
    const { items } = await getBatch(ann, { actionType: "alike", rule: "medium #1" });
    const [first] = items;
    const review = await getReview(ann, first!.id);
    expect(first!.precedents).toHaveLength(1);
    expect(first!.precedents.map(({ exampleId }) => exampleId)).toEqual(
      review.precedents.map(({ exampleId }) => exampleId),
    );
    expect(first!.precedents[0]!.similarity).toBeCloseTo(review.precedents[0]!.similarity!, 6);
  });

  it("puts aside what is unlike the others, each with its reason, and fills up with the next", async () => {
    await submit("apart");
    const large = await submit("apart", { amount: 480 });
    const stranger = await submit("apart", { customer: "cus_new" });
    const hidden = await submit("apart", { summary: "Refund\u202e it" });
    const moved = await submit("apart");
    const rest = await submitMany("apart", 12);
    const order = (await getReview(ann, moved)).draft.payload.order_id as string;
    await pushFacts(crm, { type: "order", id: order }, { facts: { status: "returned" } });

    const batch = await getBatch(ann, { draftId: rest[0]! });
    expect(batch.items).toHaveLength(10);
    const reasons = Object.fromEntries(
      batch.aside.map(({ item, reasons }) => [item.id, reasons.map(({ sentence }) => sentence)]),
    );
    expect(reasons).toEqual({
      [large]: ["$480.00 is 4.8 times the median of the 17 here, $100.00."],
      [stranger]: [
        "A new subject: nothing was drafted about customer cus_new before, but about 16 of the 17 here.",
      ],
      [hidden]: ["Its text holds a passage that cannot be seen."],
      [moved]: ["Order status was delivered when it was submitted and is returned now."],
    });
  });

  it("minds a total only where it would be handled otherwise by now", async () => {
    const [first] = await submitMany("totals", 3);
    // 900 in the other queue, and 300 here: it stays as it is.
    expect((await getBatch(ann, { draftId: first! })).aside).toEqual([]);
    await submit("totals", { amount: 700 });
    const { items, aside } = await getBatch(ann, { draftId: first! });
    expect(items).toEqual([]);
    expect(aside.map(({ reasons }) => reasons.map(({ sentence }) => sentence))[0]).toEqual([
      "Subject action type amount 24h was 1,000 when it was submitted and is 1,900 now.",
    ]);
  });

  it("puts aside what is most like a rejected one", async () => {
    const batch = await getBatch(ann, { actionType: "apart", rule: "medium #1" });
    const { id: draftId, screenHash } = batch.items[0]!;
    await decideDraft(ben, { draftId, screenHash, verdict: "reject", reason: "a duplicate" });
    const next = await getBatch(ann, { actionType: "apart", rule: "medium #1" });
    expect(next.items).toEqual([]);
    expect(next.aside[0]!.reasons.map(({ sentence }) => sentence)).toContain(
      "The most similar past draft was rejected: “a duplicate”",
    );
  });
});

describe("deciding a batch", () => {
  it("writes ten decisions and ten events, with the time that each was looked at", async () => {
    await submitMany("decided", 10);
    const batch = await getBatch(ann, { actionType: "decided", rule: "medium #1" });
    const batchId = ulid();
    const { results } = await decideBatch(ann, { batchId, items: approvalsOf(batch) });
    expect(failuresOf(results)).toEqual([]);
    expect(results.map(({ draftId }) => draftId)).toEqual(batch.items.map(({ id }) => id));
    expect(results.every((result) => result.ok && result.undoUntil !== null)).toBe(true);
    const decisions = await decisionsOf(batchId);
    expect(decisions).toHaveLength(10);
    expect(decisions.every(({ seconds_on_screen }) => seconds_on_screen === 5)).toBe(true);
    const events = await eventsOf(batchId);
    expect(events.map(({ verb }) => verb)).toEqual(Array(10).fill("draft.approved"));
    expect(new Set(events.map(({ draft_id }) => draft_id)).size).toBe(10);
  });

  it("leaves out what moved, what a colleague decided (by name) and what was withdrawn; the rest goes through", async () => {
    await submitMany("decided", 6);
    const batch = await getBatch(ann, { actionType: "decided", rule: "medium #1" });
    const [moved, lost, refused, ...others] = batch.items;
    await database.db.run(sql`UPDATE draft SET version = version + 1 WHERE id = ${moved!.id}`);
    await decideDraft(ben, { draftId: lost!.id, verdict: "approve", screenHash: lost!.screenHash });
    const items = approvalsOf(batch).map((item) =>
      item.draftId === refused!.id ? { ...item, verdict: "reject" as const, reason: "not this one" } : item,
    );
    const { results } = await decideBatch(ann, { batchId: ulid(), items });
    expect(failuresOf(results)).toEqual([
      expect.objectContaining({ draftId: moved!.id, code: "screen_moved" }),
      { draftId: lost!.id, ok: false, code: "conflict", message: "ben decided this first (approve)." },
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(others.length + 1);
    const row = await database.db.row(sql`
      SELECT draft.status, decision.reason FROM draft JOIN decision ON decision.draft_id = draft.id
      WHERE draft.id = ${refused!.id}`);
    expect(row).toEqual({ status: "rejected", reason: "not this one" });
  });

  it("decides nothing twice when it is sent again, also at the same moment, and says what it decided", async () => {
    await submitMany("decided", 5);
    const batch = await getBatch(ann, { actionType: "decided", rule: "medium #1" });
    const input = { batchId: ulid(), items: approvalsOf(batch) };
    // As after a crash in the middle: some are decided, and the answer never came.
    await decideBatch(ann, { ...input, items: input.items.slice(0, 2) });
    const answers = await Promise.all([decideBatch(ann, input), decideBatch(ann, input)]);
    const last = await decideBatch(ann, input);
    for (const { results } of [...answers, last]) expect(failuresOf(results)).toEqual([]);
    expect(await decisionsOf(input.batchId)).toHaveLength(input.items.length);
    expect(await eventsOf(input.batchId)).toHaveLength(input.items.length);
  });

  it("refuses a draft that waits for a named approver, a reason that is missing, and the same draft twice", async () => {
    const named = await submit("decided", { amount: 900 });
    const { screenHash } = await getReview(ann, named);
    const item = { draftId: named, verdict: "approve" as const, screenHash };
    const { results } = await decideBatch(ann, { batchId: ulid(), items: [item] });
    expect(results).toEqual([expect.objectContaining({ ok: false, code: "not_eligible" })]);
    const without = [{ ...item, verdict: "reject" as const }];
    await expect(decideBatch(ann, { batchId: ulid(), items: without })).rejects.toMatchObject({
      code: "invalid_request",
    });
    await expect(decideBatch(ann, { batchId: ulid(), items: [item, item] })).rejects.toMatchObject({
      code: "invalid_request",
    });
    await expect(decideBatch(ann, { batchId: "1", items: [item] })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  it("of two people with the same ten, lets one win each draft, and tells the other who did", async () => {
    const ids = await submitMany("raced", 10);
    const asked = { actionType: "raced", rule: "medium #1" };
    const [ofAnn, ofBen] = await Promise.all([getBatch(ann, asked), getBatch(ben, asked)]);
    const sent = [
      { by: ann, other: "ben", input: { batchId: ulid(), items: approvalsOf(ofAnn) } },
      { by: ben, other: "ann", input: { batchId: ulid(), items: approvalsOf(ofBen).reverse() } },
    ];
    const answers = await Promise.all(sent.map(({ by, input }) => decideBatch(by, input)));
    const won = answers.flatMap(({ results }) => results.filter(({ ok }) => ok));
    expect(won.map(({ draftId }) => draftId).sort()).toEqual([...ids].sort());
    answers.forEach(({ results }, index) => {
      for (const failure of failuresOf(results)) {
        expect(failure).toMatchObject({
          code: "conflict",
          message: `${sent[index]!.other} decided this first (approve).`,
        });
      }
    });
    const rows = await database.db.rows(sql`SELECT 1 FROM decision WHERE draft_id = ANY(${ids}::text[])`);
    expect(rows).toHaveLength(10);
  });

  it("asks once more whoever is quicker than the policy wants, and takes their word", async () => {
    await submitMany("read", 2);
    const batch = await getBatch(ann, { actionType: "read", rule: "medium #1" });
    expect(batch.items[0]).toMatchObject({ minReadingSeconds: 20 });
    const input = { batchId: ulid(), items: approvalsOf(batch) };
    const { results } = await decideBatch(ann, input);
    expect(failuresOf(results).map((result) => "code" in result && result.code)).toEqual([
      "too_quick",
      "too_quick",
    ]);
    const confirmed = await decideBatch(ann, { ...input, confirmedQuick: true });
    expect(failuresOf(confirmed.results)).toEqual([]);
  });
});

describe("taking a batch back", () => {
  it("takes back each that can be, and says of the others why not", async () => {
    await submitMany("undone", 4);
    const batch = await getBatch(ann, { actionType: "undone", rule: "medium #1" });
    const batchId = ulid();
    const items = approvalsOf(batch).map((item, index) =>
      index === 3 ? { ...item, verdict: "request_changes" as const, reason: "half of it" } : item,
    );
    await decideBatch(ann, { batchId, items });
    const [taken, carriedOut, , answered] = items.map(({ draftId }) => draftId);
    await undoDecision(ann, { draftId: taken! });
    await database.db.run(sql`UPDATE execution SET status = 'claimed' WHERE draft_id = ${carriedOut!}`);
    await reviseDraft(agent, answered!, submission("undone").body, { idempotencyKey: null });

    await expect(undoBatch(ben, { batchId })).rejects.toMatchObject({ code: "not_found" });
    const { results } = await undoBatch(ann, { batchId });
    const byId = new Map(results.map((result) => [result.draftId, result]));
    expect(byId.size).toBe(3);
    expect(byId.get(items[2]!.draftId)).toMatchObject({ ok: true });
    expect(byId.get(carriedOut!)).toMatchObject({ ok: false, code: "conflict" });
    expect(byId.get(answered!)).toMatchObject({
      ok: false,
      message: "It is too late to undo: the agent has sent a revision already.",
    });
    const undone = (await decisionsOf(batchId)).filter((decision) => decision.undone);
    expect(undone.map(({ draft_id }) => draft_id).sort()).toEqual([taken!, items[2]!.draftId].sort());
    // Sent again after that, the batch brings nothing back that was taken back.
    const again = await decideBatch(ann, { batchId, items: items.slice(0, 1) });
    expect(again.results[0]).toMatchObject({ ok: false, message: "You took this decision back." });
  });
});
