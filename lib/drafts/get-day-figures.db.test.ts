import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { readsOf } from "@/lib/db/test-plans";
import { createTestWorld } from "@/lib/db/test-world";
import { getDayFigures } from "./get-day-figures";
import type { Verdict } from "./types";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const HOUR_MS = 3_600_000;
const DECIDED = 20_000;

let database: TestDatabase;
let agent: KeyActor;
let ann: Context<PersonActor>;
let ben: Context<PersonActor>;
let nobody: Context<PersonActor>;
let last = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db, () => new Date(NOW));
  const owner = await world.person("owner", { roles: ["admin"] });
  ann = await world.person("ann");
  ben = await world.person("ben");
  nobody = await world.person("nob", { roles: [] });
  agent = (await world.agent("shop", owner.actor.personId)).ctx.actor;
  await database.db.run(sql`
    INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary,
                       payload, payload_hash, decided_payload_hash, policy_version_id, classification_id, decided_at)
    SELECT 'drf_' || n, 'refund', 'executed', 'medium', 'batch_review', ${agent.agentId}, ${agent.keyId}, 'customer', 'cus_1',
           'Refund', '{}', md5(n::text), md5(n::text), version.id, 'cls_' || n, now()
    FROM generate_series(1, ${DECIDED}::int) AS n JOIN policy_version AS version ON version.action_type = 'refund'`);
  await database.db.run(sql`
    INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, rule, result)
    SELECT classification_id, id, 'submitted', payload_hash, policy_version_id, 'pending', tier, 'medium', '{}' FROM draft`);
});
afterAll(() => database?.drop());

interface Made {
  verdict?: Verdict;
  hoursAgo?: number;
  seconds?: number | null;
  quick?: boolean;
  batch?: string | null;
  undone?: boolean;
}

/** Writes one person's decision about a draft that nobody has decided yet. */
async function decided(ctx: Context<PersonActor>, made: Made = {}) {
  const { verdict = "approve", hoursAgo = 1, seconds = null, quick = false, batch = null, undone } = made;
  last += 1;
  const at = new Date(NOW - hoursAgo * HOUR_MS);
  await database.db.run(sql`
    INSERT INTO decision (id, draft_id, person_id, verdict, reason_salt, screen_hash, classification_id, payload, payload_hash,
                          decided_at, seconds_on_screen, was_quick, batch_id, undone_at)
    VALUES (${`dec_${last}`}, ${`drf_${last}`}, ${ctx.actor.personId}, ${verdict}, '', '', ${`cls_${last}`}, '{}', '',
            ${at}, ${seconds}::int, ${quick}, ${batch}, ${undone ? at : null}::timestamptz)`);
}
const hoursAgo = (hours: number) => new Date(NOW - hours * HOUR_MS).toISOString();

describe("a person's own figures", () => {
  it("count what stands by verdict, and what was taken back apart", async () => {
    await decided(ann, { seconds: 3, quick: true });
    await decided(ann, { seconds: 12, batch: "bat_1" });
    await decided(ann, { seconds: 14, batch: "bat_1", verdict: "uphold" });
    await decided(ann, { seconds: 200, verdict: "edit_and_approve" });
    await decided(ann, { seconds: 40, verdict: "reject" });
    await decided(ann, { verdict: "request_changes" });
    await decided(ann, { seconds: 1, quick: true, batch: "bat_2", undone: true });
    await decided(ann, { seconds: 5, hoursAgo: 30, verdict: "overturn" });
    await decided(ben, { seconds: 7 });
    expect(await getDayFigures(ann, { since: hoursAgo(24) })).toEqual({
      approved: 4,
      edited: 1,
      rejected: 1,
      sentBack: 1,
      undone: 1,
      inBatches: 2,
      quick: 1,
      medianSeconds: 14,
      totalSeconds: 269,
      spread: [1, 0, 2, 0, 1, 0, 1],
    });
    expect(await getDayFigures(ann, { since: hoursAgo(31) })).toMatchObject({
      rejected: 2,
      totalSeconds: 274,
      spread: [1, 1, 2, 0, 1, 0, 1],
    });
  });

  it("are nothing where nothing was decided, and nobody's without a role", async () => {
    expect(await getDayFigures(ben, { since: hoursAgo(0.5) })).toMatchObject({
      approved: 0,
      medianSeconds: null,
      totalSeconds: 0,
      spread: [0, 0, 0, 0, 0, 0, 0],
    });
    await expect(getDayFigures(nobody, { since: hoursAgo(1) })).rejects.toMatchObject({ code: "forbidden" });
    await expect(getDayFigures(ben, { since: "yesterday" })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  it("go three months back and no further", async () => {
    await decided(ben, { hoursAgo: 24 * 91 });
    await decided(ben, { hoursAgo: 24 * 93 });
    expect(await getDayFigures(ben, { since: "2020-01-01T00:00:00Z" })).toMatchObject({ approved: 2 });
  });

  it("read the person's own decisions since then, by their index, among thousands", async () => {
    await database.db.run(sql`
      INSERT INTO decision (id, draft_id, person_id, verdict, reason_salt, screen_hash, classification_id, payload, payload_hash,
                            decided_at, seconds_on_screen)
      SELECT 'old_' || n, 'drf_' || n, 'per_owner', 'approve', '', '', 'cls_' || n, '{}', '',
             ${new Date(NOW)}::timestamptz - interval '1 minute' * n, 10
      FROM generate_series(1, ${DECIDED}::int) AS n`);
    await database.db.run(sql`ANALYZE decision`);
    const reads = await readsOf(database.db, ["decision"], (db) =>
      getDayFigures({ ...ann, db }, { since: hoursAgo(24 * 30) }),
    );
    for (const read of reads) {
      expect(read).toMatch(
        /^(Index Scan decision_person_id_decided_at_idx|Bitmap (Index|Heap) Scan ?(decision_person_id_decided_at_idx)?)$/,
      );
    }
    expect(reads.length).toBeGreaterThan(0);
  });
});
