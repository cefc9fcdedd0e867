import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { getReview } from "@/lib/drafts/get-review";
import { submitDraft } from "@/lib/drafts/submit-draft";
import type { Verdict } from "@/lib/drafts/types";
import { undoDecision } from "@/lib/drafts/undo-decision";

let database: TestDatabase;
let world: TestWorld;
let agent: Context<KeyActor>;
let ann: Context<PersonActor>;
let ben: Context<PersonActor>;
let serial = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createTestWorld(database.db);
  const owner = await world.person("owner", { roles: ["admin"] });
  ann = await world.person("ann", { rules: ["finance_oncall"] });
  ben = await world.person("ben", { rules: ["finance_oncall"] });
  agent = (await world.agent("shop", owner.actor.personId)).ctx;
});
afterAll(() => database?.drop());
afterEach(() => database.db.run(sql`DELETE FROM example`));

async function submit(reason = "damaged", amount = 120): Promise<string> {
  const { id } = await submitDraft(
    agent,
    {
      action_type: "refund",
      payload: { order_id: `#W${1_000_000 + ++serial}`, amount, currency: "USD", reason },
      summary: `Refund because it is ${reason}`,
      evidence: [],
      subject: { type: "customer", id: `cus_${serial}` },
    },
    { idempotencyKey: null },
  );
  return id;
}

async function decide(
  id: string,
  verdict: Extract<Verdict, "approve" | "reject"> = "approve",
  by = ann,
): Promise<string[]> {
  const { screenHash, precedents } = await getReview(by, id);
  const precedentIds = precedents.map(({ exampleId }) => exampleId);
  await decideDraft(by, { draftId: id, screenHash, verdict, precedentIds, reason: "as always" });
  return precedentIds;
}
const decided = async (...args: Parameters<typeof submit>) => {
  const id = await submit(...args);
  await decide(id);
  return id;
};
const precedentsOf = async (id: string, by = ann) => (await getReview(by, id)).precedents;

describe("the precedents of a draft that waits", () => {
  it("come the newest first where they are as near as each other", async () => {
    const ids = [];
    for (let age = 0; age < 6; age++) {
      const id = await decided();
      await database.db.run(
        sql`UPDATE example SET decided_at = now() - ${age} * interval '1 day' WHERE draft_id = ${id}`,
      );
      ids.push(id);
    }
    const found = await precedentsOf(await submit());
    expect(found.map(({ draftId }) => draftId)).toEqual(ids.slice(0, 3));
    const nearer = await decided("broken in transit");
    await database.db.run(
      sql`UPDATE example SET decided_at = now() - interval '1 year' WHERE draft_id = ${nearer}`,
    );
    expect((await precedentsOf(await submit("broken in transit")))[0]?.draftId).toBe(nearer);
  });

  it("say how alike they are, under which policy they were decided, and what differs", async () => {
    const same = await decided();
    const former = await decided("too late", 480);
    await database.db.run(sql`
      INSERT INTO policy_version (id, action_type, hash, policy, prose, payload_schema)
      SELECT 'refund@000000000000', action_type, 'old', policy, prose, payload_schema
      FROM policy_version WHERE action_type = 'refund' LIMIT 1`);
    await database.db.run(
      sql`UPDATE example SET policy_version_id = 'refund@000000000000' WHERE draft_id = ${former}`,
    );
    const found = await precedentsOf(await submit());
    expect(found).toMatchObject([
      { draftId: same, likeness: "all_but_equal", policy: "same", decidedBy: "ann", withdrawn: false },
      { draftId: former, policy: "former", policyVersionId: "refund@000000000000", imported: false },
    ]);
    expect(["all_but_equal", "very_similar"]).not.toContain(found[1]?.likeness);
    expect(found[1]?.differences).toContainEqual({ path: "/amount", here: 120, there: 480 });
  });

  it("name whoever decided what was brought in from elsewhere", async () => {
    const id = await decided();
    await database.db.run(sql`
      UPDATE example SET imported = true, person_id = NULL, decided_by_name = 'J. Miller' WHERE draft_id = ${id}`);
    expect(await precedentsOf(await submit())).toMatchObject([{ imported: true, decidedBy: "J. Miller" }]);
  });
});

describe("the precedents of a decided draft", () => {
  it("are those that were on its decider's screen, in that order, whatever was decided since", async () => {
    for (const reason of ["damaged", "late", "lost", "damaged again"]) await decided(reason);
    await decide(await submit("never mind"), "reject", ben);
    const id = await submit();
    const shown = await decide(id, "approve", ben);
    expect(shown).toHaveLength(4);
    for (let count = 0; count < 3; count++) await decided();
    const { precedents, precedentsSeen } = await getReview(ann, id);
    expect(precedents.map(({ exampleId }) => exampleId)).toEqual(shown);
    expect(precedents.map(({ extra }) => extra)).toEqual([false, false, false, true]);
    expect(precedents.every(({ likeness, similarity }) => likeness !== null && similarity! > 0)).toBe(true);
    expect(precedentsSeen).toEqual({ by: "ben", gone: 0 });
    expect((await getReview(ann, await submit())).precedentsSeen).toBeNull();
  });

  it("still show one that was withdrawn, marked so, where new searches leave it out", async () => {
    await decided();
    const id = await submit();
    const [shown] = await decide(id);
    await database.db.run(sql`UPDATE example SET withdrawn_at = now() WHERE id = ${shown}`);
    expect(await precedentsOf(id)).toMatchObject([{ exampleId: shown, withdrawn: true }]);
    const later = await precedentsOf(await submit());
    expect(later.map(({ exampleId }) => exampleId)).not.toContain(shown);
    expect(later).toHaveLength(1);
  });

  it("say that one was taken back since, and are none where none were shown", async () => {
    const before = await submit();
    await decide(before, "reject");
    const id = await submit();
    await decide(id, "approve", ben);
    await undoDecision(ann, { draftId: before });
    expect(await getReview(ann, id)).toMatchObject({
      precedents: [],
      precedentsSeen: { by: "ben", gone: 1 },
    });
    const first = await submit();
    await database.db.run(sql`DELETE FROM example`);
    await decide(first);
    await decided();
    expect(await getReview(ann, first)).toMatchObject({
      precedents: [],
      precedentsSeen: { by: "ann", gone: 0 },
    });
  });

  it("are looked for anew once the decision is taken back", async () => {
    const id = await submit();
    await decide(id, "reject");
    await decided();
    expect(await precedentsOf(id)).toEqual([]);
    await undoDecision(ann, { draftId: id });
    expect(await precedentsOf(id)).toHaveLength(1);
  });

  it("are not another action type's, whatever a decision names", async () => {
    const other = await decided();
    await database.db.run(sql`UPDATE example SET action_type = 'send_email' WHERE draft_id = ${other}`);
    const { id: foreign } = (await database.db.row<{ id: string }>(sql`SELECT id FROM example`))!;
    const id = await submit();
    const { screenHash } = await getReview(ann, id);
    await decideDraft(ann, { draftId: id, screenHash, verdict: "approve", precedentIds: [foreign] });
    expect(await precedentsOf(id)).toEqual([]);
  });
});
