import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { readsOf } from "@/lib/db/test-plans";
import { createTestWorld } from "@/lib/db/test-world";
import { getFigures } from "./get-figures";
import { getOverview } from "./get-overview";
import { listEditedFields } from "./list-edited-fields";
import { listRefusals } from "./list-refusals";
import { makeHistory } from "./made-up-history";
import { addDays } from "./period";
import { refreshFigures } from "./refresh-figures";

const NOW = new Date("2026-11-21T12:00:00Z");
const TABLES = ["draft", "decision", "classification", "execution", "audit_event", "example"];
let database: TestDatabase;
let manager: Context<PersonActor>;
let approver: Context<PersonActor>;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const world = await createTestWorld(db, () => NOW);
  const owner = await world.person("owner", { roles: ["admin"] });
  manager = await world.person("max", { roles: ["manager"] });
  approver = await world.person("ann");
  await world.person("ben");
  const agents = [(await world.agent("shop", owner.actor.personId)).ctx.actor];
  await makeHistory(db, {
    seed: 7,
    count: 12_000,
    now: NOW,
    days: 420,
    agents,
    personIds: ["per_ann", "per_ben"],
  });
  await db.run(sql`
    INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, proposed_payload, final_payload,
                         reason, person_id, policy_version_id, decided_at, imported)
    SELECT 'exm_' || id, id, action_type,
           CASE WHEN after_review = 'overturned' THEN 'rejected' WHEN status IN ('rejected', 'changes_requested') THEN status
                WHEN decided_payload_hash <> payload_hash THEN 'edited' ELSE 'approved' END,
           summary, subject_type, subject_id, '{"amount": 1, "note": {"text": "a"}, "same": [1]}',
           CASE WHEN subject_id LIKE '%7' THEN '{"amount": 2, "note": {"text": "b"}, "same": [1]}' ELSE '{"amount": 2, "note": {"text": "a"}, "same": [1]}' END::json,
           (ARRAY['Wrong amount.', 'wrong  amount', 'Not this customer', NULL])[1 + n / 3 % 4],
           'per_ann', policy_version_id, decided_at, origin = 'import'
    FROM (SELECT *, substr(subject_id, 5)::int AS n FROM draft WHERE decided_at IS NOT NULL) AS draft
    WHERE status IN ('rejected', 'changes_requested') OR after_review = 'overturned' OR decided_payload_hash IS NOT NULL`);
  expect(await refreshFigures(manager)).toBe(true);
  for (const table of [...TABLES, "figure"]) await db.pool.query(`VACUUM (ANALYZE) ${table}`);
});
afterAll(() => database?.drop());

describe("the overview of a period", () => {
  it.each([
    ["7d", 1, 7],
    ["30d", 1, 30],
    ["90d", 7, 13],
    ["12m", 7, 53],
    [{ from: "2025-10-01", to: "2026-11-20" }, 28, 15],
  ] as const)(
    "has the same figures as by themselves, and steps that add up to them: %j in steps of %i days",
    async (period, daysPerStep, steps) => {
      const { byType, byAgent, series, decideHistogram } = await getOverview(manager, { period });
      expect(byType).toEqual(await getFigures(manager, { period, by: "action_type" }));
      expect(byAgent.total).toEqual(byType.total);
      expect(byAgent.rows.map(({ agent, now }) => [agent?.name, now.decided])).toEqual([
        ["shop", byType.total.now.decided],
      ]);
      expect(byAgent.rows[0]!.queue).toEqual(byType.total.queue);
      const { now } = byType.total;
      const sum = (pick: (step: (typeof series.total)[number]) => number) =>
        series.total.reduce((all, step) => all + pick(step), 0);
      expect(sum((step) => step.automatic)).toBe(now.automatic);
      expect(sum((step) => step.approved + step.edited)).toBe(now.approved);
      expect(sum((step) => step.edited)).toBe(now.edited);
      expect(sum((step) => step.rejected)).toBe(now.rejected);
      expect(sum((step) => step.changesRequested)).toBe(now.changesRequested);
      expect(sum((step) => step.lapsed)).toBe(now.lapsed);
      expect(sum((step) => step.other)).toBe(now.withdrawn + now.blocked);
      for (const { actionType, now: ofType } of byType.rows) {
        const ofThisType = series.byType[actionType] ?? [];
        expect(ofThisType.reduce((all, { rejected }) => all + rejected, 0)).toBe(ofType.rejected);
      }
      expect([series.daysPerStep, series.total.length]).toEqual([daysPerStep, steps]);
      expect(series.total[0]!.from).toBe(byType.period.from);
      expect(series.total.at(-1)!.to).toBe(byType.period.to);
      for (const [at, step] of series.total.entries()) {
        if (at > 0) expect(step.from).toBe(addDays(series.total[at - 1]!.to, 1));
      }
      expect(decideHistogram.reduce((all, count) => all + count, 0)).toBe(now.reviewed);
      expect(now.decided).toBeGreaterThan(100);
    },
  );

  it("of one action type has its rules, and none of the others", async () => {
    const { byRule, byType } = await getOverview(manager, { period: "90d", actionType: "refund" });
    expect(byType.rows.map(({ actionType }) => actionType)).toEqual(["refund"]);
    expect(byRule.rows.map(({ rule }) => rule).sort()).toEqual(["high", "low", "medium"]);
    expect(byRule.total).toEqual(byType.total);
  });

  it("is for those who may read insights", async () => {
    const refused = { code: "forbidden" };
    await expect(getOverview(approver, { period: "7d" })).rejects.toMatchObject(refused);
    await expect(listRefusals(approver, { period: "7d", actionType: "refund" })).rejects.toMatchObject(
      refused,
    );
    await expect(listEditedFields(approver, { period: "7d", actionType: "refund" })).rejects.toMatchObject(
      refused,
    );
  });

  it("reads drafts by when they were decided, what waits by an index too, and looks the rest up", async () => {
    const reads = await readsOf(manager.db, TABLES, (db) =>
      getOverview({ ...manager, db }, { period: "12m" }),
    );
    expect(reads.some((read) => /Scan draft_decided$/.test(read))).toBe(true);
    expect(reads.filter((read) => read.startsWith("Seq Scan"))).toEqual([]);
  });
});

describe("what people said and changed", () => {
  const ofRefunds = { period: "30d", actionType: "refund" } as const;

  it("is counted as plain SQL counts it", async () => {
    const refusals = await listRefusals(manager, ofRefunds);
    const plain = await database.db.row<Record<string, number>>(sql`
      SELECT count(*)::int AS read, count(*) FILTER (WHERE example.reason IS NULL)::int AS "withoutReason",
             count(*) FILTER (WHERE example.reason ILIKE 'wrong%amount%')::int AS amount,
             count(*) FILTER (WHERE example.reason ILIKE 'wrong%amount%' AND status = 'rejected')::int AS rejected
      FROM example JOIN draft ON draft.id = example.draft_id
      WHERE draft.action_type = 'refund' AND origin = 'agent' AND status IN ('rejected', 'changes_requested')
        AND draft.decided_at >= '2026-10-23T00:00:00Z'`);
    expect(plain!.amount).toBeGreaterThan(3);
    expect(refusals).toMatchObject({ read: plain!.read, isAll: true, withoutReason: plain!.withoutReason });
    const group = refusals.groups.find(({ text }) => /^wrong\s+amount/i.test(text))!;
    expect(group).toMatchObject({ count: plain!.amount, rejected: plain!.rejected });
    expect(refusals.words).toContainEqual({ word: "amount", count: plain!.amount });
    const overturned = await database.db.row<{ n: number }>(sql`
      SELECT count(*)::int AS n FROM draft WHERE action_type = 'refund' AND origin = 'agent' AND after_review = 'overturned'
        AND decided_at >= '2026-10-23T00:00:00Z'`);
    expect(refusals.overturned).toHaveLength(Math.min(10, overturned!.n));
    expect(overturned!.n).toBeGreaterThan(0);
  });

  it("names the fields that were edited, also inside others", async () => {
    const { read, isAll, fields } = await listEditedFields(manager, ofRefunds);
    const plain = await database.db.row<{ edits: number; sevens: number }>(sql`
      SELECT count(*)::int AS edits, count(*) FILTER (WHERE draft.subject_id LIKE '%7')::int AS sevens FROM draft
      WHERE action_type = 'refund' AND origin = 'agent' AND decided_at >= '2026-10-23T00:00:00Z'
        AND decided_payload_hash <> payload_hash AND route IN ('batch_review', 'named_approver')`);
    expect({ read, isAll }).toEqual({ read: plain!.edits, isAll: true });
    expect(fields.map(({ path, count }) => [path, count])).toEqual([
      ["/amount", plain!.edits],
      ["/note/text", plain!.sevens],
    ]);
  });

  it("is read from the index of examples, and never more than the newest three hundred", async () => {
    const reads = await readsOf(manager.db, TABLES, async (db) => {
      await listRefusals({ ...manager, db }, { ...ofRefunds, period: "12m" });
      await listEditedFields({ ...manager, db }, { ...ofRefunds, period: "12m" });
    });
    expect(reads.filter((read) => read.startsWith("Seq Scan"))).toEqual([]);
    expect(reads.join()).toContain("example_action_type_outcome_decided_at_idx");
    const refusals = await listRefusals(manager, { ...ofRefunds, period: "12m" });
    expect(refusals).toMatchObject({ isAll: false });
    expect(refusals.read).toBeLessThanOrEqual(300);
  });
});
