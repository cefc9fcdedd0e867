import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { type Statement, sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { type FiguresInput, getFigures } from "./get-figures";
import { makeHistory } from "./made-up-history";
import { addDays, type DaySpan } from "./period";
import { refreshFigures } from "./refresh-figures";
import { RELATIVE_ERROR } from "./spread";
import type { FigureRow, Figures } from "./types";

let clock = new Date("2026-11-21T12:00:00Z");
let database: TestDatabase;
let manager: Context<PersonActor>;
let approver: Context<PersonActor>;
let agents: KeyActor[];
const personIds = ["per_ann", "per_ben"];

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db, () => clock);
  const owner = await world.person("owner", { roles: ["admin"] });
  manager = await world.person("max", { roles: ["manager"] });
  approver = await world.person("ann");
  await world.person("ben");
  agents = [
    (await world.agent("shop", owner.actor.personId)).ctx.actor,
    (await world.agent("desk", owner.actor.personId)).ctx.actor,
  ];
  await makeHistory(database.db, { seed: 1, count: 1_200, now: clock, days: 100, agents, personIds });
  await makeHistory(database.db, { seed: 2, count: 200, now: clock, days: 0.45, agents, personIds });
  await makeHistory(database.db, {
    seed: 3,
    count: 5,
    now: new Date("2026-03-01T00:00:00.001Z"),
    days: 0,
    agents,
    personIds,
  });
});
afterAll(() => database?.drop());

/** A condition on the key of a row. */
const isOf = (
  by: FiguresInput["by"],
  { actionType, rule, agent }: Pick<FigureRow, "actionType" | "rule" | "agent">,
): Statement =>
  by === "action_type"
    ? sql`draft.action_type = ${actionType}`
    : by === "agent"
      ? sql`draft.action_type = ${actionType} AND draft.agent_id = ${agent!.id}`
      : by === "agent_of_any_type"
        ? sql`draft.agent_id = ${agent!.id}`
        : sql`draft.action_type = ${actionType} AND ${rule} = (SELECT rule FROM classification WHERE id = draft.classification_id)`;

const onDays = ({ from, to }: DaySpan): Statement => sql`
  to_char(draft.decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') BETWEEN ${from} AND ${to}`;

type Counts = Omit<
  Figures,
  "byRoute" | "samples" | "attention" | "approvalRate" | "editRate" | "decideSeconds"
>;
type PlainRow = Counts &
  Figures["byRoute"] &
  Figures["samples"] & { median: number | null; p90: number | null; attention: Figures["attention"] };

/** What a person would type to check a figure: a question for each, on the tables themselves, in one round trip. */
async function plainly(key: Statement, span: DaySpan) {
  const count = (condition: Statement) => sql`
    (SELECT count(*)::int FROM ended AS draft WHERE origin = 'agent' AND ${condition})`;
  const isAutomatic = sql`draft.route IN ('auto_execute', 'execute_then_review')`;
  const isReviewed = sql`draft.route IN ('batch_review', 'named_approver')`;
  const ran = sql`(draft.status IN ('approved', 'executing', 'executed', 'failed')
    OR (draft.status IN ('expired', 'blocked') AND draft.id IN (SELECT draft_id FROM execution)))`;
  const isEscalated = sql`draft.id IN (SELECT draft_id FROM audit_event WHERE verb = 'draft.escalated')`;
  const hasLapsed = sql`draft.status = 'expired' AND NOT ${ran}`;
  const byPeople = sql`((${isReviewed} AND ${ran}) OR draft.status IN ('rejected', 'changes_requested'))`;
  const quantile = (q: number) => sql`
    (SELECT percentile_disc(${q}::float8) WITHIN GROUP (ORDER BY extract(epoch FROM decided_at - created_at))::float8
     FROM ended AS draft WHERE origin = 'agent' AND ${byPeople})`;
  const row = await database.db.row<PlainRow>(sql`
    WITH ended AS MATERIALIZED (SELECT * FROM draft WHERE ${key} AND ${onDays(span)})
    SELECT
      ${count(sql`true`)} AS decided,
      ${count(sql`route = 'auto_execute'`)} AS "autoExecute",
      ${count(sql`route = 'execute_then_review'`)} AS "executeThenReview",
      ${count(sql`route = 'batch_review'`)} AS "batchReview",
      ${count(sql`route = 'named_approver'`)} AS "namedApprover",
      ${count(sql`${isAutomatic} AND ${ran}`)} AS automatic,
      ${count(byPeople)} AS reviewed,
      ${count(sql`${isReviewed} AND ${ran}`)} AS approved,
      ${count(sql`${isReviewed} AND ${ran} AND decided_payload_hash <> payload_hash`)} AS edited,
      ${count(sql`status = 'rejected'`)} AS rejected,
      ${count(sql`status = 'changes_requested'`)} AS "changesRequested",
      ${count(hasLapsed)} AS lapsed,
      ${count(sql`status = 'withdrawn'`)} AS withdrawn,
      ${count(sql`status = 'blocked' AND NOT ${ran}`)} AS blocked,
      ${count(isEscalated)} AS escalated,
      ${count(sql`(${isEscalated} OR (${hasLapsed}))`)} AS breached,
      ${count(sql`status = 'executed'`)} AS executed,
      ${count(sql`status = 'failed'`)} AS failed,
      ${count(sql`id IN (SELECT draft_id FROM execution WHERE hash_mismatch)`)} AS mismatched,
      ${count(sql`after_review IS NOT NULL`)} AS chosen,
      ${count(sql`after_review = 'waiting'`)} AS waiting,
      ${count(sql`after_review = 'upheld'`)} AS upheld,
      ${count(sql`after_review = 'overturned'`)} AS overturned,
      (SELECT count(*)::int FROM ended WHERE origin = 'import') AS imported,
      (SELECT count(*)::int FROM ended WHERE origin = 'check') AS checks,
      ${quantile(0.5)} AS median, ${quantile(0.9)} AS p90,
      (SELECT json_build_object('decisions', count(*), 'inBatches', count(batch_id),
                                'quick', coalesce(sum(was_quick::int), 0), 'timed', count(seconds_on_screen),
                                'medianSeconds', percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds_on_screen))
       FROM decision JOIN ended ON ended.id = decision.draft_id AND ended.origin = 'agent'
       WHERE decision.undone_at IS NULL AND decision.verdict NOT IN ('uphold', 'overturn')) AS attention`);
  const { autoExecute, executeThenReview, batchReview, namedApprover, ...others } = row!;
  const { chosen, waiting, upheld, overturned, ...counts } = others;
  const byRoute = { autoExecute, executeThenReview, batchReview, namedApprover };
  return { ...counts, byRoute, samples: { chosen, waiting, upheld, overturned } };
}

function expectNear(shown: number | null | undefined, exact: number | null | undefined, what: string): void {
  if (exact === null || exact === undefined) expect(shown ?? null, what).toBeNull();
  else if (exact < 1) expect(shown, what).toBe(0);
  else
    expect(Math.abs(shown! - exact) / exact, `${what}: ${shown} for ${exact}`).toBeLessThanOrEqual(
      RELATIVE_ERROR + 1e-9,
    );
}

async function expectPlain(figures: Figures, key: Statement, span: DaySpan, what: string): Promise<void> {
  const { median, p90, attention, ...counts } = await plainly(key, span);
  const { decideSeconds, approvalRate, editRate, attention: shown, ...shownCounts } = figures;
  expect(shownCounts, what).toEqual(counts);
  const { medianSeconds, ...shownAttention } = shown;
  expect(shownAttention, what).toEqual({ ...attention, medianSeconds: undefined });
  expectNear(medianSeconds, attention.medianSeconds, `${what}: seconds on the screen`);
  expectNear(decideSeconds?.median, median, `${what}: median`);
  expectNear(decideSeconds?.p90, p90, `${what}: p90`);
  expect(approvalRate?.share ?? null).toBe(counts.reviewed === 0 ? null : counts.approved / counts.reviewed);
  expect(editRate?.share ?? null).toBe(counts.reviewed === 0 ? null : counts.edited / counts.reviewed);
  const { automatic, reviewed, lapsed, withdrawn, blocked } = counts;
  expect(automatic + reviewed + lapsed + withdrawn + blocked, what).toBe(counts.decided);
}

/** Every row, and the total, as plain SQL has them. */
async function expectAllPlain(input: FiguresInput): Promise<void> {
  const answer = await getFigures(manager, input);
  expect(answer.preparing).toBeNull();
  const every = input.actionType ? sql`draft.action_type = ${input.actionType}` : sql`true`;
  await expectPlain(answer.total.now, every, answer.period, "the total");
  await expectPlain(answer.total.before, every, answer.period.before, "the total before");
  for (const row of answer.rows) {
    const what = `${row.actionType} ${row.rule ?? row.agent?.name ?? ""}`;
    await expectPlain(row.now, isOf(input.by, row), answer.period, what);
    await expectPlain(row.before, isOf(input.by, row), answer.period.before, `${what} before`);
  }
  const decided = answer.rows.map(({ now }) => now.decided);
  expect(decided).toEqual(decided.toSorted((one, other) => other - one));
  expect(decided.reduce((sum, each) => sum + each, 0)).toBe(answer.total.now.decided);
}

const countRolled = async () =>
  (await database.db.row<{ days: number; months: number }>(sql`
    SELECT count(DISTINCT start) FILTER (WHERE grain = 'day')::int AS days,
           count(DISTINCT start) FILTER (WHERE grain = 'month')::int AS months FROM figure`))!;

describe("figures, each beside a question in plain SQL", () => {
  it("are right before anything is added up, counted from the drafts", async () => {
    expect(await countRolled()).toEqual({ days: 0, months: 0 });
    await expectAllPlain({ period: "30d", by: "action_type" });
  });

  it("are right once past days and whole months are added up", async () => {
    expect(await refreshFigures(manager)).toBe(true);
    const rolled = await countRolled();
    expect(rolled.days).toBeGreaterThan(95);
    expect(rolled.months).toBeGreaterThanOrEqual(3);
    await expectAllPlain({ period: "7d", by: "rule" });
    await expectAllPlain({ period: "30d", by: "agent" });
    await expectAllPlain({ period: "90d", by: "agent_of_any_type" });
    await expectAllPlain({ period: "90d", by: "action_type" });
    await expectAllPlain({ period: "12m", by: "rule", actionType: "refund" });
  });

  it.each([
    { from: "2026-09-15", to: "2026-09-20" },
    { from: "2026-09-01", to: "2026-10-31" },
    { from: "2026-08-31", to: "2026-11-01" },
    { from: "2026-11-21", to: "2026-11-21" },
    { from: "2026-11-20", to: "2026-12-24" },
    { from: "2026-03-01", to: "2026-03-01" },
    { from: "2026-02-01", to: "2026-02-28" },
  ])("are right for the days from $from to $to", async (period) => {
    await expectAllPlain({ period, by: "action_type" });
  });

  it("count nothing as none, with no rate", async () => {
    const { total, rows } = await getFigures(manager, {
      period: { from: "2026-02-01", to: "2026-02-02" },
      by: "rule",
    });
    expect(total.now).toMatchObject({ decided: 0, approvalRate: null, editRate: null, decideSeconds: null });
    expect(total.now.attention.medianSeconds).toBeNull();
    expect(rows.every(({ now, before, queue }) => now.decided + before.decided + queue.waiting > 0)).toBe(
      true,
    );
  });

  it("say what waits now, whatever the period", async () => {
    const { rows, total } = await getFigures(manager, {
      period: { from: "2026-02-01", to: "2026-02-02" },
      by: "rule",
    });
    const plain = await database.db.row<{ waiting: number; oldest: number; overdue: number }>(sql`
      SELECT count(*)::int AS waiting, max(extract(epoch FROM ${clock}::timestamptz - created_at))::float8 AS oldest,
             count(*) FILTER (WHERE due_at < ${clock}::timestamptz)::int AS overdue
      FROM draft WHERE status = 'pending' AND origin = 'agent'`);
    expect(total.queue).toMatchObject({
      waiting: plain!.waiting,
      oldestSeconds: plain!.oldest,
      overdue: plain!.overdue,
    });
    expect(rows.reduce((sum, { queue }) => sum + queue.waiting, 0)).toBe(plain!.waiting);
    expect(plain!.waiting).toBeGreaterThan(10);
  });

  it("are for those who may read insights", async () => {
    await expect(getFigures(approver, { period: "7d", by: "agent" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      getFigures(manager, { period: { from: "2026-12-01", to: "2026-12-02" }, by: "agent" }),
    ).rejects.toMatchObject({
      code: "invalid_request",
    });
  });
});

/** One draft that people or the policy decided weeks ago. */
const oldDraft = async (condition: Statement) =>
  (await database.db.row<{ id: string; decided_at: Date }>(sql`
    SELECT id, decided_at FROM draft
    WHERE origin = 'agent' AND decided_at < ${clock}::timestamptz - interval '20 days'
      AND decided_at > ${clock}::timestamptz - interval '80 days' AND ${condition} ORDER BY id LIMIT 1`))!;
const happened = (draftId: string, verb: string) =>
  database.db.run(sql`
    INSERT INTO audit_event (verb, draft_id, bytes, event, occurred_at)
    VALUES (${verb}, ${draftId}, convert_to('{}', 'UTF8'), '{}', ${clock})`);

describe("what happens to drafts of earlier days", () => {
  const ofTheMonth = { period: "90d", by: "rule" } as const;

  it("refreshes their days: an execution that ends late, an overturned sample", async () => {
    const late = await oldDraft(sql`status = 'executing'`);
    await database.db.run(sql`UPDATE draft SET status = 'failed' WHERE id = ${late.id}`);
    await database.db.run(
      sql`UPDATE execution SET status = 'failed', hash_mismatch = true WHERE draft_id = ${late.id}`,
    );
    await happened(late.id, "execution.mismatched");
    const sample = await oldDraft(sql`after_review = 'waiting' AND status = 'executed'`);
    await database.db.run(sql`UPDATE draft SET after_review = 'overturned' WHERE id = ${sample.id}`);
    await happened(sample.id, "draft.overturned");
    await expect(expectAllPlain(ofTheMonth)).rejects.toThrow();
    await refreshFigures(manager);
    await expectAllPlain(ofTheMonth);
    await expectAllPlain({ ...ofTheMonth, period: "12m" });
  });

  it("takes what is undone off its day, and counts it on the day of the new decision", async () => {
    const undone = await oldDraft(sql`status = 'rejected'`);
    await database.db.run(
      sql`UPDATE decision SET undone_at = ${clock} WHERE draft_id = ${undone.id} AND undone_at IS NULL`,
    );
    await database.db.run(
      sql`UPDATE draft SET status = 'pending', decided_at = NULL WHERE id = ${undone.id}`,
    );
    await happened(undone.id, "draft.decision_undone");
    await refreshFigures(manager);
    await expectAllPlain(ofTheMonth);
    const again = await oldDraft(sql`status = 'changes_requested'`);
    await database.db.run(
      sql`UPDATE draft SET status = 'rejected', decided_at = ${clock} WHERE id = ${again.id}`,
    );
    await happened(again.id, "draft.decision_undone");
    await happened(again.id, "draft.rejected");
    await refreshFigures(manager);
    await expectAllPlain(ofTheMonth);
  });

  // On the embedded database one transaction at a time is open: this cannot happen there.
  it.skipIf(!process.env.TEST_DATABASE_URL)(
    "is noticed when what happened commits after later events were read",
    async () => {
      const draft = await oldDraft(sql`status = 'approved' AND route = 'batch_review'`);
      const slow = await database.db.pool.connect();
      try {
        await slow.query("BEGIN");
        await slow.query(
          "INSERT INTO audit_event (verb, draft_id, bytes, event, occurred_at) VALUES ('execution.succeeded', $1, convert_to('{}', 'UTF8'), '{}', $2)",
          [draft.id, clock],
        );
        await slow.query("UPDATE draft SET status = 'executed' WHERE id = $1", [draft.id]);
        await happened((await oldDraft(sql`status = 'rejected'`)).id, "draft.decision_denied");
        await refreshFigures(manager);
        await slow.query("COMMIT");
      } finally {
        slow.release();
      }
      await refreshFigures(manager);
      await expectAllPlain(ofTheMonth);
    },
  );

  it("is noticed once: nothing is added up again while nothing happens", async () => {
    const written = () =>
      database.db.rows(
        sql`SELECT dimension, grain, start, action_type, name, xmin::text FROM figure ORDER BY 1, 2, 3, 4, 5`,
      );
    const before = await written();
    await refreshFigures(manager);
    expect(await written()).toEqual(before);
  });

  it("is noticed after a restore to a server that counts its transactions anew", async () => {
    await database.db.run(sql`UPDATE figure_state SET read_snapshot = '9000000000:9000000000:'`);
    const draft = await oldDraft(sql`status = 'approved' AND route = 'auto_execute'`);
    await database.db.run(sql`UPDATE draft SET status = 'executed' WHERE id = ${draft.id}`);
    await happened(draft.id, "execution.succeeded");
    await refreshFigures(manager);
    await expectAllPlain(ofTheMonth);
  });

  it("does not undo what two workers do at once", async () => {
    const draft = await oldDraft(sql`status = 'approved' AND route = 'named_approver'`);
    await database.db.run(sql`UPDATE draft SET status = 'executed' WHERE id = ${draft.id}`);
    await happened(draft.id, "execution.succeeded");
    await Promise.all([refreshFigures(manager), refreshFigures(manager), refreshFigures(manager)]);
    await refreshFigures(manager);
    await expectAllPlain(ofTheMonth);
  });
});

describe("a day on which much is decided", () => {
  const today = { period: "7d", by: "rule" } as const;

  it("is counted by a worker while it lasts, and the figures say as of when", async () => {
    expect((await getFigures(manager, today)).asOf).toBeNull();
    await makeHistory(database.db, { seed: 4, count: 600, now: clock, days: 0.4, agents, personIds });
    await refreshFigures(manager);
    expect((await getFigures(manager, today)).asOf).toBe(clock.toISOString());
    await expectAllPlain(today);
    await makeHistory(database.db, { seed: 5, count: 10, now: clock, days: 0.1, agents, personIds });
    await expect(expectAllPlain(today)).rejects.toThrow();
    clock = new Date(clock.getTime() + 120_000);
    await refreshFigures(manager);
    await expectAllPlain(today);
  });

  it("is counted by the page when no worker has for long", async () => {
    const before = clock;
    clock = new Date(clock.getTime() + 700_000);
    expect((await getFigures(manager, today)).asOf).toBeNull();
    await expectAllPlain(today);
    clock = before;
  });
});

describe("a day that is over", () => {
  it("is counted as it is until a worker has added it up, and the same afterwards", async () => {
    clock = new Date("2026-11-22T00:00:30Z");
    await expectAllPlain({ period: "7d", by: "action_type" });
    await refreshFigures(manager);
    const row = await database.db.row(sql`SELECT 1 FROM figure WHERE start = '2026-11-21' AND grain = 'day'`);
    expect(row).not.toBeNull();
    await expectAllPlain({ period: "7d", by: "action_type" });
    clock = new Date("2026-12-01T08:00:00Z");
    await refreshFigures(manager);
    await expectAllPlain({ period: "30d", by: "agent" });
    expect(
      await database.db.row(sql`SELECT 1 FROM figure WHERE start = '2026-11-01' AND grain = 'month'`),
    ).not.toBeNull();
  });

  it("is added up anew from nothing, to the same", async () => {
    const read = () =>
      database.db.rows(sql`SELECT * FROM figure ORDER BY dimension, grain, start, action_type, name`);
    const before = await read();
    await database.db.run(sql`UPDATE figure_state SET version = 0`);
    await refreshFigures(manager);
    expect(await read()).toEqual(before);
    expect(before.length).toBeGreaterThan(1_000);
  });
});

describe("while much is still to be added up", () => {
  it("nothing is shown but how far it is", async () => {
    const today = addDays("2026-12-01", 0);
    await database.db.run(sql`
      INSERT INTO draft (id, action_type, status, tier, agent_id, api_key_id, subject_type, subject_id, summary, payload,
                         payload_hash, policy_version_id, classification_id, decided_at)
      SELECT 'drf_many_' || n, action_type, 'blocked', 'low', agent_id, api_key_id, 'customer', 'c', '', '{}', '', policy_version_id, '',
             ${today}::date - interval '10 days'
      FROM (SELECT * FROM draft LIMIT 1) AS any_one, generate_series(1, 10001) AS n`);
    await database.db.run(sql`UPDATE figure_state SET rolled_until = '2026-11-20'`);
    const answer = await getFigures(manager, { period: "30d", by: "agent" });
    expect(answer).toMatchObject({ rows: [], total: { now: { decided: 0 } } });
    expect(answer.preparing!.daysInAll - answer.preparing!.daysDone).toBe(11);
    await refreshFigures(manager);
    expect((await getFigures(manager, { period: "30d", by: "agent" })).total.now.blocked).toBeGreaterThan(
      10_000,
    );
  });
});
