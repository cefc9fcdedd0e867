import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { openDatabase } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { getReview } from "@/lib/drafts/get-review";
import { submitDraft } from "@/lib/drafts/submit-draft";
import { indexDrafts } from "./index-drafts";
import { tsqueryOf } from "./tsquery-of";

let database: TestDatabase;
let world: TestWorld;
let agent: Context<KeyActor>;
let ann: Context<PersonActor>;
let serial = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createTestWorld(database.db);
  ann = await world.person("ann", { rules: ["finance_oncall"] });
  const owner = await world.person("owner", { roles: ["admin"] });
  agent = (await world.agent("shop", owner.actor.personId)).ctx;
});
afterAll(() => database?.drop());

async function submit(payload: Record<string, unknown> = {}, subjectId = `cus_${++serial}`) {
  const { id } = await submitDraft(
    agent,
    {
      action_type: "refund",
      payload: { order_id: `ord_${++serial}`, amount: 120.5, currency: "USD", reason: "damaged", ...payload },
      summary: "Refund for the crème brûlée dish",
      evidence: [],
      subject: { type: "customer", id: subjectId },
    },
    { idempotencyKey: null },
  );
  return id;
}
const index = () => indexDrafts(database.db, world.policies);
const waiting = async () =>
  (await database.db.rows<{ draft_id: string }>(sql`SELECT draft_id FROM draft_to_index`)).map(
    ({ draft_id }) => draft_id,
  );
async function found(typed: string): Promise<string[]> {
  const rows = await database.db.rows<{ draft_id: string }>(
    sql`SELECT draft_id FROM draft_search WHERE terms @@ ${tsqueryOf(typed)}::tsquery`,
  );
  return rows.map(({ draft_id }) => draft_id);
}

describe("what a worker indexed", () => {
  it("is found by the beginning of every word of it, in any order", async () => {
    const id = await submit({ order_id: "#W2611340" }, "ann.lee@shop.org");
    expect(await found("w2611340")).toEqual([]);
    await index();
    expect(await waiting()).toEqual([]);
    for (const typed of ["#W2611", "Brulee CREME", "ann.lee@", "120.50", "shop refund"])
      expect(await found(typed), typed).toContain(id);
    for (const typed of ["2611340", "brulee nothing", "120.51"])
      expect(await found(typed), typed).not.toContain(id);
  });

  it("is found by what was decided and why, once that is indexed", async () => {
    const id = await submit();
    await index();
    const { screenHash } = await getReview(ann, id);
    const reason = "Zweifelhaft but fine";
    await decideDraft(ann, { draftId: id, screenHash, verdict: "approve", reason });
    expect(await waiting()).toEqual([id]);
    await index();
    expect(await found("zweifelh")).toEqual([id]);
  });

  it.each([
    ["operators", "a & b | !c <-> (d):*AB"],
    ["quotes and backslashes", "'; DROP TABLE draft; -- \\' '' \\\\"],
    ["ten thousand characters", "x".repeat(10_000)],
    ["ten thousand words", "w ".repeat(10_000)],
    ["control characters", "a\u0000b\u0007\ud800"],
  ])("is searched with %s as with words", async (_, typed) => {
    await expect(found(typed)).resolves.toBeInstanceOf(Array);
  });

  it("takes hostile drafts as they come", async () => {
    const id = await submit({ order_id: "' & | \\ :* \u202e '' x" }, "'\\");
    await index();
    expect(await waiting()).toEqual([]);
    expect(await found("crème")).toContain(id);
  });
});

describe("several workers", () => {
  it("index each draft once they are told of it, without waiting for each other", async () => {
    const ids = await Promise.all(Array.from({ length: 250 }, () => submit()));
    const other = openDatabase(database.url, 4);
    await Promise.all([index(), index(), indexDrafts(other, world.policies)]);
    await index();
    await other.close();
    expect(await waiting()).toEqual([]);
    expect(await found("brulee")).toEqual(expect.arrayContaining(ids));
  });

  // The embedded database runs one transaction after the other: there is no such moment.
  it.skipIf(!process.env.TEST_DATABASE_URL)(
    "come back to a draft that changes while it is indexed",
    async () => {
      const id = await submit();
      const payload = JSON.stringify({ order_id: "Zebrastreifen" });
      await database.db.transaction(async (tx) => {
        // As an edit does: the entry is still there, so that the trigger has nothing to add.
        await tx.run(sql`
        UPDATE draft SET decided_payload = ${payload}::json, decided_payload_hash = 'other', version = version + 1
        WHERE id = ${id}`);
        await index();
      });
      expect(await waiting()).toEqual([id]);
      await index();
      expect(await found("zebrastr")).toEqual([id]);
      expect(await waiting()).toEqual([]);
    },
  );
});
