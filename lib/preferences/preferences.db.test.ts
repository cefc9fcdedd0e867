import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { getPreferences } from "./get-preferences";
import { saveQuietHours } from "./save-quiet-hours";

let database: TestDatabase;
let ann: Context<PersonActor>;
let ben: Context<PersonActor>;
const night = { from: "22:00", until: "07:00", zone: "Europe/Berlin" };

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  ann = await world.person("ann");
  ben = await world.person("ben");
});
afterAll(() => database?.drop());

describe("quiet hours", () => {
  it("are none until they are set, each person's own, and can be taken away again", async () => {
    expect(await getPreferences(ann)).toEqual({ quietHours: null });
    await saveQuietHours(ann, { quietHours: night });
    await saveQuietHours(ann, { quietHours: { ...night, from: "20:00" } });
    expect(await getPreferences(ann)).toEqual({ quietHours: { ...night, from: "20:00" } });
    expect(await getPreferences(ben)).toEqual({ quietHours: null });
    await saveQuietHours(ann, { quietHours: null });
    expect(await getPreferences(ann)).toEqual({ quietHours: null });
  });

  it.each([
    ["no time of day", { ...night, from: "24:00" }],
    ["no zone", { ...night, zone: "Europe/Atlantis" }],
    ["nothing between", { ...night, until: "22:00" }],
    ["something else in them", { ...night, personId: "per_ben" }],
  ])("are refused with %s", async (_, quietHours) => {
    await expect(saveQuietHours(ann, { quietHours })).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("count as none when they cannot be read", async () => {
    await database.db.run(sql`
      INSERT INTO preference VALUES (${ben.actor.personId}, '{"from": "22:00", "zone": "Europe/Atlantis"}')`);
    expect(await getPreferences(ben)).toEqual({ quietHours: null });
  });
});
