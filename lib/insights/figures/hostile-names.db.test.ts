import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { getExample } from "@/lib/examples/get-example";
import { getHold } from "@/lib/holds/get-hold";
import { getAttentionOf } from "../attention/get-attention";
import { getPromotion } from "../promotion/get-promotion";
import { exportFigures } from "./export-figures";
import { getFigures } from "./get-figures";
import { getOverview } from "./get-overview";
import { listEditedFields } from "./list-edited-fields";
import { listRefusals } from "./list-refusals";

let database: TestDatabase;
let max: Context<PersonActor>;

beforeAll(async () => {
  database = await createTestDatabase();
  max = await (await createTestWorld(database.db)).person("max", { roles: ["manager"] });
});
afterAll(() => database?.drop());

/** An address may hold it as %00, and a database has no such character. */
const NUL = "a\0b";
const period = "7d" as const;

it("a name in an address that no database can hold is refused, and is no fault of ours", async () => {
  const asked = { period, actionType: NUL };
  const refused = { code: "invalid_request" };
  await expect(getFigures(max, { ...asked, by: "rule" })).rejects.toMatchObject(refused);
  await expect(exportFigures(max, { ...asked, by: "agent" })).rejects.toMatchObject(refused);
  await expect(getOverview(max, asked)).rejects.toMatchObject(refused);
  await expect(listRefusals(max, asked)).rejects.toMatchObject(refused);
  await expect(listEditedFields(max, asked)).rejects.toMatchObject(refused);
});

it("nor is there anything of such an id", async () => {
  const missing = { code: "not_found" };
  await expect(getPromotion(max, NUL)).rejects.toMatchObject(missing);
  await expect(getExample(max, { id: NUL })).rejects.toMatchObject(missing);
  await expect(getHold(max, { id: NUL })).rejects.toMatchObject(missing);
  expect(await getAttentionOf(max, NUL, {})).toBeNull();
});
