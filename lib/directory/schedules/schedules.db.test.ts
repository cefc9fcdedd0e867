import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { getDirectory } from "../load-directory";
import { addOverride } from "./add-override";
import { archiveSchedule } from "./archive-schedule";
import { cancelOverride } from "./cancel-override";
import { getSchedule, getTimeline } from "./get-schedule";
import { listSchedules } from "./list-schedules";
import { previewSchedule } from "./preview-schedule";
import { type PublishInput, publishSchedule } from "./publish-schedule";
import { restoreVersion } from "./restore-version";

let database: TestDatabase;
let ruth: Context<PersonActor>;
let olga: Context<PersonActor>;
let ada: Context<PersonActor>;
let auditor: Context<PersonActor>;
/** Every context's clock. */
let clock = new Date("2026-03-04T12:00:00.000Z");

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db, () => clock);
  ruth = await world.person("ruth", { roles: ["admin"] });
  olga = await world.person("olga", { roles: ["admin"] });
  ada = await world.person("ada");
  await world.person("ben");
  await world.person("mia", { roles: ["manager"] });
  auditor = await world.person("jon", { roles: ["auditor"] });
});
afterAll(() => database?.drop());
afterEach(async () => {
  clock = new Date("2026-03-04T12:00:00.000Z");
  await database.db.run(sql`DELETE FROM approver_rule`);
  await database.db.run(sql`DELETE FROM person_role WHERE person_id = 'per_ben'`);
  await database.db.run(sql`INSERT INTO person_role (person_id, role) VALUES ('per_ben', 'approver')`);
});

const rotation = { unit: "week", every: 1, handover: "09:00", weekday: 1 } as const;
const layer = { name: "Base", participants: ["per_ada", "per_ben"], rotation, starts_on: "2026-03-02" };
const definition = (change: object = {}): PublishInput["definition"] => ({
  time_zone: "UTC",
  layers: [{ ...layer, ...change }],
});
let names = 0;
const publish = (given: Partial<PublishInput> = {}, who = ruth) =>
  publishSchedule(who, { id: null, version: 0, name: `S${++names}`, definition: definition(), ...given });
const eventsOf = (id: string) =>
  database.db.rows<{ verb: string; event: Record<string, unknown> }>(sql`
    SELECT verb, event FROM audit_event WHERE event->'subject'->>'id' = ${id} ORDER BY id`);
const office = [{ weekdays: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" }];

describe("publishing a schedule", () => {
  it("makes it count at once, keeps the version, and writes who did it without names", async () => {
    const { id, version } = await publish({ name: "Finance", note: "First try" });
    expect(version).toBe(1);
    expect((await getDirectory(database.db)).schedules.get(id)?.name).toBe("Finance");
    const view = await getSchedule(auditor, id);
    expect(view).toMatchObject({
      name: "Finance",
      version: 1,
      names: { per_ada: "ada", per_ben: "ben" },
      now: { name: "ada", until: new Date("2026-03-09T09:00Z"), standIn: null },
      next: { name: "ben", from: new Date("2026-03-09T09:00Z") },
      versions: [{ version: 1, note: "First try", publishedBy: "ruth", changes: [] }],
    });
    const [event] = await eventsOf(id);
    expect(event).toMatchObject({
      verb: "schedule.published",
      event: {
        before: null,
        after: { version: 1, definition: { layers: [{ participants: ["per_ada", "per_ben"] }] } },
        personal_data_changed: ["name", "note"],
      },
    });
    expect(JSON.stringify(event)).not.toMatch(/Finance|First try|Base/);
  });

  it("is for admins", async () => {
    await expect(publish({}, ada)).rejects.toMatchObject({ code: "forbidden" });
    await expect(publish({}, auditor)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("lets the second of two editors know who was first, and loses neither", async () => {
    const { id } = await publish({ name: "Contested" });
    const second = (who: Context<PersonActor>, participants: string[]) =>
      publish({ id, version: 1, name: "Contested", definition: definition({ participants }) }, who);
    const results = await Promise.allSettled([second(ruth, ["per_ada"]), second(olga, ["per_ben"])]);
    const won = results.findIndex(({ status }) => status === "fulfilled");
    const lost = results[1 - won] as PromiseRejectedResult;
    expect(lost.status).toBe("rejected");
    expect(lost.reason).toMatchObject({
      code: "conflict",
      message: expect.stringContaining(`${["ruth", "olga"][won]} published version 2`),
    });
    const view = await getSchedule(ruth, id);
    expect(view.definition.layers[0]!.participants).toEqual([["per_ada"], ["per_ben"]][won]);
    expect(view.versions.map(({ version }) => version)).toEqual([2, 1]);
  });

  it("never accepts somebody who could not decide, nor a schedule that never has anybody", async () => {
    for (const participants of [["per_mia"], ["per_nobody"]]) {
      const refused = publish({ definition: definition({ participants }), acceptGaps: true });
      await expect(refused).rejects.toMatchObject({ code: "invalid_request" });
    }
    const over = definition({ ends_on: "2026-03-03" });
    await expect(publish({ definition: over, acceptGaps: true })).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining("Nobody is on call at any time"),
    });
  });

  it("asks before it leaves gaps", async () => {
    const gaps = definition({ restrictions: office });
    await expect(publish({ definition: gaps })).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining("Nobody is on call from Wed 2026-03-04 17:00"),
    });
    await expect(publish({ definition: gaps, acceptGaps: true })).resolves.toMatchObject({ version: 1 });
  });

  it("refuses a name that another has, also when both come at once", async () => {
    const results = await Promise.allSettled([publish({ name: "Same" }), publish({ name: "Same" })]);
    const lost = results.find(({ status }) => status === "rejected") as PromiseRejectedResult;
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(lost.reason).toMatchObject({ code: "conflict", details: { fields: [{ path: "/name" }] } });
  });

  it("says what is wrong with a definition by its place", async () => {
    const refused = publish({ definition: definition({ starts_on: "tomorrow" }) });
    await expect(refused).rejects.toMatchObject({
      code: "invalid_request",
      details: { fields: [{ path: "/definition/layers/0/starts_on" }] },
    });
  });
});

describe("versions", () => {
  it("say what each changed, and an older one comes back as the next", async () => {
    const { id } = await publish({ name: "Versioned" });
    await publish({
      id,
      version: 1,
      name: "Versioned",
      definition: definition({ participants: ["per_ben"] }),
    });
    expect((await getSchedule(ruth, id)).versions[0]!.changes).toEqual(["Layer “Base”: without ada."]);
    expect(await restoreVersion(olga, { id, version: 2, restore: 1 })).toEqual({ id, version: 3 });
    const view = await getSchedule(ruth, id);
    expect(view.definition.layers[0]!.participants).toEqual(["per_ada", "per_ben"]);
    expect(view.versions.map(({ version, publishedBy }) => [version, publishedBy])).toEqual([
      [3, "olga"],
      [2, "ruth"],
      [1, "ruth"],
    ]);
    expect((await eventsOf(id)).at(-1)!.event).toMatchObject({ after: { version: 3, restored_from: 1 } });
  });

  it("are not restored over somebody else's, with people who left, or by others than admins", async () => {
    const { id } = await publish();
    await publish({ id, version: 1, definition: definition({ participants: ["per_ada"] }) });
    const restore = (version: number, who = ruth) => restoreVersion(who, { id, version, restore: 1 });
    await expect(restore(1)).rejects.toMatchObject({ code: "conflict" });
    await expect(restore(2, ada)).rejects.toMatchObject({ code: "forbidden" });
    await database.db.run(sql`DELETE FROM person_role WHERE person_id = 'per_ben'`);
    await expect(restore(2)).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining("ben does not have the role approver"),
    });
    const missing = restoreVersion(ruth, { id, version: 2, restore: 9 });
    await expect(missing).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("archiving a schedule", () => {
  it("is refused while an approver rule asks it, by name", async () => {
    const { id } = await publish();
    const rule = { bands: [{ up_to: null, mode: "first", ask: [{ kind: "schedule", id }] }] };
    await database.db.run(sql`
      INSERT INTO approver_rule (name, description, definition)
      VALUES ('finance_oncall', '', ${JSON.stringify(rule)}::jsonb)`);
    await expect(archiveSchedule(ruth, { id, version: 1 })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("finance_oncall"),
    });
    expect((await listSchedules(ada)).schedules.find((each) => each.id === id)?.rules).toEqual([
      "finance_oncall",
    ]);
  });

  it("takes it out of use until a version of it is restored", async () => {
    const { id } = await publish({ name: "Archived" });
    await expect(archiveSchedule(ada, { id, version: 1 })).rejects.toMatchObject({ code: "forbidden" });
    await archiveSchedule(ruth, { id, version: 1 });
    const listed = await listSchedules(ada);
    expect(listed.schedules.some((each) => each.id === id)).toBe(false);
    expect(listed.archived).toContainEqual(expect.objectContaining({ id, name: "Archived" }));
    await expect(publish({ id, version: 1 })).rejects.toMatchObject({ code: "conflict" });
    const override = { scheduleId: id, personId: "per_ben", startsAt: clock, endsAt: hours(2) };
    await expect(addOverride(ruth, override)).rejects.toMatchObject({ code: "conflict" });
    await restoreVersion(ruth, { id, version: 1, restore: 1 });
    expect((await getSchedule(ada, id)).archivedAt).toBeNull();
    expect((await eventsOf(id)).map(({ verb }) => verb)).toEqual([
      "schedule.published",
      "schedule.archived",
      "schedule.published",
    ]);
  });
});

const hours = (n: number) => new Date(clock.getTime() + n * 3_600_000);

describe("overrides", () => {
  it("put somebody on call, and end when they are cancelled without changing what was", async () => {
    const { id } = await publish();
    const given = { scheduleId: id, personId: "per_ben", startsAt: hours(-0.1), endsAt: hours(8) };
    const { id: running } = await addOverride(ruth, given);
    const { id: coming } = await addOverride(ruth, { ...given, startsAt: hours(24), endsAt: hours(30) });
    const view = await getSchedule(ada, id);
    expect(view.now).toMatchObject({ name: "ben", until: hours(8) });
    expect(view.overrides.map(({ startsAt }) => startsAt)).toEqual([hours(0), hours(24)]);

    const began = clock;
    clock = hours(2);
    await cancelOverride(olga, { id: running });
    await cancelOverride(olga, { id: coming });
    const timeline = await getTimeline(ada, { id, from: began, until: new Date("2026-03-06T12:00Z") });
    expect(timeline.result.map(({ personId, start }) => [personId, start])).toEqual([
      ["per_ben", began],
      ["per_ada", clock],
    ]);
    await expect(cancelOverride(ruth, { id: running })).rejects.toMatchObject({ code: "conflict" });
    await expect(cancelOverride(ruth, { id: coming })).rejects.toMatchObject({ code: "conflict" });
    const events = (await eventsOf(id)).slice(1);
    expect(events.map(({ verb }) => verb)).toEqual([
      "schedule.overridden",
      "schedule.overridden",
      "schedule.override_cancelled",
      "schedule.override_cancelled",
    ]);
    expect(events[2]!.event).toMatchObject({
      before: { override_id: running },
      after: { override_id: running },
    });
    expect(events[3]!.event).toMatchObject({ before: { override_id: coming }, after: null });
  });

  it("are for approvers, from now on, entered by admins", async () => {
    const { id } = await publish();
    const add = (change: object, who = ruth) =>
      addOverride(who, {
        scheduleId: id,
        personId: "per_ben",
        startsAt: hours(0),
        endsAt: hours(1),
        ...change,
      });
    await expect(add({}, ada)).rejects.toMatchObject({ code: "forbidden" });
    for (const [change, path] of [
      [{ personId: "per_mia" }, "/personId"],
      [{ personId: "per_nobody" }, "/personId"],
      [{ startsAt: hours(-1) }, "/startsAt"],
      [{ startsAt: hours(-2), endsAt: hours(-1) }, "/endsAt"],
      [{ endsAt: hours(0) }, "/endsAt"],
      [{ endsAt: hours(24 * 400) }, "/endsAt"],
    ] as const) {
      await expect(add(change)).rejects.toMatchObject({
        code: "invalid_request",
        details: { fields: [{ path }] },
      });
    }
  });
});

describe("a preview", () => {
  it("shows shifts and findings with overrides on top, and stores nothing", async () => {
    const { id } = await publish();
    await addOverride(ruth, { scheduleId: id, personId: "per_ben", startsAt: hours(1), endsAt: hours(2) });
    const before = await database.db.row(sql`SELECT version FROM directory_state`);
    const preview = await previewSchedule(ruth, {
      definition: definition({ participants: ["per_ada", "per_mia"], restrictions: office }),
      scheduleId: id,
      from: clock,
      until: hours(24),
    });
    expect(preview.result.map(({ personId }) => personId)).toEqual([
      "per_ada",
      "per_ben",
      "per_ada",
      null,
      "per_ada",
    ]);
    expect(preview.layers).toHaveLength(1);
    expect(preview.names).toEqual({ per_ada: "ada", per_ben: "ben", per_mia: "mia" });
    expect(preview.findings[0]).toMatchObject({ severity: "error", kind: "person", personId: "per_mia" });
    expect(preview.findings.some(({ kind }) => kind === "gap")).toBe(true);
    expect(await database.db.row(sql`SELECT version FROM directory_state`)).toEqual(before);
  });

  it("is for admins, of a bounded time", async () => {
    const given = { definition: definition(), scheduleId: null, from: clock, until: hours(24) };
    await expect(previewSchedule(ada, given)).rejects.toMatchObject({ code: "forbidden" });
    const years = previewSchedule(ruth, { ...given, until: hours(24 * 400) });
    await expect(years).rejects.toMatchObject({ code: "invalid_request" });
  });
});
