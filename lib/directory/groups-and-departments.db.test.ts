import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import type { LoadedPolicies } from "@/lib/policy-files/load-policies";
import { addGroupMember } from "./add-group-member";
import { changeDepartment } from "./change-department";
import { createDepartment } from "./create-department";
import { createGroup } from "./create-group";
import { deleteDepartment } from "./delete-department";
import { deleteGroup } from "./delete-group";
import { getDepartment } from "./get-department";
import { getGroup } from "./get-group";
import { listDepartments } from "./list-departments";
import { listGroups } from "./list-groups";
import { getDirectory } from "./load-directory";
import { removeGroupMember } from "./remove-group-member";
import { renameGroup } from "./rename-group";

let database: TestDatabase;
let world: TestWorld;
let admin: Context<PersonActor>;
let second: Context<PersonActor>;
let approver: Context<PersonActor>;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createTestWorld(database.db);
  admin = await world.person("root", { roles: ["admin"] });
  second = await world.person("second", { roles: ["admin"] });
  approver = await world.person("ann");
});
afterAll(() => database?.drop());

const trailOf = (id: string) =>
  database.db.rows<{ verb: string; event: Record<string, unknown> }>(
    sql`SELECT verb, event FROM audit_event WHERE event->'subject'->>'id' = ${id} ORDER BY id`,
  );
const addRule = (name: string, target: Record<string, unknown>) =>
  database.db.run(sql`
    INSERT INTO approver_rule (name, description, definition) VALUES (${name}, '', ${JSON.stringify({
      bands: [{ up_to: null, mode: "all", ask: [target] }],
    })}::jsonb)`);

test("only admins change groups and departments; everyone with a role sees them", async () => {
  const { id } = await createGroup(admin, { name: "Board" });
  const dep = await createDepartment(admin, { name: "Legal", headId: null });
  const refused = [
    createGroup(approver, { name: "Mine" }),
    renameGroup(approver, { id, version: 1, name: "Mine" }),
    addGroupMember(approver, { groupId: id, personId: "per_ann" }),
    removeGroupMember(approver, { groupId: id, personId: "per_ann" }),
    deleteGroup(approver, { id }),
    createDepartment(approver, { name: "Mine", headId: null }),
    changeDepartment(approver, { id: dep.id, version: 1, name: "Mine", headId: null }),
    deleteDepartment(approver, { id: dep.id }),
  ];
  for (const each of refused) await expect(each).rejects.toMatchObject({ code: "forbidden" });
  expect((await listGroups(approver, { query: "boa" })).rows).toMatchObject([{ id, members: 0, rules: [] }]);
  expect((await listDepartments(approver, { query: "leg" })).rows).toMatchObject([
    { id: dep.id, head: null },
  ]);
});

test("members come and go, each once, and routing sees it at once", async () => {
  const { id } = await createGroup(admin, { name: "Reviewers" });
  await addRule("asks_reviewers", { kind: "group", id });
  await addGroupMember(admin, { groupId: id, personId: "per_ann" });
  expect((await getDirectory(database.db)).groups.get(id)?.memberIds).toEqual(["per_ann"]);
  await expect(addGroupMember(admin, { groupId: id, personId: "per_ann" })).rejects.toMatchObject({
    code: "conflict",
    message: "ann is in Reviewers already.",
  });
  expect(await getGroup(approver, { id })).toMatchObject({
    members: { rows: [{ name: "ann", roles: ["approver"] }], total: 1 },
    rules: ["asks_reviewers"],
  });
  await removeGroupMember(admin, { groupId: id, personId: "per_ann" });
  expect((await getDirectory(database.db)).groups.get(id)?.memberIds).toEqual([]);
  await expect(removeGroupMember(admin, { groupId: id, personId: "per_ann" })).rejects.toMatchObject({
    code: "not_found",
  });
  const events = (await trailOf(id)).map(({ verb, event }) => [verb, event.after]);
  expect(events).toEqual([
    ["group.created", { name: "Reviewers" }],
    ["group.changed", { member: "per_ann" }],
    ["group.changed", { member: null }],
  ]);
});

test("a group that a rule asks stays, and the refusal names the rule", async () => {
  const { id } = await createGroup(admin, { name: "Asked" });
  await addGroupMember(admin, { groupId: id, personId: "per_ann" });
  await addRule("asks_asked", { kind: "group", id });
  await expect(deleteGroup(admin, { id })).rejects.toMatchObject({ code: "conflict", message: /asks_asked/ });
  await database.db.run(sql`DELETE FROM approver_rule WHERE name = 'asks_asked'`);
  await deleteGroup(admin, { id });
  await expect(getGroup(admin, { id })).rejects.toMatchObject({ code: "not_found" });
  expect((await trailOf(id)).at(-1)).toMatchObject({
    verb: "group.deleted",
    event: { before: { name: "Asked", members: ["per_ann"] }, after: null },
  });
});

test("of two who rename a group, the second is told who was first; a taken name is refused in any case", async () => {
  const { id } = await createGroup(admin, { name: "Before" });
  await renameGroup(second, { id, version: 1, name: "After" });
  await expect(renameGroup(admin, { id, version: 1, name: "Other" })).rejects.toMatchObject({
    code: "conflict",
    message: /^second changed this meanwhile/,
  });
  await expect(createGroup(admin, { name: "AFTER" })).rejects.toMatchObject({ code: "conflict" });
});

test("a department keeps its version, and its head is somebody active", async () => {
  const { id } = await createDepartment(admin, { name: "Tax", headId: "per_ann" });
  expect((await getDirectory(database.db)).departments.get(id)?.headId).toBe("per_ann");
  await changeDepartment(second, { id, version: 1, name: "Tax", headId: null });
  await expect(
    changeDepartment(admin, { id, version: 1, name: "Taxes", headId: null }),
  ).rejects.toMatchObject({
    code: "conflict",
    message: /^second changed/,
  });
  await expect(
    changeDepartment(admin, { id, version: 2, name: "Tax", headId: "per_nobody" }),
  ).rejects.toMatchObject({ details: { fields: [{ path: "/headId" }] } });
  expect((await trailOf(id)).at(-1)).toMatchObject({
    event: { before: { name: "Tax", head_id: "per_ann" }, after: { name: "Tax", head_id: null } },
  });
});

test("a department that anything refers to stays, and the refusal says what", async () => {
  const { id } = await createDepartment(admin, { name: "Busy", headId: null });
  await database.db.run(sql`UPDATE person SET department_id = ${id} WHERE id = 'per_ann'`);
  await addRule("asks_about_busy", { kind: "person", id: "per_ann", departments: [id] });
  await expect(deleteDepartment(admin, { id })).rejects.toMatchObject({
    code: "conflict",
    message: "Busy stays: 1 person is in it; approver rules name it (asks_about_busy).",
  });
  await database.db.run(sql`UPDATE person SET department_id = NULL WHERE id = 'per_ann'`);
  await database.db.run(sql`DELETE FROM approver_rule WHERE name = 'asks_about_busy'`);
  await deleteDepartment(admin, { id });
  await expect(getDepartment(admin, { id })).rejects.toMatchObject({ code: "not_found" });
});

test("a department that a policy knows by its name keeps it", async () => {
  const { id } = await createDepartment(admin, { name: "Retail", headId: null });
  const refund = world.policies.get("refund")!;
  const naming = (department: string): Context<PersonActor> => ({
    ...admin,
    policies: new Map([
      ["refund", { ...refund, policy: { ...refund.policy, department } }],
    ]) satisfies LoadedPolicies,
  });
  const rename = { id, version: 1, name: "Shops", headId: null };
  await expect(changeDepartment(naming("retail"), rename)).rejects.toMatchObject({
    code: "conflict",
    message: /The policy refund knows/,
  });
  await expect(deleteDepartment(naming("retail"), { id })).rejects.toThrow(/policies name it \(refund\)/);
  await changeDepartment(naming(id), rename);
  await expect(deleteDepartment(naming(id), { id })).rejects.toThrow(/policies name it/);
});
