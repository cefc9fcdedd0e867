import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor, SystemActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { escalateDraft } from "@/lib/drafts/escalate-draft";
import { getReview } from "@/lib/drafts/get-review";
import type { HistoryFilters } from "@/lib/drafts/history-filters";
import { listHistory } from "@/lib/drafts/list-history";
import { reviewExecuted } from "@/lib/drafts/review-executed";
import { submitDraft } from "@/lib/drafts/submit-draft";
import { undoDecision } from "@/lib/drafts/undo-decision";
import { claimExecution } from "@/lib/executions/claim-execution";
import { reportExecution } from "@/lib/executions/report-execution";
import { importLines } from "@/lib/imports/import-fixture";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { exportFigures } from "./export-figures";
import { getFigures } from "./get-figures";
import { refreshFigures } from "./refresh-figures";

const folder = mkdtempSync(join(tmpdir(), "countersign-policies-"));
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let clock = new Date("2026-11-02T10:00:00Z");
let database: TestDatabase;
let agent: Context<KeyActor>;
let ann: Context<PersonActor>;
let ben: Context<PersonActor>;
let max: Context<PersonActor>;
let worker: Context<SystemActor>;

beforeAll(async () => {
  mkdirSync(join(folder, "post"));
  const batch = { tier: "medium", route: "batch_review", sla_hours: 4 };
  const tiers = [
    { name: "small", tier: "low", when: { amount_lte: 10 }, route: "execute_then_review", sla_hours: 8 },
    { name: "middle", ...batch, when: { amount_lte: 100 }, undo_seconds: 86_400, sla_hours: 100 },
    { name: "large", ...batch, when: { amount_lte: 1_000 }, undo_seconds: 0 },
    { name: "two", ...batch, approvals_required: 2, undo_seconds: 0 },
  ];
  const schema = { type: "object", additionalProperties: false, properties: { amount: { type: "number" } } };
  writeFileSync(join(folder, "post/policy.json"), JSON.stringify({ action_type: "post", tiers }));
  writeFileSync(join(folder, "post/schema.json"), JSON.stringify(schema));
  database = await createTestDatabase();
  const world = await createTestWorld(database.db, () => clock);
  const policies = loadPolicies(folder);
  await recordPolicyVersions(database.db, policies);
  const owner = await world.person("owner", { roles: ["admin"] });
  ann = { ...(await world.person("ann")), policies };
  ben = { ...(await world.person("ben")), policies };
  max = { ...(await world.person("max", { roles: ["manager"] })), policies };
  agent = { ...(await world.agent("=shop", owner.actor.personId)).ctx, policies };
  worker = { actor: { kind: "system", name: "worker" }, db: database.db, policies, now: () => clock };
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const pass = (ms: number) => {
  clock = new Date(clock.getTime() + ms);
};
async function submit(amount: number): Promise<string> {
  const submission = {
    action_type: "post",
    payload: { amount },
    summary: "Post it",
    evidence: [{ kind: "message", title: "Somebody", content: "Please." }],
    subject: { type: "customer", id: "cus_1" },
  };
  return (await submitDraft(agent, submission, { idempotencyKey: null })).id;
}
async function decide(ctx: Context<PersonActor>, id: string, input: object = {}) {
  const { screenHash } = await getReview(ctx, id);
  return decideDraft(ctx, { draftId: id, screenHash, verdict: "approve", secondsOnScreen: 12, ...input });
}
/** The figures of a day, once the worker has come round. */
async function figuresOf(day: string, rule?: string) {
  await refreshFigures(worker);
  const answer = await getFigures(max, { period: { from: day, to: day }, by: "rule" });
  return rule === undefined ? answer.total.now : answer.rows.find((row) => row.rule === rule)?.now;
}

describe("figures of what people and policies do", () => {
  it("count a decision once it stands, on the day when it was made anew", async () => {
    const id = await submit(50);
    pass(HOUR / 2);
    await decide(ann, id, { verdict: "reject", reason: "No." });
    expect(await figuresOf("2026-11-02", "middle")).toMatchObject({ decided: 1, rejected: 1 });
    pass(20 * HOUR);
    await undoDecision(ann, { draftId: id });
    expect((await figuresOf("2026-11-02"))!.decided).toBe(0);
    await decide(ben, id);
    const approved = await figuresOf("2026-11-03", "middle");
    expect(approved).toMatchObject({ decided: 1, approved: 1, rejected: 0 });
    const seconds = 20.5 * 3_600;
    expect(Math.abs(approved!.decideSeconds!.median - seconds) / seconds).toBeLessThan(0.021);
    pass(20 * HOUR);
    await undoDecision(ben, { draftId: id });
    expect((await figuresOf("2026-11-03"))!.decided).toBe(0);
    await decide(ben, id, { verdict: "reject", reason: "After all not." });
    expect(await figuresOf("2026-11-04", "middle")).toMatchObject({ decided: 1, approved: 0, rejected: 1 });
  });

  it("count a draft of two approvers once, and both of their decisions as attention", async () => {
    pass(DAY);
    const id = await submit(5_000);
    await decide(ann, id);
    expect((await figuresOf("2026-11-05"))!.decided).toBe(0);
    await decide(ben, id, { secondsOnScreen: 30 });
    const figures = await figuresOf("2026-11-05", "two");
    expect(figures).toMatchObject({ decided: 1, approved: 1, attention: { decisions: 2, timed: 2 } });
  });

  it("count an edited draft under the rule that its edited payload falls under", async () => {
    pass(DAY);
    const id = await submit(900);
    await decide(ann, id, { verdict: "edit_and_approve", payload: { amount: 80 }, reason: "Less." });
    expect(await figuresOf("2026-11-06", "middle")).toMatchObject({ decided: 1, approved: 1, edited: 1 });
    expect(await figuresOf("2026-11-06", "large")).toBeUndefined();
  });

  it("count what ran by itself apart from what people decided, and its overturning on its own day, weeks later", async () => {
    pass(DAY);
    const id = await submit(5);
    const { grant, payload_hash } = await claimExecution(agent, id);
    await reportExecution(agent, id, { grant, outcome: "succeeded", executed_payload_hash: payload_hash });
    expect(await figuresOf("2026-11-07", "small")).toMatchObject({
      automatic: 1,
      reviewed: 0,
      approvalRate: null,
      executed: 1,
      samples: { chosen: 1, waiting: 1, overturned: 0 },
    });
    pass(20 * DAY);
    const { screenHash } = await getReview(ann, id);
    await reviewExecuted(ann, { draftId: id, screenHash, verdict: "overturn", reason: "Wrong." });
    expect(await figuresOf("2026-11-07", "small")).toMatchObject({
      automatic: 1,
      reviewed: 0,
      samples: { chosen: 1, waiting: 0, overturned: 1 },
    });
    expect((await figuresOf("2026-11-27"))!.decided).toBe(0);
  });

  it("count what nobody decides in time as lapsed, and once as a breach", async () => {
    pass(DAY);
    const id = await submit(300);
    pass(5 * HOUR);
    expect(await escalateDraft(worker, id, 0, "next")).toBe("expired");
    expect(await figuresOf("2026-11-28", "large")).toMatchObject({
      lapsed: 1,
      breached: 1,
      reviewed: 0,
      decided: 1,
    });
  });

  it("are of the drafts that the history lists under each rule", async () => {
    const days = { from: "2026-11-01", to: "2026-11-30" };
    const { rows } = await getFigures(max, { period: days, by: "rule" });
    const counted = rows.map(({ rule, now }) => [rule, now.decided]);
    expect(Object.fromEntries(counted)).toEqual({ small: 1, middle: 2, large: 1, two: 1 });
    for (const [rule, decided] of counted) {
      const filters = { types: ["post"], rules: [String(rule)], ...days };
      expect((await listHistory(max, { filters })).items, `under ${rule}`).toHaveLength(Number(decided));
    }
  });
});

describe("figures as CSV", () => {
  const wanted = { period: { from: "2026-11-01", to: "2026-11-28" }, by: "agent" } as const;

  it("have a row for each key and period, safe for a spreadsheet, and are in the trail", async () => {
    const { fileName, csv } = await exportFigures(max, wanted);
    expect(fileName).toBe("figures-by-agent-2026-11-01-to-2026-11-28.csv");
    const rows = parse<Record<string, string>>(csv, { columns: true, bom: true });
    const { total } = await getFigures(max, wanted);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      action_type: "",
      agent: "'=shop",
      period: "period",
      decided: String(total.now.decided),
      approval_rate: String(Number(total.now.approvalRate!.share.toFixed(4))),
      samples_overturned: "1",
      waiting_now: String(total.queue.waiting),
    });
    expect(rows[1]).toMatchObject({ period: "before", decided: "0", approval_rate: "", waiting_now: "" });
    const ofType = parse<Record<string, string>>(
      (await exportFigures(max, { ...wanted, actionType: "post" })).csv,
      {
        columns: true,
        bom: true,
      },
    );
    expect(ofType[0]).toMatchObject({ action_type: "post", agent: "'=shop", decided: rows[0]!.decided });
    const event = await database.db.row<{ event: Record<string, unknown> }>(
      sql`SELECT event FROM audit_event WHERE verb = 'figures.exported' ORDER BY id DESC LIMIT 1`,
    );
    expect(event!.event).toMatchObject({
      by: "agent",
      from: "2026-11-01",
      rows: 2,
      actor: { id: "per_max" },
    });
  });

  it("are for those who may read insights, and nothing is recorded of others", async () => {
    const count = () => database.db.rows(sql`SELECT 1 FROM audit_event WHERE verb = 'figures.exported'`);
    const before = await count();
    await expect(exportFigures(ann, wanted)).rejects.toMatchObject({ code: "forbidden" });
    await expect(exportFigures(max, { ...wanted, by: "person" as never })).rejects.toMatchObject({
      code: "invalid_request",
    });
    expect(await count()).toHaveLength(before.length);
  });

  it("have their heads where nothing was decided", async () => {
    const { csv } = await exportFigures(max, {
      period: { from: "2020-01-01", to: "2020-01-02" },
      by: "rule",
    });
    expect(csv.split("\n")[0]).toContain("action_type,rule,agent,period,from,to,decided");
  });
});

describe("figures where decisions were imported too", () => {
  it("are of the drafts that the history lists without them, by action type and by agent", async () => {
    const past = { action_type: "post", subject: { type: "page", id: "pag_1" }, summary: "Post of then" };
    const decided = { outcome: "approved", decided_at: "2026-11-03T10:00:00Z" };
    const here = { ...worker, now: () => new Date("2026-11-30T12:00:00Z") };
    const lines = [1, 2, 3].map((amount) => ({ ...past, ...decided, payload: { amount } }));
    expect((await importLines(here, lines)).report.importedInAll).toBe(3);
    await refreshFigures(worker);
    const days = { from: "2026-11-01", to: "2026-11-30" };
    const listed = async (filters: HistoryFilters) =>
      (await listHistory(max, { filters: { ...filters, ...days, imported: false } })).items.length;
    const [type] = (await getFigures(max, { period: days, by: "action_type" })).rows;
    expect(type!.now).toMatchObject({ imported: 3, decided: await listed({ types: ["post"] }) });
    const agents = (await getFigures(max, { period: days, by: "agent" })).rows;
    expect(agents).toHaveLength(2);
    for (const { agent, now } of agents) {
      expect(now.decided, agent!.name).toBe(await listed({ types: ["post"], agents: [agent!.id] }));
    }
    expect((await listHistory(max, { filters: { ...days, imported: true } })).items).toHaveLength(3);
  });
});
