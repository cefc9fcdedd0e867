import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { archiveSchedule } from "../schedules/archive-schedule";
import { publishSchedule } from "../schedules/publish-schedule";
import { createFeed } from "./create-feed";
import { listFeeds } from "./list-feeds";
import { readFeed } from "./read-feed";
import { revokeFeed } from "./revoke-feed";

let database: TestDatabase;
let ruth: Context<PersonActor>;
let ada: Context<PersonActor>;
let ben: Context<PersonActor>;
let scheduleId: string;
const clock = new Date("2026-03-04T12:00:00.000Z");

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db, () => clock);
  ruth = await world.person("ruth", { roles: ["admin"] });
  ada = await world.person("ada");
  ben = await world.person("ben");
  scheduleId = (await publish("Finance", ["per_ada", "per_ben"])).id;
  await publish("Always", ["per_ada"]);
});
afterAll(() => database?.drop());

const publish = (name: string, participants: string[]) =>
  publishSchedule(ruth, {
    id: null,
    version: 0,
    name,
    definition: {
      time_zone: "UTC",
      layers: [
        {
          name: "Base",
          participants,
          rotation: { unit: "week", every: 1, handover: "09:00", weekday: 1 },
          starts_on: "2026-01-05",
        },
      ],
    },
  });
const tokenOf = ({ path }: { path: string }) => /^\/api\/calendar\/([\w-]{43})\.ics$/.exec(path)![1]!;
const read = (token: string, now = clock) =>
  readFeed(database.db, { token, now, origin: "https://example.com" });
const eventsOf = (body: string) =>
  new ICAL.Component(ICAL.parse(body)).getAllSubcomponents("vevent").map((each) => new ICAL.Event(each));
const afterDays = (n: number) => new Date(clock.getTime() + n * 86_400_000);

describe("a calendar feed", () => {
  it("has a schedule's shifts from four weeks back to twelve ahead, and keeps nothing of the token", async () => {
    const feed = await createFeed(ben, { scheduleId });
    const token = tokenOf(feed);
    const stored = await database.db.rows(sql`SELECT * FROM calendar_feed`);
    expect(JSON.stringify(stored)).not.toContain(token);
    const events = eventsOf((await read(token))!.body);
    expect(events).toHaveLength(17);
    expect(events[0]!.startDate.toJSDate()).toEqual(new Date("2026-02-02T00:00Z"));
    expect(events.at(-1)!.endDate.toJSDate()).toEqual(new Date("2026-05-25T00:00Z"));
    expect(events.map(({ summary }) => summary)).toContain("On call: Finance (ben)");
  });

  it("has a person's own shifts of every schedule, and nobody else's", async () => {
    const token = tokenOf(await createFeed(ben, { scheduleId: null }));
    const summaries = eventsOf((await read(token))!.body).map(({ summary }) => summary);
    expect(new Set(summaries)).toEqual(new Set(["On call: Finance (ben)"]));
  });

  it("tells the same shift by the same id as time goes on, also one that never ends", async () => {
    const token = tokenOf(await createFeed(ada, { scheduleId: null }));
    const at = async (now: Date) => new Map(eventsOf((await read(token, now))!.body).map((e) => [e.uid, e]));
    const [before, after] = [await at(clock), await at(afterDays(21))];
    const always = [...before.values()].find(({ summary }) => summary.includes("Always"))!;
    expect(after.get(always.uid)!.endDate.toJSDate()).toEqual(new Date("2026-06-15T00:00Z"));
    const finance = [...before.values()].filter((e) => e.summary.includes("Finance"));
    const still = finance.filter((e) => e.startDate.toJSDate() > new Date("2026-02-23T00:00Z"));
    expect(still.length).toBeGreaterThan(5);
    for (const event of still.slice(0, -1)) {
      expect(after.get(event.uid)?.startDate.toJSDate()).toEqual(event.startDate.toJSDate());
    }
  });

  it("keeps its tag while nothing changes", async () => {
    const token = tokenOf(await createFeed(ada, { scheduleId }));
    const first = (await read(token))!;
    expect((await read(token, afterDays(1)))!.etag).toBe(first.etag);
    await database.db.run(sql`UPDATE person SET name = 'Ada L.' WHERE id = 'per_ada'`);
    expect((await read(token))!.etag).not.toBe(first.etag);
  });

  it("is gone when it is revoked, when its person is disabled or has no role, and when its schedule is archived", async () => {
    expect(await read("A".repeat(43))).toBeNull();
    expect(await read("../../etc/passwd")).toBeNull();
    const feed = await createFeed(ben, { scheduleId });
    const token = tokenOf(feed);
    expect((await listFeeds(ben, { scheduleId })).map(({ id }) => id)).toContain(feed.id);
    await expect(revokeFeed(ada, { id: feed.id })).rejects.toMatchObject({ code: "not_found" });
    await revokeFeed(ben, { id: feed.id });
    expect(await read(token)).toBeNull();
    expect((await listFeeds(ben, { scheduleId })).map(({ id }) => id)).not.toContain(feed.id);
    await expect(revokeFeed(ben, { id: feed.id })).rejects.toMatchObject({ code: "conflict" });

    const another = tokenOf(await createFeed(ben, { scheduleId }));
    await database.db.run(sql`UPDATE person SET disabled_at = now() WHERE id = 'per_ben'`);
    expect(await read(another)).toBeNull();
    await database.db.run(sql`UPDATE person SET disabled_at = NULL WHERE id = 'per_ben'`);
    expect(await read(another)).not.toBeNull();
    await database.db.run(sql`DELETE FROM person_role WHERE person_id = 'per_ben'`);
    expect(await read(another)).toBeNull();
    await database.db.run(sql`INSERT INTO person_role (person_id, role) VALUES ('per_ben', 'approver')`);

    const { id } = await publish("Short-lived", ["per_ben"]);
    const third = tokenOf(await createFeed(ben, { scheduleId: id }));
    await archiveSchedule(ruth, { id, version: 1 });
    expect(await read(third)).toBeNull();
    await expect(createFeed(ben, { scheduleId: id })).rejects.toMatchObject({ code: "not_found" });
  });

  it("is seen and revoked by admins, and leaves a trail", async () => {
    const feed = await createFeed(ada, { scheduleId });
    expect(await listFeeds(ruth, { scheduleId })).toContainEqual(
      expect.objectContaining({ id: feed.id, personId: "per_ada" }),
    );
    await revokeFeed(ruth, { id: feed.id });
    const verbs = await database.db.rows<{ verb: string }>(sql`
      SELECT verb FROM audit_event WHERE event->'subject'->>'id' = ${feed.id} ORDER BY id`);
    expect(verbs.map(({ verb }) => verb)).toEqual(["calendar_feed.created", "calendar_feed.revoked"]);
  });

  it("is not made without end, also not at once", async () => {
    await database.db.run(sql`DELETE FROM calendar_feed WHERE person_id = 'per_ben'`);
    const many = await Promise.allSettled(
      Array.from({ length: 25 }, () => createFeed(ben, { scheduleId: null })),
    );
    expect(many.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
  });
});
