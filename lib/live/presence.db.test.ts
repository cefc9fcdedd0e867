import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { deleteOldPresence, listPresent, notePresence } from "./presence";

let database: TestDatabase;
let ann: Context<PersonActor>;
let ben: Context<PersonActor>;
let clock = Date.parse("2026-11-21T10:00:00Z");

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db, () => new Date(clock));
  ann = await world.person("ann");
  ben = await world.person("ben");
});
afterAll(() => database?.drop());

test("whoever has a draft open is known to the others, until they leave or fall silent", async () => {
  expect(await notePresence(ann, { draftId: "drf_1", open: true })).toEqual({ others: [] });
  expect(await notePresence(ben, { draftId: "drf_1", open: true })).toEqual({
    others: [{ id: ann.actor.personId, name: "ann" }],
  });
  expect(await notePresence(ben, { draftId: "drf_2", open: true })).toEqual({ others: [] });
  await notePresence(ann, { draftId: "drf_1", open: false });
  expect(await notePresence(ben, { draftId: "drf_1", open: true })).toEqual({ others: [] });

  clock += 26_000;
  expect(await listPresent(database.db, ["drf_1", "drf_2"], new Date(clock))).toEqual(new Map());
  expect(await deleteOldPresence(database.db, new Date(clock))).toBe(2);
});

test("an auditor is seen too, somebody without a role is refused, and so is nonsense", async () => {
  const world = { ...ann, actor: { ...ann.actor, roles: [] } };
  await expect(notePresence(world, { draftId: "drf_1", open: true })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(notePresence(ann, { draftId: "x".repeat(101), open: true })).rejects.toMatchObject({
    code: "invalid_request",
  });
  await expect(notePresence(ann, {} as never)).rejects.toMatchObject({ code: "invalid_request" });
});
