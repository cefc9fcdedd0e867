import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { standInOf } from "@/lib/routing/delegate";
import { getDirectory } from "../load-directory";
import { cancelAbsence } from "./cancel-absence";
import { type AbsenceInput, enterAbsence } from "./enter-absence";
import { listAbsences } from "./list-absences";

let database: TestDatabase;
let ruth: Context<PersonActor>;
let ada: Context<PersonActor>;
let ben: Context<PersonActor>;
let stranger: Context<PersonActor>;
let clock = new Date("2026-03-04T12:00:00.000Z");

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db, () => clock);
  ruth = await world.person("ruth", { roles: ["admin"] });
  ada = await world.person("ada");
  ben = await world.person("ben");
  await world.person("mia", { roles: ["manager"] });
  stranger = await world.person("zoe", { roles: [] });
});
afterAll(() => database?.drop());
afterEach(async () => {
  clock = new Date("2026-03-04T12:00:00.000Z");
  await database.db.run(sql`DELETE FROM absence`);
});

const days = (n: number) => new Date(clock.getTime() + n * 86_400_000);
const enter = (who: Context<PersonActor>, given: Partial<AbsenceInput> = {}) =>
  enterAbsence(who, { startsAt: days(-0.5), endsAt: days(5), delegateId: "per_ben", ...given });
const answersFor = async (id: string) => standInOf(await getDirectory(database.db), id, clock);

describe("an absence", () => {
  it("counts from now on: the delegate answers, and the trail holds no note", async () => {
    const { id, effects } = await enter(ada, { note: "Surgery" });
    expect(effects).toEqual([]);
    expect(await answersFor("per_ada")).toEqual({ personId: "per_ben", path: ["per_ada"] });
    const { own } = await listAbsences(ada);
    expect(own).toMatchObject([
      { id, delegate: "ben", startsAt: clock, note: "Surgery", isNow: true, answers: { name: "ben" } },
    ]);
    const event = await database.db.row<{ event: object }>(sql`
      SELECT event FROM audit_event WHERE verb = 'absence.entered' AND event->'subject'->>'id' = ${id}`);
    expect(event).toMatchObject({
      event: { after: { person_id: "per_ada", delegate_id: "per_ben" }, personal_data_changed: ["note"] },
    });
    expect(JSON.stringify(event)).not.toContain("Surgery");
  });

  it("is one's own to enter and to cancel; an admin may for anyone", async () => {
    await expect(enter(ada, { personId: "per_ben", delegateId: null })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(enter(stranger)).rejects.toMatchObject({ code: "forbidden" });
    const { id } = await enter(ruth, { personId: "per_ada" });
    await expect(cancelAbsence(ben, { id: id! })).rejects.toMatchObject({ code: "forbidden" });
    await cancelAbsence(ruth, { id: id! });
    expect(await answersFor("per_ada")).toEqual({ personId: "per_ada", path: [] });
  });

  it("names a delegate who could decide, and is not oneself", async () => {
    for (const delegateId of ["per_ada", "per_mia", "per_nobody"]) {
      await expect(enter(ada, { delegateId })).rejects.toMatchObject({
        code: "invalid_request",
        details: { fields: [{ path: "/delegateId" }] },
      });
    }
    await expect(enter(ada, { startsAt: days(-3), endsAt: days(-1) })).rejects.toMatchObject({
      details: { fields: [{ path: "/endsAt" }] },
    });
  });

  it("is entered only after one has seen that the delegate is away too, or that a circle results", async () => {
    await enter(ben, { delegateId: null });
    const away = await enter(ada);
    expect(away).toMatchObject({ id: null, effects: [{ kind: "nobody", because: "ben is away" }] });
    await database.db.run(sql`DELETE FROM absence`);
    await enter(ben, { delegateId: "per_ada" });
    const circle = await enter(ada);
    expect(circle).toMatchObject({ id: null, effects: [{ because: expect.stringContaining("circle") }] });
    expect((await listAbsences(ada)).own).toEqual([]);
    const accepted = await enter(ada, { acceptEffects: true });
    expect(accepted.id).not.toBeNull();
    expect(await answersFor("per_ada")).toMatchObject({ personId: null });
  });

  it("ends now when it is cancelled while it runs, and never was when it had not begun", async () => {
    const { id } = await enter(ada);
    const { id: later } = await enter(ada, { startsAt: days(20), endsAt: days(21) });
    clock = days(1);
    await cancelAbsence(ada, { id: id! });
    await cancelAbsence(ada, { id: later! });
    const rows = await database.db.rows(sql`
      SELECT id, ends_at, cancelled_at IS NOT NULL AS cancelled FROM absence ORDER BY starts_at`);
    expect(rows).toMatchObject([
      { id, ends_at: clock, cancelled: false },
      { id: later, cancelled: true },
    ]);
    await expect(cancelAbsence(ada, { id: id! })).rejects.toMatchObject({ code: "conflict" });
    expect((await listAbsences(ada)).own).toEqual([]);
  });

  it("is listed to others by start, fifty a page", async () => {
    for (let n = 0; n < 51; n++)
      await enter(ben, { delegateId: null, startsAt: days(n + 1), endsAt: days(n + 2) });
    const first = await listAbsences(ada);
    expect(first).toMatchObject({ own: [], hasMore: true });
    expect(first.others).toHaveLength(50);
    expect(first.others[0]).toMatchObject({ name: "ben", startsAt: days(1), isNow: false, answers: null });
    const second = await listAbsences(ada, { page: 2 });
    expect(second.others.map(({ startsAt }) => startsAt)).toEqual([days(51)]);
    expect(second.hasMore).toBe(false);
  });
});
