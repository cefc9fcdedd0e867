import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { readsOf } from "@/lib/db/test-plans";
import { createTestWorld } from "@/lib/db/test-world";
import { BUILTIN_EMBEDDER } from "@/lib/examples/embedder-builtin";
import { EXACT_LIMIT, nearestExamples } from "@/lib/examples/nearest-examples";
import { DEFAULT_APPROVER_RULE } from "@/lib/policy/compile-policy";
import { getBatch } from "./get-batch";
import { nearestOfEach } from "./nearest-of-each";

/** Tens of thousands of rows take the embedded database longer than all that is looked at here. */
const ON_A_SERVER = Boolean(process.env.TEST_DATABASE_URL);
const PENDING = 3000;
const DECIDED = 20_000;

let database: TestDatabase;
let ann: Context<PersonActor>;

/** Numbers that follow from a draft's id, as many as a vector has. */
const VECTOR = sql`
  (SELECT array_agg(hashtext(draft.id || ' ' || n) / 2147483648.0 ORDER BY n) FROM generate_series(1, 512) AS n)::vector`;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const world = await createTestWorld(db);
  const owner = await world.person("owner", { roles: ["admin"] });
  ann = await world.person("ann");
  const { agentId, keyId } = (await world.agent("shop", owner.actor.personId)).ctx.actor;
  const result = JSON.stringify({ conditions: [], undo_seconds: 0 });
  await db.run(sql`
    WITH added AS (
      INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary,
                         amount, currency, payload, payload_hash, decided_payload_hash, policy_version_id,
                         classification_id, approver_rule, due_at, waiting_since, decided_at, created_at)
      SELECT 'drf_' || n, CASE WHEN n % 3 = 0 THEN 'send_email' ELSE 'refund' END,
             CASE WHEN n <= ${PENDING} THEN 'pending' ELSE 'executed' END, 'medium', 'batch_review', ${agentId}, ${keyId},
             'customer', 'cus_' || n % 1000, 'Refund ' || n, 100 + n % 7, 'USD', '{}', md5(n::text), md5(n::text),
             version.id, 'cls_' || n, ${DEFAULT_APPROVER_RULE}, now() + interval '1 second' * n, now(),
             CASE WHEN n > ${PENDING} THEN now() - interval '1 minute' * (n - 3000) END,
             now() - interval '1 minute' * n
      FROM generate_series(1, ${PENDING + DECIDED}::int) AS n
      JOIN policy_version AS version
        ON version.action_type = CASE WHEN n % 3 = 0 THEN 'send_email' ELSE 'refund' END
      RETURNING *
    )
    INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, rule, result)
    SELECT classification_id, id, 'submitted', payload_hash, policy_version_id, 'pending', tier, 'medium #2',
           ${result}::json
    FROM added`);
  await db.run(sql`ANALYZE draft`);
  await db.run(sql`ANALYZE classification`);
});
afterAll(() => database?.drop());

describe.skipIf(!ON_A_SERVER)("a batch among 3,000 that wait and 20,000 decided", () => {
  it("reads what waits in the order of its index, and nothing by looking at every draft", async () => {
    const reads = await readsOf(database.db, ["draft", "classification", "evidence", "decision"], (db) =>
      getBatch({ ...ann, db }, {}),
    );
    expect(reads.filter((read) => read.includes("Seq Scan"))).toEqual([]);
    expect(reads.filter((read) => read.includes("draft_pending"))).toHaveLength(2);
    expect(reads.filter((read) => read.includes("draft_decided_of_type"))).toHaveLength(1);
  });

  it("counts the first thousand, and says that there is more", async () => {
    const { groups, isMore, items } = await getBatch(ann, {});
    expect(isMore).toBe(true);
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
    expect(items).toHaveLength(10);
  });
});

describe.skipIf(!ON_A_SERVER)("the precedents of a batch", () => {
  it("are those that each draft's review finds, also beyond a few thousand, where the index answers", async () => {
    const { db } = database;
    await db.run(sql`
      UPDATE draft SET embedder = ${BUILTIN_EMBEDDER}, embedding = ${VECTOR} WHERE id IN ('drf_1', 'drf_2', 'drf_4')`);
    await db.run(sql`
      INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, proposed_payload,
                           final_payload, person_id, policy_version_id, decided_at, embedder, embedding)
      SELECT 'exm_' || id, id, 'refund', 'approved', summary, subject_type, subject_id, '{}', '{}', 'per_ann',
             policy_version_id, now(), ${BUILTIN_EMBEDDER}, ${VECTOR}
      FROM draft WHERE status = 'executed' AND action_type = 'refund' LIMIT ${EXACT_LIMIT + 1}`);
    const ids = ["drf_1", "drf_2", "drf_4"];
    const found = await nearestOfEach(ann, "refund", ids);
    for (const draftId of ids) {
      const alone = await nearestExamples(db, { draftId, actionType: "refund" });
      expect(alone).toHaveLength(3);
      expect(found.get(draftId)?.map(({ exampleId }) => exampleId)).toEqual(alone.map(({ id }) => id));
    }
  });
});
