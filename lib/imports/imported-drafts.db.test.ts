import { afterAll, beforeAll, expect, it } from "vitest";
import { getAgent } from "@/lib/agents/get-agent";
import { listDraftTrail } from "@/lib/audit/list-draft-trail";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { getReview } from "@/lib/drafts/get-review";
import { listHistory } from "@/lib/drafts/list-history";
import { submitDraft } from "@/lib/drafts/submit-draft";
import { computeFacts } from "@/lib/facts/compute-facts";
import { indexDrafts } from "@/lib/search/index-drafts";
import { importLines, refundLine } from "./import-fixture";

let database: TestDatabase;
let world: TestWorld;
let ada: Context<PersonActor>;
const proposed = { amount: 90, currency: "USD", reason: "Late" };

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createTestWorld(database.db);
  ada = await world.person("ada", { roles: ["admin", "approver", "manager"] });
  await world.person("mara");
  const recently = new Date(Date.now() - 3_600_000).toISOString();
  await importLines({ db: database.db, policies: world.policies }, [
    refundLine(1, {
      decided_by: "mara@example.com",
      reason: "Unmistakable zebra crossing",
      outcome: "rejected",
    }),
    refundLine(2, { decided_by: "Somebody Who Left", outcome: "edited", proposed_payload: proposed }),
    refundLine(3, { decided_at: recently, subject: { type: "customer", id: "cus_busy" } }),
  ]);
});
afterAll(() => database?.drop());

const idOf = async (externalId: string) =>
  (await database.db.row<{ id: string }>(sql`SELECT id FROM draft WHERE external_id = ${externalId}`))!.id;

it("the history tells who decided an imported draft, and that it is one", async () => {
  const { items } = await listHistory(ada, { filters: { types: ["refund"] } });
  const said = items
    .toSorted((one, other) => (one.summary < other.summary ? -1 : 1))
    .map(({ imported, automatic, edited, decision }) => ({
      imported,
      automatic,
      edited,
      by: decision?.person,
      verdict: decision?.verdict,
    }));
  const every = { imported: true, automatic: false, edited: false };
  expect(said).toEqual([
    { ...every, by: "mara", verdict: "reject" },
    { ...every, edited: true, by: "Somebody Who Left", verdict: "edit_and_approve" },
    { ...every, by: "Not recorded", verdict: "approve" },
  ]);
  const byThemselves = await listHistory(ada, { filters: { automatic: true } });
  expect(byThemselves.items).toEqual([]);
});

it("the history has it under no rule, although one was found that it would have fallen under", async () => {
  const [found] = await database.db.rows<{ rule: string }>(
    sql`SELECT rule FROM classification JOIN draft ON draft.classification_id = classification.id LIMIT 1`,
  );
  const { items } = await listHistory(ada, { filters: { types: ["refund"], rules: [found!.rule] } });
  expect(items).toEqual([]);
});

it("its words and the reason of then are found", async () => {
  await indexDrafts(database.db, world.policies);
  const { items } = await listHistory(ada, { filters: { q: "zebra" } });
  expect(items.map(({ summary }) => summary)).toEqual(["Refund for order 1"]);
});

it("its screen shows the decision of then, and nobody can decide it again", async () => {
  const screen = await getReview(ada, await idOf("T-2"));
  expect(screen).toMatchObject({ imported: true, execution: null, undoUntil: null, check: null });
  expect(screen.why).toMatchObject({
    eligible: false,
    sentence: expect.stringContaining("before Countersign"),
  });
  expect(screen.decisions).toMatchObject([
    {
      person: { name: "Somebody Who Left" },
      verdict: "edit_and_approve",
      decidedAt: "2026-05-01T10:00:00.000Z",
    },
  ]);
  expect(screen.decisions[0]!.changes.map(({ path }) => path)).toContain("/amount");
  const deciding = decideDraft(ada, {
    draftId: screen.draft.id,
    verdict: "approve",
    screenHash: screen.screenHash,
  });
  await expect(deciding).rejects.toMatchObject({ code: "not_pending" });
});

it("its trail says when it was brought in, and how it was decided when", async () => {
  const trail = await listDraftTrail(ada, await idOf("T-1"));
  expect(trail).toHaveLength(1);
  expect(trail[0]).toMatchObject({
    verb: "draft.imported",
    actor: "Countersign",
    sentence: "brought it in from before: rejected on 2026-05-01",
  });
});

it("it counts in no total and no record", async () => {
  const question = {
    payload: proposed,
    subject: { type: "customer", id: "cus_busy" },
    agentId: "agt_shop",
    amount: 90,
    excludeDraftId: null,
    now: new Date(),
  };
  const names = ["subject_amount_24h", "subject_drafts_24h", "action_type_drafts_24h"] as const;
  const wanted = { actionType: "refund", computed: names.map((name) => ({ fact: name, name })) };
  expect(await computeFacts(database.db, wanted, question)).toEqual({
    subject_amount_24h: 90,
    subject_drafts_24h: 1,
    action_type_drafts_24h: 1,
  });
  const agentId = (await database.db.row<{ id: string }>(
    sql`SELECT id FROM agent WHERE name = 'Imported decisions'`,
  ))!.id;
  expect((await getAgent(ada, { id: agentId })).recent).toMatchObject({ submitted: 0, through: 0 });
});

it("it is a precedent, under the name of whoever decided it", async () => {
  const { ctx } = await world.agent("shop", "per_ada");
  const { id } = await submitDraft(
    ctx,
    {
      action_type: "refund",
      payload: { amount: 21, currency: "USD", reason: "Arrived broken" },
      summary: "Refund for order 1",
      subject: { type: "customer", id: "cus_1" },
    },
    { idempotencyKey: null },
  );
  const { precedents } = await getReview(await world.person("max"), id);
  expect(precedents.map(({ decidedBy, imported }) => ({ decidedBy, imported }))).toContainEqual({
    decidedBy: "mara",
    imported: true,
  });
});
