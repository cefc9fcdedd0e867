import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { makeHistory } from "../figures/made-up-history";
import { refreshFigures } from "../figures/refresh-figures";
import { getQuarterReview } from "./get-quarter-review";
import { signQuarter } from "./sign-quarter";

const clock = new Date("2026-11-21T12:00:00Z");
const quarter = "2026-Q4";
let database: TestDatabase;
let manager: Context<PersonActor>;
let auditor: Context<PersonActor>;
let ann: Context<PersonActor>;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db, () => clock);
  const owner = await world.person("owner", { roles: ["admin"] });
  manager = await world.person("max", { roles: ["manager"] });
  auditor = await world.person("aud", { roles: ["auditor"] });
  ann = await world.person("ann");
  const agents = [(await world.agent("shop", owner.actor.personId)).ctx.actor];
  await makeHistory(database.db, {
    seed: 7,
    count: 600,
    now: clock,
    days: 45,
    agents,
    personIds: ["per_ann"],
  });
  await database.db.run(sql`
    INSERT INTO unassigned_action_type (action_type, agent_id, submissions, first_at, last_at)
    VALUES ('wire_money', 'agt_shop', 4, ${clock}, ${clock}), ('long_ago', 'agt_shop', 4, '2026-01-05', '2026-01-06')`);
  await database.db.run(sql`
    INSERT INTO hold (id, action_type, reason, placed_by_id, placed_at)
    VALUES ('hld_old', 'refund', 'looked wrong', 'per_max', ${clock}::timestamptz - interval '40 days'),
           ('hld_new', 'send_email', 'looks wrong', 'per_max', ${clock}::timestamptz - interval '4 days')`);
});
afterAll(() => database?.drop());

describe("a quarter's review", () => {
  it("says the same before the days are added up and after", async () => {
    const before = await getQuarterReview(manager, { quarter });
    expect(before.preparing).toBeNull();
    await refreshFigures(manager);
    const after = await getQuarterReview(manager, { quarter });
    expect(after.findings.length).toBeGreaterThan(3);
    expect(after.findings).toEqual(before.findings);
  });

  it("finds what plain SQL finds", async () => {
    const { findings } = await getQuarterReview(manager, { quarter });
    const ids = findings.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["unassigned:wire_money", "hold:hld_old"]));
    expect(ids).not.toContain("unassigned:long_ago");
    expect(ids).not.toContain("hold:hld_new");
    const overturned = await database.db.rows<{ id: string; wrong: number; looked: number }>(sql`
      SELECT 'overturned:' || draft.action_type || ':' || rule AS id,
             sum((after_review = 'overturned')::int)::int AS wrong, count(*)::int AS looked
      FROM draft JOIN classification ON classification.id = classification_id
      WHERE after_review IN ('upheld', 'overturned') AND origin = 'agent'
        AND decided_at >= '2026-10-01' AND decided_at < ${clock}
      GROUP BY 1 HAVING sum((after_review = 'overturned')::int) > 0`);
    expect(overturned.length).toBeGreaterThan(0);
    const found = findings
      .filter(({ kind }) => kind === "overturned")
      .map(({ id, rate }) => ({ id, wrong: rate!.count, looked: rate!.of }));
    expect(found.sort((a, b) => a.id.localeCompare(b.id))).toEqual(
      overturned.sort((a, b) => a.id.localeCompare(b.id)),
    );
  });

  it("has findings of its own quarter only, and none of one to come", async () => {
    const former = await getQuarterReview(manager, { quarter: "2026-Q1" });
    expect(former.findings.map(({ id }) => id)).toContain("unassigned:long_ago");
    expect(former.findings.map(({ id }) => id)).not.toContain("unassigned:wire_money");
    await expect(getQuarterReview(manager, { quarter: "2027-Q1" })).rejects.toMatchObject({
      code: "invalid_request",
      message: "This quarter has not begun.",
    });
    await expect(getQuarterReview(manager, { quarter: "2026-Q5" })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  it("is read by those who oversee, and signed off by managers and admins", async () => {
    await expect(getQuarterReview(ann, { quarter })).rejects.toMatchObject({ code: "forbidden" });
    const { findings } = await getQuarterReview(auditor, { quarter });
    const seen = findings.map(({ id }) => id);
    await expect(signQuarter(auditor, { quarter, seen })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("is signed off with what it said, who looked at what, and an event; not when something has come up", async () => {
    const { findings } = await getQuarterReview(manager, { quarter });
    const seen = findings.map(({ id }) => id);
    await expect(signQuarter(manager, { quarter, seen: seen.slice(1) })).rejects.toMatchObject({
      code: "conflict",
    });
    const lookedAt = [seen[0]!, "made:up"];
    const { id } = await signQuarter(manager, { quarter, seen, lookedAt, note: " All is well. " });
    expect((await getQuarterReview(manager, { quarter })).signOffs).toEqual([
      {
        id,
        person: "max",
        note: "All is well.",
        findings: findings.length,
        lookedAt: 1,
        signedAt: clock.toISOString(),
      },
    ]);
    const row = await database.db.row<{ findings: unknown; matches: boolean }>(sql`
      SELECT findings, encode(sha256(findings::text::bytea), 'hex') = findings_hash AS matches FROM quarter_review`);
    expect(row).toEqual({ findings, matches: true });
    const event = await database.db.row<{ event: Record<string, unknown> }>(
      sql`SELECT event FROM audit_event WHERE verb = 'quarter.reviewed'`,
    );
    expect(event?.event).toMatchObject({ review: id, findings: findings.length, looked_at: 1 });
    expect(JSON.stringify(event)).not.toContain("All is well");
    await expect(database.db.run(sql`UPDATE quarter_review SET note = 'x'`)).rejects.toThrow(/never change/);
  });

  it("is not signed off while its figures are prepared", async () => {
    await database.db.run(sql`
      INSERT INTO draft (id, action_type, status, tier, agent_id, api_key_id, subject_type, subject_id, summary, payload,
                         payload_hash, policy_version_id, classification_id, decided_at)
      SELECT 'drf_many_' || n, action_type, 'blocked', 'low', agent_id, api_key_id, 'customer', 'c', '', '{}', '',
             policy_version_id, '', ${clock}::timestamptz - interval '10 days'
      FROM (SELECT * FROM draft LIMIT 1) AS any_one, generate_series(1, 10001) AS n`);
    await database.db.run(sql`UPDATE figure_state SET rolled_until = '2026-11-10'`);
    const { preparing, findings } = await getQuarterReview(manager, { quarter });
    expect(preparing).not.toBeNull();
    const seen = findings.map(({ id }) => id);
    await expect(signQuarter(manager, { quarter, seen })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("still being prepared"),
    });
  });
});
