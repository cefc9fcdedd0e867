import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import type { ApproverRuleDefinition } from "@/lib/routing/approver-rule";
import { listApproverRules } from "./list-approver-rules";
import { deleteApproverRule, saveApproverRule } from "./save-approver-rule";
import { tryApproverRule } from "./try-approver-rule";

let database: TestDatabase;
let admin: Context<PersonActor>;
let ann: Context<PersonActor>;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  admin = await world.person("ada", { roles: ["admin"] });
  ann = await world.person("ann");
  await world.person("ben");
});
afterAll(() => database?.drop());

const person = (name: string) => ({ kind: "person" as const, id: `per_${name}` });
const asks = (...names: string[]): ApproverRuleDefinition => ({
  bands: [{ up_to: null, mode: "all", ask: names.map(person) }],
});
const save = (name: string, definition: ApproverRuleDefinition, expectedVersion: number | null = null) =>
  saveApproverRule(admin, { name, definition, expectedVersion });

it("is entered once, changed by who saw its last version, and each change stands in the trail", async () => {
  expect(await save("board", asks("ann"))).toEqual({ version: 1 });
  await expect(save("board", asks("ben"))).rejects.toMatchObject({ code: "conflict" });
  const two = await Promise.allSettled([save("board", asks("ben"), 1), save("board", asks("ann", "ben"), 1)]);
  expect(two.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const events = await database.db.rows<{ verb: string; event: { before: unknown; after: unknown } }>(sql`
    SELECT verb, event FROM audit_event WHERE event #>> '{subject,id}' = 'board' ORDER BY id`);
  expect(events.map(({ verb }) => verb)).toEqual(["approver_rule.created", "approver_rule.changed"]);
  expect(events[1]?.event.before).toEqual(asks("ann"));
});

it("is only for admins to change, and everyone's to read", async () => {
  await expect(
    saveApproverRule(ann, { name: "mine", definition: asks("ann"), expectedVersion: null }),
  ).rejects.toMatchObject({ code: "forbidden" });
  expect((await listApproverRules(ann)).find(({ name }) => name === "board")).toMatchObject({ exists: true });
});

it.each([
  ["somebody who is not there", { bands: [{ up_to: null, mode: "all", ask: [person("nobody")] }] }],
  ["a band without an end before the last", { bands: [...asks("ann").bands, ...asks("ben").bands] }],
  ["no open band", { bands: [{ up_to: 5, mode: "all", ask: [person("ann")] }] }],
  ["nobody", { bands: [{ up_to: null, mode: "all", ask: [] }] }],
])("refuses to ask %s", async (_, definition) => {
  await expect(save("bad", definition as ApproverRuleDefinition)).rejects.toMatchObject({
    code: "invalid_request",
  });
});

it("tells who would be asked, also by a rule that is not saved yet", async () => {
  const definition: ApproverRuleDefinition = {
    bands: [
      { up_to: 100, mode: "all", ask: [person("ann")] },
      { up_to: null, mode: "first", ask: [person("ada"), person("ben")] },
    ],
  };
  const question = { name: "board", definition, departmentId: null, at: "2026-11-23T12:00:00Z" };
  expect(await tryApproverRule(ann, { ...question, amount: 100 })).toMatchObject({
    band: 1,
    approvers: [{ name: "ann", because: "named by the rule" }],
  });
  expect(await tryApproverRule(ann, { ...question, amount: null })).toMatchObject({
    band: 2,
    approvers: [{ name: "ben" }],
    passedOver: [{ who: "ada", because: "ada is not an approver" }],
  });
});

it("lists what policies name and nobody has entered, and keeps what they use", async () => {
  const oncall = (await listApproverRules(admin)).find(({ name }) => name === "finance_oncall");
  expect(oncall).toMatchObject({ exists: false, bands: [] });
  expect(oncall?.usedBy).toContain("refund");
  await save("finance_oncall", asks("ann"));
  await expect(
    deleteApproverRule(admin, { name: "finance_oncall", expectedVersion: 1 }),
  ).rejects.toMatchObject({ code: "conflict" });
  await expect(deleteApproverRule(admin, { name: "board", expectedVersion: 1 })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await deleteApproverRule(admin, { name: "board", expectedVersion: 2 })).toEqual({ name: "board" });
});
