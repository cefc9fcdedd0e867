import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { decisionSchema } from "@/lib/drafts/decision";
import { getReview } from "@/lib/drafts/get-review";
import { submitDraft } from "@/lib/drafts/submit-draft";
import { indexDrafts } from "@/lib/search/index-drafts";
import { countLibrary } from "./count-library";
import { getExample } from "./get-example";
import { listExamples } from "./list-examples";
import { restoreExample } from "./restore-example";
import { selectExamples } from "./select-examples";
import { withdrawExample } from "./withdraw-example";

let database: TestDatabase;
let agent: Context<KeyActor>;
let ann: Context<PersonActor>;
let max: Context<PersonActor>;
let audit: Context<PersonActor>;
const ids: Record<string, string> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  const owner = await world.person("owner", { roles: ["admin"] });
  ann = await world.person("ann", { rules: ["default_approvers", "finance_oncall"] });
  max = await world.person("max", { roles: ["manager"] });
  audit = await world.person("aud", { roles: ["auditor"] });
  agent = (await world.agent("shop", owner.actor.personId)).ctx;
  ids.lamp = await decide("The lamp arrived broken", { verdict: "approve" });
  ids.parcel = await decide("The parcel came late", {
    verdict: "edit_and_approve",
    payload: refund("The parcel came late", 30).payload,
    reason: "Half is enough",
  });
  ids.worn = await decide("The shoes are worn out", { verdict: "reject", reason: "That is no defect" });
  ids.vague = await decide("Something is wrong", { verdict: "request_changes", reason: "Say what is wrong" });
  await indexDrafts(database.db, world.policies);
});
afterAll(() => database?.drop());

const refund = (reason: string, amount = 60) => ({
  action_type: "refund",
  payload: { amount, currency: "USD", reason },
  summary: reason,
  subject: { type: "customer", id: "cus_1234567" },
});

async function decide(reason: string, said: object): Promise<string> {
  const { id } = await submitDraft(agent, refund(reason), { idempotencyKey: null });
  const { screenHash } = await getReview(ann, id);
  await decideDraft(ann, decisionSchema.parse({ draftId: id, screenHash, confirmedQuick: true, ...said }));
  return (await database.db.row<{ id: string }>(sql`SELECT id FROM example WHERE draft_id = ${id}`))!.id;
}

const listed = async (input: Parameters<typeof listExamples>[1]) =>
  (await listExamples(max, input)).items.map(({ id }) => id);
const inPrompts = async () =>
  (await selectExamples(max, { actionType: "refund", limit: 20 })).map(({ id }) => id);
const eventsOf = (exampleId: string) =>
  database.db.rows<{ verb: string; event: Record<string, unknown> }>(sql`
    SELECT verb, event FROM audit_event WHERE event->>'example' = ${exampleId} ORDER BY id`);

describe("the library", () => {
  it("lists what was decided, the newest first, a page at a time", async () => {
    const all = [ids.vague, ids.worn, ids.parcel, ids.lamp];
    expect(await listed({})).toEqual(all);
    const first = await listExamples(max, { limit: 3 });
    expect(first.items.map(({ id }) => id)).toEqual(all.slice(0, 3));
    const second = await listExamples(max, { limit: 3, cursor: first.nextCursor! });
    expect(second).toMatchObject({ items: [{ id: ids.lamp }], nextCursor: null });
    expect((await listExamples(max, { limit: 4 })).nextCursor).toBeNull();
    expect(first.items[2]).toMatchObject({
      title: "Refund",
      outcome: "edited",
      amount: 30,
      decidedBy: "ann",
      reason: "Half is enough",
      withdrawn: false,
    });
  });

  it("is narrowed by type, outcome, source and words", async () => {
    expect(await listed({ filters: { actionType: "send_email" } })).toEqual([]);
    expect(await listed({ filters: { actionType: "refund", outcome: "rejected" } })).toEqual([ids.worn]);
    expect(await listed({ filters: { outcome: "changes_requested" } })).toEqual([ids.vague]);
    expect(await listed({ filters: { q: "arriv lamp" } })).toEqual([ids.lamp]);
    expect(await listed({ filters: { q: "half enough" } })).toEqual([ids.parcel]);
    expect(await listed({ filters: { q: "lamp", outcome: "rejected" } })).toEqual([]);
    expect(await listed({ filters: { source: "imported" } })).toEqual([]);
    expect(await listed({ filters: { source: "here" } })).toHaveLength(4);
  });

  it("is searched by meaning too", async () => {
    const filters = { actionType: "refund", q: "parcel late" };
    const { items, nextCursor } = await listExamples(max, { filters, byMeaning: true });
    expect(items[0]).toMatchObject({ id: ids.parcel, similarity: expect.any(Number) });
    expect(items).toHaveLength(4);
    expect(nextCursor).toBeNull();
    const narrowed = async (more: object) =>
      (await listExamples(max, { filters: { ...filters, ...more }, byMeaning: true })).items.length;
    expect(await narrowed({ source: "here" })).toBe(4);
    expect(await narrowed({ source: "imported" })).toBe(0);
    expect(await narrowed({ outcome: "rejected" })).toBe(1);
    await expect(listExamples(max, { filters: { q: "late" }, byMeaning: true })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  it("counts what it holds, also of types of which nothing was decided", async () => {
    const counts = await countLibrary(audit);
    expect(counts[0]).toMatchObject({
      actionType: "refund",
      outcomes: { approved: 1, edited: 1, rejected: 1, changes_requested: 1 },
      total: 4,
      withdrawn: 0,
    });
    expect(counts.find(({ actionType }) => actionType === "send_email")).toMatchObject({ total: 0 });
  });

  it("shows one in full, beside what a prompt gets of it", async () => {
    const example = await getExample(audit, { id: ids.parcel! });
    expect(example).toMatchObject({
      subject: { id: "cus_1234567" },
      changes: [{ path: "/amount", from: 60, to: 30 }],
      decidedBy: "ann",
      agentName: "shop",
      isCurrentPolicy: true,
      inPrompts: "yes",
      withdrawal: null,
      redact: null,
      told: { use: "imitate", subject: { type: "customer" }, reason: "Half is enough" },
    });
    expect(JSON.stringify(example.told)).not.toContain("cus_1234567");
    const uncovered = await getExample({ ...audit, policies: new Map() }, { id: ids.parcel! });
    expect(uncovered).toMatchObject({ inPrompts: "not_covered", told: null, isCurrentPolicy: false });
    await expect(getExample(max, { id: "exm_none" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("is for those who may read insights", async () => {
    for (const ctx of [ann, agent]) {
      for (const asked of [listExamples(ctx, {}), countLibrary(ctx), getExample(ctx, { id: ids.lamp! })])
        await expect(asked).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});

describe("an example that is withdrawn", () => {
  it("leaves prompts at once, stays in the library, and comes back", async () => {
    const reason = "The case of ann.lee@example.com was special";
    expect((await inPrompts()).sort()).toEqual(Object.values(ids).sort());
    await withdrawExample(max, { exampleId: ids.lamp!, reason });
    expect(await inPrompts()).not.toContain(ids.lamp);
    expect(await listed({ filters: { state: "withdrawn" } })).toEqual([ids.lamp]);
    expect(await listed({ filters: { state: "in_prompts" } })).not.toContain(ids.lamp);
    expect((await countLibrary(max))[0]).toMatchObject({ total: 4, withdrawn: 1 });
    expect(await getExample(max, { id: ids.lamp! })).toMatchObject({
      inPrompts: "withdrawn",
      withdrawal: { at: expect.any(String), by: "max", reason },
    });

    await restoreExample(max, { exampleId: ids.lamp! });
    expect(await inPrompts()).toContain(ids.lamp);
    expect(await getExample(max, { id: ids.lamp! })).toMatchObject({
      inPrompts: "yes",
      withdrawal: { at: null, by: "max", reason },
    });
    const events = await eventsOf(ids.lamp!);
    expect(events.map(({ verb }) => verb)).toEqual(["example.withdrawn", "example.restored"]);
    expect(events[0]!.event.reason_commitment).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(events)).not.toContain("ann.lee");
  });

  it("is withdrawn once: of two at the same moment one wins, and the other reads who", async () => {
    const other: Context<PersonActor> = { ...max, actor: { ...max.actor, personId: "per_owner" } };
    const results = await Promise.allSettled([
      withdrawExample(max, { exampleId: ids.worn!, reason: "one" }),
      withdrawExample(other, { exampleId: ids.worn!, reason: "other" }),
    ]);
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(1);
    expect(refused[0]!.reason).toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^(max|owner) /),
    });
    expect(await eventsOf(ids.worn!)).toHaveLength(1);
    await restoreExample(max, { exampleId: ids.worn! });
    await expect(restoreExample(max, { exampleId: ids.worn! })).rejects.toMatchObject({ code: "conflict" });
  });

  it("stays withdrawn when it was overturned afterwards, unless it is the refusal that this left", async () => {
    const overturned = (exampleId: string, review: string | null) =>
      database.db.run(sql`
        UPDATE draft SET after_review = ${review} FROM example
        WHERE example.draft_id = draft.id AND example.id = ${exampleId}`);
    for (const exampleId of [ids.lamp!, ids.worn!]) {
      await withdrawExample(max, { exampleId, reason: "Overturned" });
      await overturned(exampleId, "overturned");
    }
    await expect(restoreExample(max, { exampleId: ids.lamp! })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("overturned"),
    });
    await restoreExample(max, { exampleId: ids.worn! });
    await overturned(ids.lamp!, null);
    await overturned(ids.worn!, null);
    await restoreExample(max, { exampleId: ids.lamp! });
  });

  it("needs a reason, a manager, and an example that is there", async () => {
    const asked = { exampleId: ids.vague!, reason: "Because" };
    await expect(withdrawExample(max, { ...asked, reason: "  " })).rejects.toMatchObject({
      code: "invalid_request",
    });
    for (const ctx of [ann, audit, agent]) {
      await expect(withdrawExample(ctx, asked)).rejects.toMatchObject({ code: "forbidden" });
      await expect(restoreExample(ctx, { exampleId: ids.vague! })).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    await expect(withdrawExample(max, { ...asked, exampleId: "exm_none" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(restoreExample(max, { exampleId: "exm_none" })).rejects.toMatchObject({ code: "not_found" });
    expect(await eventsOf(ids.vague!)).toEqual([]);
  });
});
