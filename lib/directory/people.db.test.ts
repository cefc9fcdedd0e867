import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findPerson } from "@/lib/auth/find-person";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { addIdentity } from "./add-identity";
import { changePerson, type PersonChange } from "./change-person";
import { createPerson } from "./create-person";
import { getPerson } from "./get-person";
import { listPeople } from "./list-people";
import { removeIdentity } from "./remove-identity";
import { setPersonDisabled } from "./set-person-disabled";

let database: TestDatabase;
let world: TestWorld;
let admin: Context<PersonActor>;
let second: Context<PersonActor>;
let approver: Context<PersonActor>;
let count = 0;
const now = () => new Date("2026-11-21T12:00:00Z");

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createTestWorld(database.db, now);
  admin = await world.person("root", { roles: ["admin"] });
  second = await world.person("second", { roles: ["admin"] });
  approver = await world.person("ann", { roles: ["approver"], rules: ["finance_oncall"] });
});
afterAll(() => database?.drop());
beforeEach(() => {
  count += 1;
});

const fresh = (name = "new") => ({
  name: `${name} ${count}`,
  email: `${name.replace(/\W/g, "-")}.${count}@example.com`,
  departmentId: null,
  managerId: null,
  roles: [],
  identity: null,
});
/** The form of a person as an editor has it open. */
async function formOf(id: string): Promise<PersonChange> {
  const { name, email, department, manager, roles, version } = await getPerson(admin, { id });
  return {
    id,
    version,
    name,
    email,
    departmentId: department?.id ?? null,
    managerId: manager?.id ?? null,
    roles,
  };
}
const trailOf = (id: string) =>
  database.db.rows<{ verb: string; event: Record<string, unknown> }>(
    sql`SELECT verb, event FROM audit_event WHERE event->'subject'->>'id' = ${id} ORDER BY id`,
  );

describe("creating", () => {
  it("is for admins, and leaves name and e-mail out of the trail", async () => {
    await expect(createPerson(approver, fresh())).rejects.toMatchObject({ code: "forbidden" });
    const { id } = await createPerson(admin, { ...fresh("zoe"), roles: ["manager", "approver", "manager"] });
    expect(await getPerson(approver, { id })).toMatchObject({ roles: ["approver", "manager"], version: 1 });
    const [event] = await trailOf(id);
    expect(event).toMatchObject({
      verb: "person.created",
      event: {
        actor: { id: "per_root" },
        before: null,
        after: { roles: ["approver", "manager"], identities: [] },
        personal_data_changed: ["name", "email"],
      },
    });
    expect(JSON.stringify(event)).not.toMatch(/zoe/i);
  });

  it("refuses an address that somebody active has, whatever its case, and says whose it is", async () => {
    const taken = createPerson(admin, { ...fresh(), email: "ANN@example.com" });
    await expect(taken).rejects.toMatchObject({ code: "conflict", message: /^ann has this/ });
    await expect(taken).rejects.toMatchObject({ details: { fields: [{ path: "/email" }] } });
  });

  it("refuses what is no name, no address and no department", async () => {
    const wrong = [{ name: "a\u0007b" }, { name: "  " }, { email: "ada" }, { departmentId: "dep_none" }];
    for (const each of wrong) {
      await expect(createPerson(admin, { ...fresh(), ...each })).rejects.toMatchObject({
        code: "invalid_request",
      });
    }
  });
});

describe("changing", () => {
  it("counts from the next request on", async () => {
    await world.person("plain", { roles: [] });
    const form = await formOf("per_plain");
    await changePerson(admin, { ...form, roles: ["approver"] });
    const signedIn = await findPerson(database.db, { issuer: "demo", subject: "per_plain" });
    expect(signedIn?.roles).toEqual(["approver"]);
    expect((await trailOf("per_plain")).at(-1)).toMatchObject({
      verb: "person.changed",
      event: { before: { roles: [] }, after: { roles: ["approver"] } },
    });
  });

  it("by two admins at once keeps the first, and tells the second who it was", async () => {
    const { id } = await createPerson(admin, fresh());
    const form = await formOf(id);
    await changePerson(second, { ...form, roles: ["manager"] });
    const late = changePerson(admin, { ...form, name: "Somebody else" });
    await expect(late).rejects.toMatchObject({ code: "conflict", message: /^second changed this meanwhile/ });
    expect(await getPerson(admin, { id })).toMatchObject({ roles: ["manager"], name: form.name });
    expect(await trailOf(id)).toHaveLength(2);
  });

  it("refuses managers who would go round in a circle, however long", async () => {
    const top = (await createPerson(admin, fresh("top"))).id;
    const middle = (await createPerson(admin, { ...fresh("middle"), managerId: top })).id;
    const low = (await createPerson(admin, { ...fresh("low"), managerId: middle })).id;
    for (const managerId of [top, middle, low]) {
      const circle = changePerson(admin, { ...(await formOf(top)), managerId });
      await expect(circle).rejects.toMatchObject({ details: { fields: [{ path: "/managerId" }] } });
    }
    await changePerson(admin, { ...(await formOf(low)), managerId: top });
  });
});

describe("two admins at once", () => {
  const outcomes = (results: PromiseSettledResult<unknown>[]) =>
    results.map((each) => (each.status === "fulfilled" ? "done" : each.reason.code)).sort();

  it("never make two people each other's manager, nor give two the same address", async () => {
    for (let round = 0; round < 5; round++) {
      const email = `shared.${round}@example.com`;
      const added = await Promise.allSettled(
        [admin, second].map((ctx) => createPerson(ctx, { ...fresh(), email })),
      );
      expect(outcomes(added)).toEqual(["conflict", "done"]);
      const one = (await createPerson(admin, fresh(`one-${round}`))).id;
      const other = (await createPerson(admin, fresh(`other-${round}`))).id;
      const forms = await Promise.all([formOf(one), formOf(other)]);
      const changed = await Promise.allSettled([
        changePerson(admin, { ...forms[0], managerId: other }),
        changePerson(second, { ...forms[1], managerId: one }),
      ]);
      expect(outcomes(changed)).toEqual(["done", "invalid_request"]);
    }
  });
});

describe("the last admin who can sign in", () => {
  it("cannot be demoted or disabled, also not by two who do it to each other at once", async () => {
    const forms = { root: await formOf("per_root"), second: await formOf("per_second") };
    const results = await Promise.allSettled([
      changePerson(second, { ...forms.root, roles: [] }),
      changePerson(admin, { ...forms.second, roles: [] }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = results.find(({ status }) => status === "rejected") as PromiseRejectedResult;
    expect(lost.reason).toMatchObject({ code: "conflict", message: /no admin who can sign in/ });
    await database.db.run(sql`
      INSERT INTO person_role (person_id, role) VALUES ('per_root', 'admin'), ('per_second', 'admin') ON CONFLICT DO NOTHING`);
  });

  it("is not replaced by an admin who has no identity", async () => {
    const { id } = await createPerson(admin, { ...fresh(), roles: ["admin"] });
    await setPersonDisabled(admin, { id: "per_second", disabled: true });
    const leave = changePerson(admin, { ...(await formOf("per_root")), roles: [] });
    await expect(leave).rejects.toMatchObject({ code: "conflict" });
    await addIdentity(admin, { personId: id, identity: { issuer: "demo", subject: id } });
    await changePerson(admin, { ...(await formOf("per_root")), roles: [] });
    await database.db.run(sql`INSERT INTO person_role (person_id, role) VALUES ('per_root', 'admin')`);
    await setPersonDisabled(admin, { id: "per_second", disabled: false });
  });
});

describe("disabling", () => {
  it("ends sign-in at once, is refused twice, and is undone", async () => {
    await world.person("gone");
    const identity = { issuer: "demo", subject: "per_gone" };
    await setPersonDisabled(admin, { id: "per_gone", disabled: true });
    expect(await findPerson(database.db, identity)).toBeNull();
    const again = setPersonDisabled(admin, { id: "per_gone", disabled: true });
    await expect(again).rejects.toMatchObject({ code: "conflict", message: "gone is disabled already." });
    await setPersonDisabled(admin, { id: "per_gone", disabled: false });
    expect(await findPerson(database.db, identity)).toMatchObject({ personId: "per_gone" });
    const events = (await trailOf("per_gone")).map(({ event }) => event.after);
    expect(events).toEqual([{ disabled: true }, { disabled: false }]);
  });

  it("is never of oneself, and never by somebody who is no admin", async () => {
    await expect(setPersonDisabled(admin, { id: "per_root", disabled: true })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(setPersonDisabled(approver, { id: "per_root", disabled: true })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("identities", () => {
  const identity = { issuer: "https://id.example.com", subject: "u-1" };

  it("stand for one person, and the conflict names them", async () => {
    const { id } = await createPerson(admin, { ...fresh(), identity });
    expect(await findPerson(database.db, identity)).toMatchObject({ personId: id });
    const taken = addIdentity(admin, { personId: "per_ann", identity });
    await expect(taken).rejects.toMatchObject({ code: "conflict", message: /This identity is new \d+'s/ });
    await expect(createPerson(admin, { ...fresh("other"), identity })).rejects.toMatchObject({
      code: "conflict",
    });
    await removeIdentity(admin, { personId: id, identity });
    expect(await findPerson(database.db, identity)).toBeNull();
    await addIdentity(admin, { personId: "per_ann", identity });
    expect(await findPerson(database.db, identity)).toMatchObject({ personId: "per_ann" });
    expect((await trailOf("per_ann")).at(-1)).toMatchObject({ event: { after: { identity } } });
  });

  it("are not lost by oneself: the last one stays", async () => {
    const own = { personId: "per_root", identity: { issuer: "demo", subject: "per_root" } };
    await expect(removeIdentity(admin, own)).rejects.toMatchObject({ message: /your own last identity/ });
    await addIdentity(admin, {
      personId: "per_root",
      identity: { issuer: "https://id.example.com", subject: "root" },
    });
    await removeIdentity(admin, own);
    await addIdentity(admin, own);
  });

  it("have an issuer that could vouch for somebody", async () => {
    for (const issuer of ["example", "javascript:alert(1)", "ftp://id.example.com"]) {
      const wrong = addIdentity(admin, { personId: "per_ann", identity: { issuer, subject: "x" } });
      await expect(wrong).rejects.toMatchObject({ code: "invalid_request" });
    }
  });
});

describe("the list", () => {
  it("finds by name and address, filters by role, department and state, and forgives a senseless URL", async () => {
    await database.db.run(sql`INSERT INTO department (id, name) VALUES ('dep_list', 'Listing')`);
    const { id } = await createPerson(admin, {
      ...fresh("50%_x"),
      departmentId: "dep_list",
      roles: ["auditor"],
    });
    const ids = async (input: Parameters<typeof listPeople>[1]) =>
      (await listPeople(approver, input)).rows.map((row) => row.id);
    expect(await ids({ query: "50%_x" })).toEqual([id]);
    expect(await ids({ query: "50-_X." })).toEqual([id]);
    expect(await ids({ query: "0__x" })).toEqual([]);
    expect(await ids({ department: "dep_list", role: "auditor" })).toEqual([id]);
    expect(await ids({ department: "dep_list", role: "none" })).toEqual([]);
    await setPersonDisabled(admin, { id, disabled: true });
    expect(await ids({ department: "dep_list" })).toEqual([]);
    expect(await ids({ department: "dep_list", state: "disabled" })).toEqual([id]);
    expect(await ids({ role: "owner", page: "-1" } as never)).toContain("per_ann");
  });

  it("answers fifty a page and the last page for one beyond it", async () => {
    await database.db.run(sql`
      INSERT INTO person (id, name, email) SELECT 'per_page_' || n, 'page ' || n, 'page' || n || '@example.com'
      FROM generate_series(1, 120) AS n`);
    const first = await listPeople(approver, { query: "page" });
    expect([first.rows.length, first.page, first.pages, first.total]).toEqual([50, 1, 3, 120]);
    const last = await listPeople(approver, { query: "page", page: 99 });
    expect([last.rows.length, last.page]).toEqual([20, 3]);
    expect(await listPeople(approver, { query: "nobody at all" })).toMatchObject({
      rows: [],
      page: 1,
      pages: 1,
    });
  });

  it("marks who is away and who is on call at this moment", async () => {
    await world.person("away");
    const layer = {
      name: "all",
      participants: ["per_ann"],
      rotation: { unit: "day", every: 1, handover: "09:00" },
      starts_on: "2026-11-01",
    };
    await database.db.run(sql`
      INSERT INTO schedule (id, name, definition)
      VALUES ('sch_on', 'Finance', ${JSON.stringify({ time_zone: "UTC", layers: [layer] })}::jsonb)`);
    await database.db.run(sql`
      INSERT INTO absence (id, person_id, delegate_id, starts_at, ends_at)
      VALUES ('abs_1', 'per_away', 'per_ann', ${new Date("2026-11-20T00:00:00Z")}, ${new Date("2026-11-25T00:00:00Z")})`);
    const { rows } = await listPeople(approver, { role: "approver" });
    expect(rows.find(({ id }) => id === "per_away")).toMatchObject({
      awayUntil: "2026-11-25T00:00:00.000Z",
      onCall: [],
    });
    expect(rows.find(({ id }) => id === "per_ann")).toMatchObject({ awayUntil: null, onCall: ["Finance"] });
  });
});

describe("one person's page", () => {
  it("says what comes to them: rules directly and through groups, schedules, agents, absences they stand in for", async () => {
    await database.db.run(sql`INSERT INTO "group" (id, name) VALUES ('grp_1', 'Controllers')`);
    await database.db.run(sql`INSERT INTO group_member (group_id, person_id) VALUES ('grp_1', 'per_ann')`);
    await database.db.run(
      sql`INSERT INTO department (id, name, head_id) VALUES ('dep_h', 'Headed', 'per_ann')`,
    );
    const bands = [
      {
        up_to: 10,
        mode: "all",
        ask: [
          { kind: "group", id: "grp_1" },
          { kind: "schedule", id: "sch_on" },
        ],
      },
      { up_to: null, mode: "all", ask: [{ kind: "department_head" }] },
    ];
    await database.db.run(sql`
      INSERT INTO approver_rule (name, description, definition)
      VALUES ('many_ways', '', ${JSON.stringify({ bands })}::jsonb)`);
    await world.agent("annbot", "per_ann");
    const detail = await getPerson(approver, { id: "per_ann" });
    expect(detail.rules).toEqual([
      { rule: "finance_oncall", via: null },
      { rule: "many_ways", via: { kind: "group", name: "Controllers" } },
      { rule: "many_ways", via: { kind: "schedule", name: "Finance" } },
      { rule: "many_ways", via: { kind: "department", name: "Headed" } },
    ]);
    expect(detail).toMatchObject({
      groups: [{ name: "Controllers" }],
      headOf: [{ name: "Headed" }],
      schedules: [{ name: "Finance", until: "2026-11-22T09:00:00.000Z" }],
      agents: [{ name: "annbot", disabled: false }],
      keys: [{ name: "annbot" }],
      standsInFor: [{ id: "per_away" }],
    });
    await expect(getPerson(approver, { id: "per_nobody" })).rejects.toMatchObject({ code: "not_found" });
  });
});
