import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { recordEvent } from "@/lib/audit/record-event";
import type { Context, PersonActor } from "@/lib/context";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { type FeedPosition, feedPositionNow, readChanges } from "./read-changes";

let database: TestDatabase;
let ann: Context<PersonActor>;
let position: FeedPosition;
let now = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  ann = await (await createTestWorld(database.db)).person("ann");
});
afterAll(() => database?.drop());
beforeEach(async () => {
  position = await feedPositionNow(database.db);
});

const record = (
  db: Parameters<typeof recordEvent>[0],
  draftId: string | null,
  verb = "draft.approved" as const,
) => recordEvent(db, { verb, actor: ann.actor, at: new Date(), draftId });
const read = async () => {
  const answer = await readChanges(database.db, position, now);
  position = answer.position;
  return answer.changes;
};

test("what has happened is told once, with who did it", async () => {
  await record(database.db, "drf_1");
  expect(await read()).toEqual([
    { draftId: "drf_1", verb: "draft.approved", by: { id: ann.actor.personId, name: "ann" } },
  ]);
  expect(await read()).toEqual([]);
});

// On the embedded database transactions follow each other, and this cannot be.
test.skipIf(!process.env.TEST_DATABASE_URL)(
  "what commits after a later one is told all the same",
  async () => {
    let commit = () => {};
    const may = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let begun = () => {};
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow = database.db.transaction(async (tx) => {
      await record(tx, "drf_slow");
      begun();
      await may;
    });
    await isBegun;
    await record(database.db, "drf_quick");
    expect((await read())?.map(({ draftId }) => draftId)).toEqual(["drf_quick"]);
    expect(await read()).toEqual([]);
    commit();
    await slow;
    expect((await read())?.map(({ draftId }) => draftId)).toEqual(["drf_slow"]);
    expect(await read()).toEqual([]);
  },
);

test("what was rolled back is waited for no longer than a transaction may last", async () => {
  await database.db
    .transaction(async (tx) => {
      await record(tx, "drf_never");
      throw new Error("no");
    })
    .catch(() => {});
  await record(database.db, "drf_2");
  await read();
  expect(position.missing.size).toBe(1);
  now += 61_000;
  await read();
  expect(position.missing.size).toBe(0);
});

test("a change of who decides what has screens read anew, and so do too many changes", async () => {
  await record(database.db, null, "absence.entered" as never);
  expect(await read()).toBeNull();
  expect(await read()).toEqual([]);
  await database.db.transaction(async (tx) => {
    for (let n = 0; n < 1_001; n += 1) await record(tx, `drf_${n}`);
  });
  expect(await read()).toBeNull();
  expect(await read()).toEqual([]);
});

test("thousands of imported decisions are no news, and hide none", async () => {
  await database.db.pool.query(`
    INSERT INTO audit_event (verb, draft_id, bytes, event, occurred_at)
    SELECT CASE WHEN n = 2000 THEN 'draft.approved' ELSE 'draft.imported' END, 'drf_past_' || n, convert_to('{}', 'UTF8'), '{}', now()
    FROM generate_series(1, 3500) AS n`);
  expect(await read()).toEqual([{ draftId: "drf_past_2000", verb: "draft.approved", by: null }]);
  expect(await read()).toEqual([]);
  expect(position.missing.size).toBe(0);
});
