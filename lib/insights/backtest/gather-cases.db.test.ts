import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { encodeTime } from "ulid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { readsOf } from "@/lib/db/test-plans";
import { createTestWorld } from "@/lib/db/test-world";
import { type LoadedPolicies, type LoadedPolicy, loadPolicies } from "@/lib/policy-files/load-policies";
import { policyVersionId, recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { columnsOf } from "./columns";
import { gatherCases } from "./gather-cases";
import { readCases } from "./read-cases";
import { readPieces } from "./read-pieces";
import { recallCases } from "./recall-cases";

const HOUR_MS = 60 * 60 * 1000;
const BEGIN = Date.parse("2026-03-01T00:00:00Z");
const until = new Date("2100-01-01T00:00:00Z");
const properties = { amount: { type: "number" }, weight: { type: "number" }, note: { type: "string" } };
const medium = { tier: "medium", route: "batch_review" };

const folders: string[] = [];
function policiesWith(policy: object): LoadedPolicies {
  const folder = mkdtempSync(join(tmpdir(), "countersign-policies-"));
  folders.push(folder);
  mkdirSync(join(folder, "post"));
  const schema = { type: "object", additionalProperties: false, properties };
  writeFileSync(join(folder, "post/policy.json"), JSON.stringify({ action_type: "post", ...policy }));
  writeFileSync(join(folder, "post/schema.json"), JSON.stringify(schema));
  return loadPolicies(folder);
}
const former = policiesWith({ tiers: [{ ...medium, when: { vip: true, amount_lte: 500 } }, medium] });
const inForce = policiesWith({
  tiers: [{ ...medium, when: { gold: true } }, medium],
  facts: { gold: { from: "pushed", name: "vip" }, size: { from: "payload", at: "/weight" } },
});
const policyOf = (policies: LoadedPolicies): LoadedPolicy => policies.get("post")!;
/** Asks of the payload what cannot be compared, and so is not put aside. */
const byNote = policyOf(
  policiesWith({ tiers: [{ ...medium, when: { note_eq: "x", other: true } }, medium] }),
);

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  const world = await createTestWorld(db);
  for (const policies of [former, inForce]) await recordPolicyVersions(db, policies);
  const admin = await world.person("ada", { roles: ["admin"] });
  await world.person("ann");
  await world.agent("shop", admin.actor.personId);
});
afterAll(async () => {
  await database?.drop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => clear());

async function clear() {
  await db.transaction(async (tx) => {
    await tx.run(sql`SET LOCAL session_replication_role = replica`);
    for (const table of [sql`decision`, sql`classification`, sql`example`, sql`draft`, sql`backtest_piece`])
      await tx.run(sql`DELETE FROM ${table}`);
  });
}

/** A history that is made as it goes: each thing happens to a draft that it may happen to, picked by a number. */
class History {
  at = BEGIN;
  private count = 0;
  readonly waiting: string[] = [];
  readonly ran: string[] = [];
  private lately: { id: string; at: number }[] = [];

  now = () => new Date(this.at);

  async submit(amount: number, by: LoadedPolicies, runs = false, imported = 0): Promise<void> {
    const id = `drf_${encodeTime(this.at)}${String(++this.count).padStart(16, "0")}`;
    const status = imported ? "rejected" : runs ? "executed" : "pending";
    const payload = JSON.stringify({ amount, weight: amount % 7, note: amount % 2 ? "x" : "y" });
    const facts = by === former ? { vip: amount % 3 === 0, amount } : { gold: amount % 3 === 0 };
    const created = new Date(this.at - imported * 24 * HOUR_MS);
    const decided = status === "pending" ? null : created;
    await db.run(sql`
      WITH new_draft AS (
        INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary, payload,
                           payload_hash, decided_payload_hash, policy_version_id, classification_id, approver_rule, due_at,
                           waiting_since, created_at, decided_at, origin)
        VALUES (${id}, 'post', ${status}, 'medium', 'batch_review', 'agt_shop', 'key_shop', 'customer', 'cus_1', 'Post it',
                ${payload}::json, '', ${runs ? "" : null}, ${policyVersionId(policyOf(by))}, ${`cls_${id}`}, 'anyone', now(),
                now(), ${created}, ${decided}, ${imported ? "import" : "agent"})
      ), new_example AS (
        INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, proposed_payload,
                             final_payload, policy_version_id, decided_at, imported)
        SELECT ${`exm_${id}`}, ${id}, 'post', 'rejected', 'Post it', 'customer', 'cus_1', ${payload}::json, ${payload}::json,
               ${policyVersionId(policyOf(by))}, ${created}, true WHERE ${imported}::int > 0
      )
      INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, rule, result, facts)
      VALUES (${`cls_${id}`}, ${id}, 'submitted', '', ${policyVersionId(policyOf(by))}, 'pending', 'medium', 'medium', '{}',
              ${JSON.stringify(facts)}::json)`);
    if (runs) this.ran.push(id);
    else if (!imported) this.waiting.push(id);
  }

  private async say(id: string, verdict: string): Promise<void> {
    await db.run(sql`
      INSERT INTO decision (id, draft_id, person_id, verdict, reason_salt, screen_hash, classification_id, payload,
                            payload_hash, precedent_ids, seconds_on_screen, decided_at)
      VALUES (${`dec_${++this.count}`}, ${id}, 'per_ann', ${verdict}, '', '', ${`cls_${id}`}, '{}', '', '{}', ${this.count},
              ${this.now()})`);
  }

  async decide(id: string, verdict: "approve" | "reject"): Promise<void> {
    await this.say(id, verdict);
    const status = verdict === "approve" ? "executed" : "rejected";
    await db.run(sql`
      UPDATE draft SET status = ${status}, decided_at = ${this.now()},
                       decided_payload_hash = ${verdict === "approve" ? "" : null} WHERE id = ${id}`);
    this.waiting.splice(this.waiting.indexOf(id), 1);
    this.lately.push({ id, at: this.at });
  }

  /** As late as it can be. */
  async undo(pick: number): Promise<void> {
    this.lately = this.lately.filter(({ at }) => this.at - at <= 24 * HOUR_MS);
    const [undone] = this.lately.splice(pick % (this.lately.length || 1), 1);
    if (!undone) return;
    await db.run(
      sql`UPDATE decision SET undone_at = ${this.now()} WHERE draft_id = ${undone.id} AND undone_at IS NULL`,
    );
    await this.wait(undone.id);
  }

  /** What was to run by itself waits after all. */
  async holdBack(pick: number): Promise<void> {
    const [id] = this.ran.splice(pick % (this.ran.length || 1), 1);
    if (id) await this.wait(id);
  }

  async lookAt(pick: number, verdict: "uphold" | "overturn"): Promise<void> {
    const [id] = this.ran.splice(pick % (this.ran.length || 1), 1);
    if (id) await this.say(id, verdict);
  }

  private async wait(id: string): Promise<void> {
    await db.run(sql`
      UPDATE draft SET status = 'pending', decided_at = NULL, decided_payload_hash = NULL WHERE id = ${id}`);
    this.waiting.push(id);
  }
}

const gather = (now: () => Date, draftsInPiece = 3, policies = inForce) =>
  gatherCases({ db, policies, now }, draftsInPiece);

/** As a process does that remembers nothing, and as it is. */
async function bothWays(policy: LoadedPolicy, since: Date) {
  const columns = columnsOf([policy]);
  const ctx = { db: Object.create(db) as Database, policies: inForce };
  const recalled = await recallCases(ctx, { policy, columns, since, until });
  const read = await readCases(ctx, { actionType: "post", columns, since, until });
  const inOrder = (cases: typeof read.cases) => [...cases].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { recalled: inOrder(recalled.cases), read: inOrder(read.cases) };
}

const event = fc.record({
  kind: fc.constantFrom(
    "submit",
    "submit",
    "run",
    "decide",
    "decide",
    "decide",
    "undo",
    "look",
    "holdBack",
    "import",
    "gather",
  ),
  afterHours: fc.integer({ min: 0, max: 14 }),
  pick: fc.nat({ max: 1000 }),
});

describe("what a worker puts aside of past drafts", () => {
  it("comes to what reading every draft anew says, whatever happens to them before and after", async () => {
    let fromPieces = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 30, maxLength: 90 }),
        fc.nat({ max: 400 }),
        async (events, from) => {
          await clear();
          const history = new History();
          for (const { kind, afterHours, pick } of events) {
            history.at += afterHours * HOUR_MS;
            const by = pick % 2 ? former : inForce;
            const waits = history.waiting[pick % (history.waiting.length || 1)];
            if (kind === "submit") await history.submit(pick, by);
            else if (kind === "run") await history.submit(pick, by, true);
            else if (kind === "import") await history.submit(pick, by, false, 1 + (pick % 30));
            else if (kind === "decide" && waits) await history.decide(waits, pick % 5 ? "approve" : "reject");
            else if (kind === "undo") await history.undo(pick);
            else if (kind === "look") await history.lookAt(pick, pick % 3 ? "uphold" : "overturn");
            else if (kind === "holdBack") await history.holdBack(pick);
            else if (kind === "gather") await gather(history.now);
          }
          await gather(history.now);
          for (const since of [new Date(BEGIN - 1000 * 24 * HOUR_MS), new Date(BEGIN + from * HOUR_MS)]) {
            for (const policy of [policyOf(former), policyOf(inForce), byNote]) {
              const { recalled, read } = await bothWays(policy, since);
              expect(recalled).toEqual(read);
            }
          }
          const columns = columnsOf([policyOf(inForce)]);
          const pieces = await readPieces(db, { actionType: "post", columns, since: new Date(0) });
          fromPieces += pieces?.cases.length ?? 0;
        },
      ),
      { numRuns: 12 },
    );
    expect(fromPieces).toBeGreaterThan(50);
  });

  it("is asked only where it has every part of the payload, and is made anew once a policy looks at more", async () => {
    const history = new History();
    for (let amount = 0; amount < 6; amount++) {
      history.at += HOUR_MS;
      await history.submit(amount, former);
      await history.decide(history.waiting[0]!, "approve");
    }
    const later = () => new Date(BEGIN + 100 * HOUR_MS);
    expect(await gather(later)).toBe(2);
    const ask = (policy: LoadedPolicy) =>
      readPieces(db, { actionType: "post", columns: columnsOf([policy]), since: new Date(0) });
    expect((await ask(policyOf(former)))?.cases).toHaveLength(6);
    expect(await ask(byNote)).toBeNull();
    // Those that were made before it looked at more are passed over, and what comes after them too.
    const outdate = (place: number) =>
      db.run(sql`
        UPDATE backtest_piece SET columns = '{}'
        WHERE starts_at = (SELECT starts_at FROM backtest_piece ORDER BY starts_at OFFSET ${place} LIMIT 1)`);
    for (const [place, left] of [
      [1, 3],
      [0, undefined],
    ] as const) {
      await outdate(place);
      expect((await ask(policyOf(former)))?.cases.length).toBe(left);
      const { recalled, read } = await bothWays(policyOf(former), new Date(0));
      expect(recalled).toEqual(read);
      expect(recalled).toHaveLength(6);
    }
    const asNoted = new Map([["post", byNote]]);
    expect(await gather(later, 3, asNoted)).toBe(2);
    expect(await gather(later, 3, asNoted)).toBe(0);
    await db.run(sql`DELETE FROM backtest_piece WHERE starts_at <= to_timestamp(0)`);
    expect(await ask(byNote)).toBeNull();
    await db.run(sql`DELETE FROM backtest_piece`);
    expect(await gather(later, 3, asNoted)).toBe(2);
    const noted = columnsOf([byNote]).findIndex(({ name }) => name === "note");
    expect((await ask(byNote))?.cases.map(({ values }) => values[noted]).sort()).toEqual([
      ...["x", "x", "x"],
      ...["y", "y", "y"],
    ]);
  });

  it("leaves out what has not settled, and is not made twice by two workers at once", async () => {
    const history = new History();
    for (let amount = 0; amount < 9; amount++) {
      history.at += HOUR_MS;
      await history.submit(amount, inForce);
      await history.decide(history.waiting[0]!, "approve");
    }
    // The last three were decided less than an hour before.
    const then = () => new Date(BEGIN + 7 * HOUR_MS + 1);
    await Promise.all([gather(then), gather(then), gather(then)]);
    const pieces = await db.rows<{ starts_at: Date; ends_at: Date; drafts: number }>(
      sql`SELECT starts_at, ends_at, drafts FROM backtest_piece ORDER BY starts_at`,
    );
    expect(pieces.map(({ drafts }) => drafts)).toEqual([3, 3]);
    expect(pieces[1]!.starts_at).toEqual(pieces[0]!.ends_at);
  });

  it("is caught up with by index, also with a plan that is kept for any time", async () => {
    const history = new History();
    await history.submit(1, inForce);
    await db.run(sql`
      INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary,
                         payload, payload_hash, policy_version_id, classification_id, created_at, decided_at)
      SELECT 'drf_0old' || n, version.action_type, 'rejected', 'medium', 'batch_review', 'agt_shop', 'key_shop', 'customer',
             'cus_1', 'Post it', '{}', '', version.id, 'cls_old' || n, ${history.now()}, ${history.now()}
      FROM generate_series(1, 20000) AS n
      JOIN policy_version AS version ON version.id = CASE n % 10 WHEN 0 THEN ${policyVersionId(policyOf(inForce))}
        ELSE (SELECT id FROM policy_version WHERE action_type = 'refund') END`);
    await db.run(sql`
      INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, rule, result, facts)
      SELECT classification_id, id, 'submitted', '', policy_version_id, 'pending', 'medium', 'medium', '{}', '{}'
      FROM draft WHERE id LIKE 'drf_0old%'`);
    for (const table of ["draft", "classification"]) await db.pool.query(`ANALYZE ${table}`);
    const columns = columnsOf([policyOf(inForce)]);
    await gather(() => new Date(BEGIN + 100 * HOUR_MS), 2000);
    const url = new URL(database.url);
    url.searchParams.set("options", "-c plan_cache_mode=force_generic_plan");
    const planned = openDatabase(url.toString(), 1);
    try {
      const reads = await readsOf(planned, ["draft", "classification"], (explained) =>
        recallCases(
          { db: explained, policies: inForce },
          { policy: policyOf(inForce), columns, since: new Date(0), until },
        ),
      );
      expect(reads).toContain("Index Scan draft_pkey");
      expect(reads).not.toContain("Index Scan draft_action_type_created_at_idx");
      expect(reads.filter((each) => each.startsWith("Seq Scan"))).toEqual([]);
    } finally {
      await planned.close();
    }
  });
});
