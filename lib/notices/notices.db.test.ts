import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { countUnread } from "./count-unread";
import { listNotices } from "./list-notices";
import { markNoticesRead } from "./mark-notices-read";
import { type Notice, noticesToWrite } from "./notice";

let database: TestDatabase;
let world: TestWorld;
let ann: Context<PersonActor>;
let ben: Context<PersonActor>;
const base = Date.parse("2026-11-21T12:00:00Z");
const now = () => new Date(base);

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createTestWorld(database.db, now);
  ann = await world.person("ann");
  ben = await world.person("ben");
});
afterAll(() => database?.drop());

const tell = (personId: string, key: string, minutesAgo: number, draftId: string | null = null) =>
  database.db.run(
    noticesToWrite(
      [{ personId, kind: "assigned", draftId, text: key, dedupeKey: key } satisfies Notice],
      new Date(base - minutesAgo * 60_000),
    ),
  );

test("a person sees their own: unread first, then the newest", async () => {
  for (const [key, minutes] of [
    ["old", 30],
    ["middle", 20],
    ["new", 10],
  ] as const)
    await tell("per_ann", key, minutes);
  await tell("per_ben", "not ann's", 5);
  const { notices } = await listNotices(ann);
  const newest = notices[0]!;
  expect(notices.map(({ text }) => text)).toEqual(["new", "middle", "old"]);
  expect(await markNoticesRead(ann, { ids: [newest.id] })).toEqual({ unread: 2 });
  const after = await listNotices(ann);
  expect(after.notices.map(({ text, isRead }) => [text, isRead])).toEqual([
    ["middle", false],
    ["old", false],
    ["new", true],
  ]);
  expect(after.unread).toBe(2);
});

test("nobody marks another's notice", async () => {
  const [theirs] = (await listNotices(ann)).notices;
  await markNoticesRead(ben, { ids: [theirs!.id] });
  expect(await countUnread(ann)).toBe(2);
});

test("marking all leaves what came after the list was read", async () => {
  const { readAt } = await listNotices(ann);
  await tell("per_ann", "came since", -1);
  expect(await markNoticesRead(ann, { upTo: readAt })).toEqual({ unread: 1 });
  expect((await listNotices(ann)).notices[0]).toMatchObject({ text: "came since", isRead: false });
  // Its writer's clock is ahead, and it was shown: so it is among "all".
  await markNoticesRead(ann, { upTo: (await listNotices(ann)).readAt });
  expect(await countUnread(ann)).toBe(0);
});

test("the list and the count stop at a hundred", async () => {
  for (let n = 0; n < 130; n++) await tell("per_ben", `many ${n}`, n);
  const { notices, unread } = await listNotices(ben);
  expect([notices.length, unread]).toEqual([100, 100]);
});

test("somebody without a role is told nothing", async () => {
  const nobody = await world.person("nobody", { roles: [] });
  await expect(listNotices(nobody)).rejects.toMatchObject({ code: "forbidden" });
  await expect(countUnread(nobody)).rejects.toMatchObject({ code: "forbidden" });
});
