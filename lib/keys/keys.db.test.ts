import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { parseApiKey } from "@/lib/trust/api-key";
import { seedDemo } from "@/prisma/seed";
import { createKey } from "./create-key";
import type { KeyContext } from "./key-context";
import { listKeys } from "./list-keys";
import { revokeKey } from "./revoke-key";
import { rotateKey } from "./rotate-key";

let test_: TestDatabase;
let ctx: KeyContext;
const at = new Date("2026-11-20T12:00:00Z");

beforeAll(async () => {
  test_ = await createTestDatabase();
  await seedDemo(test_.db);
  ctx = { actor: { kind: "system", name: "cli" }, db: test_.db, now: () => at };
});
afterAll(() => test_?.drop());

const events = async (keyId: string) => {
  const { rows } = await test_.db.pool.query(
    "SELECT verb, event FROM audit_event WHERE event->>'key_id' = $1",
    [keyId],
  );
  return rows as { verb: string; event: Record<string, unknown> }[];
};
const keyRow = async (id: string) =>
  (await test_.db.pool.query("SELECT * FROM api_key WHERE id = $1", [id])).rows[0];

test("seeding a second time touches nothing", async () => {
  expect(await seedDemo(test_.db)).toBe(false);
  const { rows } = await test_.db.pool.query(
    "SELECT array_agg(DISTINCT role ORDER BY role) AS roles, count(DISTINCT person_id)::int AS people FROM person_role",
  );
  expect(rows[0].roles).toEqual(["admin", "approver", "auditor", "manager"]);
  const { rows: rules } = await test_.db.pool.query(
    `SELECT name AS rule_name, array_agg(asked->>'id' ORDER BY position) AS asked
     FROM approver_rule, jsonb_array_elements(definition #> '{bands,0,ask}') WITH ORDINALITY AS each(asked, position)
     GROUP BY 1 ORDER BY 1`,
  );
  expect(rules.find((rule) => rule.rule_name === "finance_oncall").asked).toEqual([
    "sch_finance",
    "per_victor_stein",
  ]);
});

test("a key for an existing agent belongs to the agent's owner, and only its hash is kept", async () => {
  const created = await createKey(ctx, { holder: { kind: "agent", name: "Ops assistant" } });
  expect(created).toMatchObject({
    agentId: "agt_ops_assistant",
    agentIsNew: false,
    ownerId: "per_oliver_grant",
  });
  const row = await keyRow(created.id);
  expect(row.hash).toBe(parseApiKey(created.key)?.hash);
  expect(JSON.stringify(row)).not.toContain(created.key);
  const [event] = await events(created.id);
  expect(event).toMatchObject({ verb: "key.created", event: { actor: { kind: "system", id: "cli" } } });
  expect(JSON.stringify(event)).not.toContain(created.key);
});

test("a key for an unknown agent makes the agent, owned by the first admin or by whom is named", async () => {
  const first = await createKey(ctx, { holder: { kind: "agent", name: "New bot" } });
  expect(first).toMatchObject({ agentIsNew: true, ownerId: "per_ruth_adler" });
  const second = await createKey(ctx, {
    holder: { kind: "agent", name: "New bot" },
    creatorEmail: "Mei.Tanaka@example.com",
  });
  expect(second).toMatchObject({ agentIsNew: false, agentId: first.agentId });
  expect((await keyRow(second.id)).creator_id).toBe("per_mei_tanaka");
  const other = await createKey(ctx, {
    holder: { kind: "agent", name: "Owned bot" },
    ownerEmail: "priya.nair@example.com",
  });
  expect(other.ownerId).toBe("per_priya_nair");
  await expect(
    createKey(ctx, { holder: { kind: "agent", name: "Owned bot" }, ownerEmail: "mei.tanaka@example.com" }),
  ).rejects.toMatchObject({ code: "conflict" });
});

test("a refusal leaves neither key nor agent behind", async () => {
  const before = await test_.db.pool.query(
    "SELECT (SELECT count(*) FROM agent) AS agents, (SELECT count(*) FROM api_key) AS keys",
  );
  await expect(
    createKey(ctx, { holder: { kind: "agent", name: "Ghost" }, ownerEmail: "nobody@example.com" }),
  ).rejects.toMatchObject({ code: "not_found" });
  await expect(
    createKey(ctx, { holder: { kind: "agent", name: "Ghost" }, scopes: "facts:write" }),
  ).rejects.toMatchObject({ code: "invalid_request" });
  const after = await test_.db.pool.query(
    "SELECT (SELECT count(*) FROM agent) AS agents, (SELECT count(*) FROM api_key) AS keys",
  );
  expect(after.rows).toEqual(before.rows);
});

test("rotating ends the former key and passes on scopes, owner and lifetime", async () => {
  const former = await createKey(ctx, {
    holder: { kind: "integration", name: "ERP" },
    scopes: "facts:write",
    expiresAfterMs: 86_400_000,
  });
  const later: KeyContext = { ...ctx, now: () => new Date(at.getTime() + 3_600_000) };
  const next = await rotateKey(later, { idOrPrefix: former.prefix, rotatorEmail: "ruth.adler@example.com" });
  expect(next.expiresAt?.toISOString()).toBe("2026-11-21T13:00:00.000Z");
  expect(await keyRow(former.id)).toMatchObject({ revoked_at: later.now() });
  expect(await keyRow(next.id)).toMatchObject({
    scopes: ["facts:write"],
    agent_id: null,
    rotator_id: "per_ruth_adler",
  });
  expect((await events(next.id))[0]).toMatchObject({
    verb: "key.rotated",
    event: { replaces_key_id: former.id },
  });
  await expect(rotateKey(later, { idOrPrefix: former.id })).rejects.toMatchObject({ code: "conflict" });
});

test("a revoked key is revoked once, and says so", async () => {
  const { id, prefix } = await createKey(ctx, { holder: { kind: "agent", name: "Ops assistant" } });
  await revokeKey(ctx, prefix);
  await expect(revokeKey(ctx, id)).rejects.toThrow(/was revoked on 2026-11-20/);
  expect((await events(id)).map(({ verb }) => verb)).toEqual(["key.created", "key.revoked"]);
});

test("only the command line and admins look after keys", async () => {
  const actor = { kind: "person", personId: "per_ines_moreau", roles: ["approver", "manager"] } as never;
  const theirs = { ...ctx, actor };
  await expect(listKeys(theirs)).rejects.toMatchObject({ code: "forbidden" });
  await expect(createKey(theirs, { holder: { kind: "agent", name: "x" } })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(revokeKey(theirs, "csk_")).rejects.toMatchObject({ code: "forbidden" });
  await expect(rotateKey(theirs, { idOrPrefix: "csk_" })).rejects.toMatchObject({ code: "forbidden" });
});

test("the list is paged, newest first, and opens nothing", async () => {
  const all = await listKeys(ctx);
  expect(all.length).toBeGreaterThan(3);
  const [first, second] = [
    await listKeys(ctx, { limit: 1 }),
    await listKeys(ctx, { limit: 1, beforeId: all[0]?.id }),
  ];
  expect([...first, ...second].map(({ id }) => id)).toEqual(all.slice(0, 2).map(({ id }) => id));
  expect(Object.keys(all[0] ?? {})).not.toContain("hash");
});
