import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { deleteView } from "./delete-view";
import { listViews } from "./list-views";
import { saveView } from "./save-view";

let database: TestDatabase;
let ann: Context<PersonActor>;
let ben: Context<PersonActor>;
let nobody: Context<PersonActor>;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  ann = await world.person("ann");
  ben = await world.person("ben");
  nobody = await world.person("nob", { roles: [] });
});
afterAll(() => database?.drop());

describe("saved views", () => {
  it("are each person's own, by name", async () => {
    await saveView(ann, { name: "Urgent", path: "/inbox?due=2" });
    await saveView(ann, { name: " mine ", path: "/history?by=me" });
    const views = await listViews(ann);
    expect(views.map(({ name, path }) => [name, path])).toEqual([
      ["mine", "/history?by=me"],
      ["Urgent", "/inbox?due=2"],
    ]);
    expect(await listViews(ben)).toEqual([]);
    await expect(deleteView(ben, { id: views[0]!.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(listViews(nobody)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("are replaced under the same name", async () => {
    const before = await saveView(ben, { name: "Urgent", path: "/inbox" });
    const after = await saveView(ben, { name: "Urgent", path: "/inbox?due=4" });
    expect(after).toEqual({ ...before, path: "/inbox?due=4" });
    expect(await listViews(ben)).toEqual([after]);
  });

  it("are deleted once, and can be saved again", async () => {
    const { id } = await saveView(ann, { name: "Gone", path: "/history" });
    const { name, path } = await deleteView(ann, { id });
    await expect(deleteView(ann, { id })).rejects.toMatchObject({ code: "not_found" });
    expect(await saveView(ann, { name, path })).toMatchObject({ name: "Gone", path: "/history" });
  });

  it.each([
    ["another site", { name: "x", path: "//evil.example/inbox" }],
    ["another page", { name: "x", path: "/organisation" }],
    ["no name", { name: "  ", path: "/inbox" }],
    ["a name too long", { name: "x".repeat(61), path: "/inbox" }],
    ["a name the database cannot keep", { name: "a\u0000", path: "/inbox" }],
  ])("are refused with %s", async (_, input) => {
    await expect(saveView(ann, input)).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("are fifty at most, also when many are saved at once", async () => {
    const many = Array.from({ length: 60 }, (_, n) => saveView(ben, { name: `View ${n}`, path: "/inbox" }));
    const results = await Promise.allSettled(many);
    expect(results.filter(({ status }) => status === "rejected")).toHaveLength(11);
    expect(await listViews(ben)).toHaveLength(50);
    await expect(saveView(ben, { name: "Urgent", path: "/inbox?due=1" })).resolves.toBeTruthy();
  });
});
