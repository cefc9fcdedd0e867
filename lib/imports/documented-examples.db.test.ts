import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { importLines } from "./import-fixture";

const page = readFileSync("docs/import.md", "utf8");

/** The one block of this language on the page. */
function block(language: string): string {
  const found = [...page.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"))];
  expect(found, language).toHaveLength(1);
  return found[0]![1]!;
}

let database: TestDatabase;
let world: TestWorld;
beforeAll(async () => {
  database = await createTestDatabase();
  world = await createTestWorld(database.db);
  await world.person("ada", { roles: ["admin"] });
  await world.person("mara");
});
afterAll(() => database?.drop());

it("the lines that docs/import.md shows come in as they stand there", async () => {
  const { report, bad } = await importLines({ db: database.db, policies: world.policies }, block("jsonl"));
  expect(bad).toEqual([]);
  expect(report).toMatchObject({ importedInAll: 3, refusedPayloads: new Map() });
});

it("so does its CSV file by its mapping", async () => {
  const { report, bad } = await importLines({ db: database.db, policies: world.policies }, block("csv"), {
    format: "csv",
    mapping: JSON.parse(block("json")),
  });
  expect(bad).toEqual([]);
  expect(report).toMatchObject({ importedInAll: 2, refusedPayloads: new Map() });
  const rows = await database.db.rows(sql`
    SELECT example.outcome, example.final_payload->'amount' AS amount, example.reason, example.person_id, example.decided_at
    FROM draft JOIN example ON example.draft_id = draft.id WHERE external_id LIKE 'A-%' ORDER BY external_id`);
  expect(rows).toEqual([
    {
      outcome: "approved",
      amount: 1250,
      reason: null,
      person_id: "per_mara",
      decided_at: new Date("2026-03-02T14:05:00Z"),
    },
    {
      outcome: "rejected",
      amount: 35.5,
      reason: "Zu spät,\nschon bezahlt",
      person_id: null,
      decided_at: new Date("2026-03-03T08:00:00Z"),
    },
  ]);
});
