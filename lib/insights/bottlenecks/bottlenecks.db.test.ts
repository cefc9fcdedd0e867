import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { readsOf } from "@/lib/db/test-plans";
import { createTestWorld } from "@/lib/db/test-world";
import { makeHistory } from "../figures/made-up-history";
import { getBottlenecks } from "./get-bottlenecks";
import type { Bottlenecks } from "./types";

const now = new Date("2026-11-20T15:30:00Z");
let database: TestDatabase;
let manager: Context<PersonActor>;
let approver: Context<PersonActor>;
let found: Bottlenecks;
const plain = <Row extends object>(text: string) =>
  database.db.pool.query<Row>(text).then(({ rows }) => rows);

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db, () => now);
  const owner = await world.person("owner", { roles: ["admin"] });
  approver = await world.person("ann", { rules: ["finance_oncall"] });
  const ben = await world.person("ben", { rules: ["finance_oncall"] });
  manager = await world.person("max", { roles: ["manager"] });
  const agents = [
    (await world.agent("shop", owner.actor.personId)).ctx.actor,
    (await world.agent("ben's", ben.actor.personId)).ctx.actor,
  ];
  await makeHistory(database.db, {
    seed: 7,
    count: 1_500,
    now,
    days: 60,
    agents,
    personIds: [approver.actor.personId, ben.actor.personId],
  });
  // Some lapsed: escalated before they were decided, or decided after they were due.
  await database.db.pool.query(`
    UPDATE draft SET escalation_level = 1 WHERE route = 'named_approver' AND right(id, 1) IN ('3', '7');
    UPDATE draft SET due_at = decided_at - interval '1 hour' WHERE route = 'batch_review' AND right(id, 1) = '5' AND status <> 'pending'`);
  await database.db.pool.query("ANALYZE");
  found = await getBottlenecks(manager, { period: "30d" });
});
afterAll(() => database?.drop());

const LAPSED = "status = 'expired' OR escalation_level > 0 OR coalesce(decided_at > due_at, false)";
const REVIEWED = `draft.origin = 'agent' AND draft.route IN ('batch_review', 'named_approver') AND after_review IS NULL
  AND draft.status IN ('approved', 'executing', 'executed', 'failed', 'rejected', 'changes_requested', 'expired')
  AND decided_at >= '2026-10-22T00:00Z' AND decided_at < '2026-11-21T00:00Z'`;

describe("each figure is what plain SQL says", () => {
  it("of the queues", async () => {
    const rows = await plain<{
      rule: string;
      waiting: number;
      overdue: number;
      oldest: number;
      median: number;
    }>(`
      SELECT approver_rule AS rule, count(*)::int AS waiting, (count(*) FILTER (WHERE due_at <= '${now.toISOString()}'))::int AS overdue,
             extract(epoch FROM '${now.toISOString()}' - min(waiting_since))::float8 AS oldest,
             percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM '${now.toISOString()}' - waiting_since))::float8 AS median
      FROM draft WHERE status = 'pending' AND origin = 'agent' GROUP BY 1`);
    expect(rows.length).toBeGreaterThan(0);
    expect(
      found.queues.map(({ rule, waiting, overdue, oldestSeconds: oldest, medianSeconds: median }) => ({
        rule,
        waiting,
        overdue,
        oldest,
        median,
      })),
    ).toEqual(rows);
  });

  it("of what each person decided", async () => {
    const rows = await plain(`
      SELECT person_id AS id, count(*)::int AS decided, coalesce(sum(seconds_on_screen), 0)::int AS seconds
      FROM decision JOIN draft ON draft.id = draft_id
      WHERE undone_at IS NULL AND decision.decided_at >= '2026-10-22T00:00Z' AND decision.decided_at < '2026-11-21T00:00Z'
      GROUP BY 1 ORDER BY 2 DESC, 1`);
    expect(rows).toHaveLength(2);
    expect(
      found.people.map(({ person, decided, totalSeconds }) => ({
        id: person.id,
        decided,
        seconds: totalSeconds,
      })),
    ).toEqual(rows);
    expect(found.people.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it("of who may decide what waits: nobody their own agent's", async () => {
    const [row] = await plain<{ all: number; of_ben: number }>(`
      SELECT count(*)::int AS all, (count(*) FILTER (WHERE agent.name = 'ben''s'))::int AS of_ben
      FROM draft JOIN agent ON agent.id = agent_id WHERE status = 'pending' AND origin = 'agent'`);
    const ann = found.people.find(({ person }) => person.id === "per_ann")!;
    const ben = found.people.find(({ person }) => person.id === "per_ben")!;
    expect(row!.of_ben).toBeGreaterThan(0);
    expect(ben.mayDecide).toBeLessThanOrEqual(row!.all - row!.of_ben);
    expect(ben.onlyThey).toBe(0);
    expect(ann.mayDecide).toBeGreaterThan(ben.mayDecide);
    expect(found.resolved).toEqual({ drafts: row!.all, isAll: true });
  });

  it("of where time runs out", async () => {
    const counted = await plain<{ type: string; rule: string; lapsed: number; of: number }>(`
      SELECT draft.action_type AS type, (SELECT rule FROM classification WHERE id = classification_id) AS rule,
             (count(*) FILTER (WHERE ${LAPSED}))::int AS lapsed, count(*)::int AS of
      FROM draft WHERE ${REVIEWED} GROUP BY 1, 2 ORDER BY 1, 2`);
    const said = new Map<string, { lapsed: number; of: number }>();
    for (const { actionType, rule, lapsed, rate } of found.lapses.byRule) {
      const sum = said.get(`${actionType} ${rule}`) ?? { lapsed: 0, of: 0 };
      said.set(`${actionType} ${rule}`, { lapsed: sum.lapsed + lapsed, of: sum.of + rate.of });
    }
    expect(counted.some(({ lapsed }) => lapsed > 0)).toBe(true);
    expect(Object.fromEntries(said)).toEqual(
      Object.fromEntries(counted.map(({ type, rule, lapsed, of }) => [`${type} ${rule}`, { lapsed, of }])),
    );
    expect(found.lapses).toMatchObject({ isAll: true, drafts: counted.reduce((sum, { of }) => sum + of, 0) });
  });

  it("of when time runs out, by hour of the week in the zone of the business hours", async () => {
    const rows = await plain<{ key: string; drafts: number; lapsed: number }>(`
      SELECT to_char(created_at AT TIME ZONE '${found.zone}', 'ID HH24') AS key, count(*)::int AS drafts,
             (count(*) FILTER (WHERE ${LAPSED}))::int AS lapsed
      FROM draft WHERE ${REVIEWED} GROUP BY 1 ORDER BY 1`);
    const said = found.lapses.byHour
      .map(({ weekday, hour, drafts, lapsed }) => ({
        key: `${weekday} ${String(hour).padStart(2, "0")}`,
        drafts,
        lapsed,
      }))
      .sort((one, other) => (one.key < other.key ? -1 : 1));
    expect(said).toEqual(rows);
  });
});

it("drafts for which nobody was there are those that the admins were told of, once each", async () => {
  const ids = (
    await plain<{ id: string }>("SELECT id FROM draft WHERE origin = 'agent' ORDER BY id LIMIT 7")
  ).map(({ id }) => id);
  await database.db.prisma.person.create({
    data: {
      id: "per_second",
      name: "second",
      email: "second@example.com",
      roles: { create: { role: "admin" } },
    },
  });
  for (const [index, id] of ids.entries()) {
    for (const personId of ["per_owner", "per_second"]) {
      await database.db.run(sql`
        INSERT INTO notice (id, person_id, draft_id, kind, text, dedupe_key, created_at)
        VALUES (${`ntc_${personId}_${index}`}, ${personId}, ${id}, 'nobody', '', ${id}, ${new Date(now.getTime() - index * 3_600_000)})`);
    }
  }
  // Told of something else.
  await database.db.run(sql`
    INSERT INTO notice (id, person_id, draft_id, kind, text, dedupe_key, created_at)
    SELECT 'ntc_other', 'per_owner', id, 'escalated', '', 'other', ${now} FROM draft
    WHERE origin = 'agent' AND id <> ALL (${ids}::text[]) LIMIT 1`);
  const { unattended } = await getBottlenecks(manager, { period: "7d" });
  expect(unattended).toMatchObject({ count: 7, isAll: true });
  expect(unattended.latest.map(({ draftId }) => draftId)).toEqual(ids.slice(0, 5));
});

it("who decides drafts, but does not oversee how, is refused", async () => {
  await expect(getBottlenecks(approver, {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(getBottlenecks(manager, { period: "12m" as never })).rejects.toMatchObject({
    code: "invalid_request",
  });
});

it("reads drafts by index alone: what waits, and what was decided in the period", async () => {
  await database.db.pool.query(`
    INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary, payload,
                       payload_hash, decided_payload_hash, policy_version_id, classification_id, created_at, decided_at)
    SELECT 'drf_old_' || n, draft.action_type, 'executed', 'low', 'auto_execute', agent_id, api_key_id, 'customer', 'c',
           'Old', '{}', 'h', 'h', policy_version_id, classification_id, '2025-01-01', '2025-01-01'::timestamptz + n * interval '1 minute'
    FROM generate_series(1, 20000) AS n CROSS JOIN (SELECT * FROM draft WHERE id LIKE 'drf_7_%' LIMIT 1) AS draft`);
  await database.db.pool.query("ANALYZE draft");
  const reads = await readsOf(database.db, ["draft", "decision"], (db) =>
    getBottlenecks({ ...manager, db }, { period: "7d" }),
  );
  expect(reads.length).toBeGreaterThan(5);
  expect(reads.filter((read) => read.startsWith("Seq Scan"))).toEqual([]);
});
