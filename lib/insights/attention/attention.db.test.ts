import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { readsOf } from "@/lib/db/test-plans";
import { createTestWorld } from "@/lib/db/test-world";
import { makeHistory } from "../figures/made-up-history";
import { getAttention } from "./get-attention";
import { getOwnAttention } from "./get-own-attention";
import type { PersonAttention } from "./types";

const clock = new Date("2026-11-21T12:00:00Z");
let database: TestDatabase;
let manager: Context<PersonActor>;
let ann: Context<PersonActor>;
let everybody: PersonAttention[];

interface Plain {
  action_type: string;
  verdict: string;
  seconds_on_screen: number | null;
  was_quick: boolean;
  batch_id: string | null;
  decided_at: Date;
}

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db, () => clock);
  const owner = await world.person("owner", { roles: ["admin"] });
  manager = await world.person("max", { roles: ["manager"] });
  ann = await world.person("ann");
  await world.person("ben");
  const agents = [(await world.agent("shop", owner.actor.personId)).ctx.actor];
  const personIds = ["per_ann", "per_ben"];
  await makeHistory(database.db, { seed: 5, count: 900, now: clock, days: 40, agents, personIds });
  // Of her checks she caught two of three; one lies too far back.
  const drafts = await database.db.rows<{ id: string }>(
    sql`SELECT id FROM draft WHERE origin = 'check' LIMIT 4`,
  );
  const outcomes = ["caught", "missed", "caught", "caught"];
  for (const [at, { id }] of drafts.entries()) {
    const endedAt = new Date(clock.getTime() - (at === 3 ? 31 : 2) * 86_400_000);
    await database.db.run(sql`
      INSERT INTO seeded_check (draft_id, template, action_type, approver_rule, because, seeded_at, outcome, person_id, ended_at)
      VALUES (${id}, 'made up', 'refund', 'rule', 'it is made up.', ${endedAt}, ${outcomes[at]}, 'per_ann', ${endedAt})`);
  }
  everybody = await getAttention(manager, { days: 30 });
});
afterAll(() => database?.drop());

/** What a person would type to check it: every decision of the last thirty UTC days, one by one. */
const plainly = (personId: string) =>
  database.db.rows<Plain>(sql`
    SELECT draft.action_type, verdict, seconds_on_screen, was_quick, batch_id, decision.decided_at
    FROM decision JOIN draft ON draft.id = draft_id
    WHERE person_id = ${personId} AND undone_at IS NULL AND draft.origin = 'agent'
      AND (decision.decided_at AT TIME ZONE 'UTC')::date > (${clock}::timestamptz AT TIME ZONE 'UTC')::date - 30 AND decision.decided_at < ${clock}
    ORDER BY decision.decided_at`);

const quantile = (values: number[], share: number): number => {
  const sorted = [...values].sort((one, other) => one - other);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)]!;
  return below + (sorted[Math.ceil(at)]! - below) * (at - Math.floor(at));
};

describe("attention of people", () => {
  it.each(["per_ann", "per_ben"])("is what their decisions say, one by one: %s", async (personId) => {
    const of = everybody.find(({ person }) => person.id === personId)!;
    const all = await plainly(personId);
    expect(all.length).toBeGreaterThan(30);
    const types = [...new Set(all.map(({ action_type }) => action_type))];
    expect(of.byType.map(({ actionType }) => actionType).sort()).toEqual(types.sort());
    for (const type of [null, ...types]) {
      const made = all.filter(({ action_type }) => type === null || action_type === type);
      const got = type === null ? of.total : of.byType.find(({ actionType }) => actionType === type)!;
      const looks = made.filter(({ verdict }) => verdict === "uphold" || verdict === "overturn");
      const decided = made.filter((each) => !looks.includes(each));
      const count = (list: Plain[], test: (each: Plain) => boolean) => list.filter(test).length;
      const seconds = made.flatMap(({ seconds_on_screen }) => seconds_on_screen ?? []);
      const lastOther = decided.findLastIndex(({ verdict }) => verdict !== "approve");
      expect(got.decisions).toBe(made.length);
      expect(got.seconds?.timed ?? 0).toBe(seconds.length);
      if (seconds.length > 0) {
        expect(got.seconds!.median).toBeCloseTo(quantile(seconds, 0.5));
        expect(got.seconds!.low).toBeCloseTo(quantile(seconds, 0.25));
        expect(got.seconds!.high).toBeCloseTo(quantile(seconds, 0.75));
      }
      expect(got.inBatches?.count).toBe(count(made, ({ batch_id }) => batch_id !== null));
      expect(got.quick?.count ?? 0).toBe(count(made, ({ was_quick }) => was_quick));
      expect(got.approved?.of ?? 0).toBe(decided.length);
      expect(got.approved?.count ?? 0).toBe(count(decided, ({ verdict }) => verdict === "approve"));
      expect(got.overturned?.of ?? 0).toBe(looks.length);
      expect(got.overturned?.count ?? 0).toBe(count(looks, ({ verdict }) => verdict === "overturn"));
      expect(got.streak).toBe(decided.length - 1 - lastOther);
    }
  });

  it("has the checks of that time, which are in nothing else", () => {
    const of = everybody.find(({ person }) => person.id === "per_ann")!;
    expect(of.total.caught).toMatchObject({ count: 2, of: 3 });
    expect(of.byType.find(({ actionType }) => actionType === "refund")?.caught).toMatchObject({
      count: 2,
      of: 3,
    });
    expect(everybody.find(({ person }) => person.id === "per_ben")!.total.caught).toBeNull();
  });

  it("begins an hour of work with the first decision after a pause of an hour", async () => {
    const of = everybody.find(({ person }) => person.id === "per_ann")!;
    const hours = new Map<number, number>();
    let began = 0;
    let last = 0;
    for (const { decided_at } of await plainly("per_ann")) {
      const at = decided_at.getTime();
      if (at - last > 3_600_000) began = at;
      last = at;
      const hour = Math.min(5, 1 + Math.floor((at - began) / 3_600_000));
      hours.set(hour, (hours.get(hour) ?? 0) + 1);
    }
    expect(new Map(of.hours.map(({ hour, decisions }) => [hour, decisions]))).toEqual(hours);
  });

  it("is for those who oversee; everybody sees their own", async () => {
    await expect(getAttention(ann, {})).rejects.toMatchObject({ code: "forbidden" });
    expect(await getOwnAttention(ann, { days: 30 })).toEqual(
      everybody.find(({ person }) => person.id === "per_ann"),
    );
    expect(await getOwnAttention(manager, { days: 7 })).toBeNull();
  });

  it("reads each person's decisions, and their drafts, from their index", async () => {
    await database.db.run(sql`ANALYZE decision`);
    await database.db.run(sql`ANALYZE draft`);
    const reads = await readsOf(database.db, ["decision", "draft"], (db) =>
      getAttention({ ...manager, db }, { days: 7 }),
    );
    expect(reads.filter((read) => read.endsWith("decision_person_id_decided_at_idx"))).toHaveLength(2);
    expect(reads.filter((read) => read === "Index Scan draft_pkey")).toHaveLength(2);
    expect(reads.join()).not.toContain("Seq Scan");
  });
});
