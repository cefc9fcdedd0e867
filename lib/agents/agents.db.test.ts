import { afterAll, beforeAll, expect, test } from "vitest";
import { authenticateKey } from "@/lib/auth/authenticate-key";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { issueKey } from "@/lib/keys/issue-key";
import { listHolderKeys } from "@/lib/keys/list-holder-keys";
import { revokeKey } from "@/lib/keys/revoke-key";
import { rotateKey } from "@/lib/keys/rotate-key";
import { changeAgent } from "./change-agent";
import { createAgent } from "./create-agent";
import { getAgent } from "./get-agent";
import { listAgents } from "./list-agents";
import { setAgentDisabled } from "./set-agent-disabled";

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
  await world.person("ben");
});
afterAll(() => database?.drop());

const opens = (key: string) =>
  authenticateKey(database.db, `Bearer ${key}`, null).then(
    () => true,
    () => false,
  );
const keyFor = (agentId: string) =>
  issueKey(admin, {
    holder: { kind: "agent", id: agentId },
    scopes: ["drafts:write", "drafts:read"],
    expiresAfterDays: 30,
  });
const trailOf = (id: string) =>
  database.db.rows<{ verb: string; event: Record<string, unknown> }>(sql`
    SELECT verb, event FROM audit_event
    WHERE event->'subject'->>'id' = ${id} OR event->>'key_id' = ${id} ORDER BY id`);

test("only those who look after keys change agents; everyone with a role sees them", async () => {
  const { id } = await createAgent(admin, { name: "Seen", ownerId: "per_ann" });
  const refused = [
    createAgent(approver, { name: "Mine", ownerId: "per_ann" }),
    changeAgent(approver, { id, version: 1, name: "Mine", ownerId: "per_ann" }),
    setAgentDisabled(approver, { id, disabled: true }),
    issueKey(approver, { holder: { kind: "agent", id }, scopes: ["drafts:read"], expiresAfterDays: null }),
  ];
  for (const each of refused) await expect(each).rejects.toMatchObject({ code: "forbidden" });
  expect((await listAgents(approver, { query: "see" })).rows).toMatchObject([
    { id, keys: 0, lastDraftAt: null, recent: { submitted: 0 } },
  ]);
  expect(await trailOf(id)).toMatchObject([
    { verb: "agent.created", event: { before: null, after: { name: "Seen", owner_id: "per_ann" } } },
  ]);
});

test("a key is made, rotated and revoked by a person, who is remembered as its creator and rotator", async () => {
  const { id } = await createAgent(admin, { name: "Keyed", ownerId: "per_ann" });
  const made = await keyFor(id);
  expect(await opens(made.key)).toBe(true);
  const [row] = await listHolderKeys(approver, { agentId: id });
  expect(row).toMatchObject({
    prefix: made.prefix,
    owner: { id: "per_ann" },
    creator: "root",
    state: "active",
  });
  expect(JSON.stringify(row)).not.toContain(made.key);
  expect(await trailOf(made.id)).toMatchObject([
    { event: { creator_id: "per_root", actor: { id: "per_root" } } },
  ]);

  const rotated = await rotateKey(second, { idOrPrefix: made.id });
  expect([await opens(made.key), await opens(rotated.key)]).toEqual([false, true]);
  const keys = await listHolderKeys(approver, { agentId: id });
  expect(keys.map(({ state, rotator }) => [state, rotator])).toEqual([
    ["active", "second"],
    ["revoked", null],
  ]);
  await revokeKey(admin, rotated.id);
  expect(await opens(rotated.key)).toBe(false);
});

test("a disabled agent's keys stop at once and work again with it", async () => {
  const { id } = await createAgent(admin, { name: "Stopped", ownerId: "per_ann" });
  const { key } = await keyFor(id);
  await setAgentDisabled(admin, { id, disabled: true });
  expect(await opens(key)).toBe(false);
  await expect(setAgentDisabled(admin, { id, disabled: true })).rejects.toMatchObject({ code: "conflict" });
  await expect(keyFor(id)).rejects.toMatchObject({ code: "conflict" });
  await setAgentDisabled(admin, { id, disabled: false });
  expect(await opens(key)).toBe(true);
  expect((await trailOf(id)).map(({ event }) => event.after)).toEqual([
    { name: "Stopped", owner_id: "per_ann" },
    { disabled: true },
    { disabled: false },
  ]);
});

test("an agent that changes hands leaves its keys with the former owner until each is rotated", async () => {
  const { id } = await createAgent(admin, { name: "Handed", ownerId: "per_ann" });
  const made = await keyFor(id);
  await changeAgent(admin, { id, version: 1, name: "Handed", ownerId: "per_ben" });
  expect((await listHolderKeys(admin, { agentId: id }))[0]?.owner.id).toBe("per_ann");
  await rotateKey(admin, { idOrPrefix: made.id });
  expect((await listHolderKeys(admin, { agentId: id }))[0]?.owner.id).toBe("per_ben");
});

test("no key is made that would open nothing because its owner is disabled", async () => {
  await world.person("left");
  const { id } = await createAgent(admin, { name: "Orphan", ownerId: "per_left" });
  const made = await keyFor(id);
  await database.db.run(sql`UPDATE person SET disabled_at = now() WHERE id = 'per_left'`);
  await expect(keyFor(id)).rejects.toMatchObject({ code: "conflict", message: /left, is disabled/ });
  await expect(rotateKey(admin, { idOrPrefix: made.id })).rejects.toMatchObject({ code: "conflict" });
  expect((await getAgent(admin, { id })).keys[0]?.state).toBe("active");
});

test("of two who change an agent, the second is told who was first; a taken name is refused in any case", async () => {
  const { id } = await createAgent(admin, { name: "Raced", ownerId: "per_ann" });
  await changeAgent(second, { id, version: 1, name: "Raced", ownerId: "per_ben" });
  const late = changeAgent(admin, { id, version: 1, name: "Other", ownerId: "per_ann" });
  await expect(late).rejects.toMatchObject({ code: "conflict", message: /^second changed this meanwhile/ });
  await expect(createAgent(admin, { name: "rAcEd", ownerId: "per_ann" })).rejects.toMatchObject({
    details: { fields: [{ path: "/name" }] },
  });
});

test("an integration's key stands in the second list, with the owner who was chosen", async () => {
  const holder = { kind: "integration", name: "ERP", ownerId: "per_ben" } as const;
  await issueKey(admin, { holder, scopes: ["facts:write"], expiresAfterDays: null });
  await expect(
    issueKey(admin, { holder, scopes: ["drafts:write"], expiresAfterDays: null }),
  ).rejects.toMatchObject({
    code: "invalid_request",
  });
  expect(await listHolderKeys(approver, { agentId: null })).toMatchObject([
    { name: "ERP", owner: { id: "per_ben" }, creator: "root", scopes: ["facts:write"], expiresAt: null },
  ]);
});

test("what became of an agent's drafts is counted over thirty days", async () => {
  const { ctx } = await world.agent("busy", "per_ann");
  await database.db.run(sql`
    INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary,
                       payload, payload_hash, decided_payload_hash, policy_version_id, classification_id, approver_rule,
                       due_at, waiting_since, decided_at, created_at)
    SELECT 'drf_' || n, 'refund', (ARRAY['executed', 'executed', 'rejected', 'pending', 'failed', 'blocked', 'executed'])[n],
           'medium', 'batch_review', ${ctx.actor.agentId}, ${ctx.actor.keyId}, 'customer', 'c', 's', '{}', 'h', 'h',
           version.id, 'cls_' || n, 'r', now(), now(), CASE WHEN n <> 4 THEN now() END, now() - interval '1 day' * CASE WHEN n = 7 THEN 31 ELSE n END
    FROM generate_series(1, 7) AS n JOIN policy_version AS version ON version.action_type = 'refund'`);
  const [row] = (await listAgents(approver, { query: "busy" })).rows;
  expect(row?.recent).toEqual({ submitted: 6, through: 2, rejected: 1, waiting: 1, failed: 1, blocked: 1 });
  expect(row?.lastDraftAt).not.toBeNull();
  expect((await getAgent(approver, { id: "agt_busy" })).recent).toEqual(row?.recent);
});
