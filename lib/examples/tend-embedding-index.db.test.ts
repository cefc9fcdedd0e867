import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { readsOf } from "@/lib/db/test-plans";
import { createTestWorld } from "@/lib/db/test-world";
import { embedDraft } from "./embed";
import { BUILTIN_EMBEDDER } from "./embedder-builtin";
import { adoptEmbedder, noteAnswer } from "./embedder-lease";
import { EXACT_LIMIT, nearestExamples } from "./nearest-examples";
import { configuredEmbedder } from "./remote-embedder";
import { renewBuiltinVectors } from "./renew-builtin-vectors";
import { indexOf } from "./search-space";
import { tendEmbeddingIndex } from "./tend-embedding-index";

const COUNT = EXACT_LIMIT + 100;
const DIMENSIONS = 24;

let database: TestDatabase;
let name: string;

/** Numbers that follow from a draft's id. */
const vectorOf = (length: number) => sql`
  (SELECT array_agg(hashtext(draft.id || ' ' || n) / 2147483648.0 ORDER BY n) FROM generate_series(1, ${length}::int) AS n)`;

beforeAll(async () => {
  process.env.EMBEDDING_MODEL = "words";
  name = configuredEmbedder()!.name;
  database = await createTestDatabase();
  const { db } = database;
  const world = await createTestWorld(db);
  const owner = await world.person("owner", { roles: ["admin"] });
  const { agentId, keyId } = (await world.agent("shop", owner.actor.personId)).ctx.actor;
  await db.run(sql`
    INSERT INTO draft (id, action_type, status, tier, agent_id, api_key_id, subject_type, subject_id, summary, payload,
                       payload_hash, policy_version_id, classification_id, decided_at)
    SELECT 'drf_' || n, 'refund', 'rejected', 'medium', ${agentId}, ${keyId}, 'customer', 'cus_' || n, 'Refund ' || n,
           '{}', '', version.id, '', now()
    FROM generate_series(1, ${COUNT}::int) AS n JOIN policy_version AS version ON version.action_type = 'refund'`);
  await db.run(sql`UPDATE draft SET remote_embedder = ${name}, remote_embedding = ${vectorOf(DIMENSIONS)}::halfvec
                   WHERE id IN ('drf_1', 'drf_2')`);
  await db.run(sql`
    INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, proposed_payload,
                         final_payload, policy_version_id, decided_at, remote_embedder, remote_embedding)
    SELECT 'exm_' || id, id, action_type, CASE WHEN id LIKE '%7' THEN 'rejected' ELSE 'approved' END, summary,
           subject_type, subject_id, '{}', '{}', policy_version_id, now(), ${name}, ${vectorOf(DIMENSIONS)}::halfvec
    FROM draft`);
  await adoptEmbedder(db, name);
  await noteAnswer(db, name, DIMENSIONS);
});
afterAll(async () => {
  delete process.env.EMBEDDING_MODEL;
  await database?.drop();
});

const indexes = async () =>
  (
    await database.db.rows<{ name: string }>(sql`
      SELECT indexname AS name FROM pg_indexes WHERE indexname LIKE 'example_nearest_%' ORDER BY indexname`)
  ).map((row) => row.name);
const BUILTIN_INDEX = "example_nearest_builtin_hash_512_v1";

describe("the index over remote vectors", () => {
  it("is made once there are more than are compared one by one, and then answers searches", async () => {
    const { db } = database;
    // Beyond the limit nobody compares one by one: the built-in vectors answer until there is an index.
    const found = await nearestExamples(db, { draftId: "drf_1", actionType: "refund" });
    expect(found).toEqual([]);
    await tendEmbeddingIndex(db, "one");
    expect(await indexes()).toEqual([BUILTIN_INDEX, indexOf(name)]);
    await db.run(sql`ANALYZE example`);

    const reads = await readsOf(db, ["example"], async (explained) => {
      const near = await nearestExamples(explained, { draftId: "drf_1", actionType: "refund" });
      expect(near.map(({ embedder }) => embedder)).toEqual([name, name, name]);
    });
    expect(reads).toContain(`Index Scan ${indexOf(name)}`);

    const exact = await db.rows<{ id: string }>(sql`
      SELECT example.id FROM example JOIN draft ON draft.id = 'drf_1'
      WHERE example.draft_id <> 'drf_1'
      ORDER BY (example.remote_embedding <=> draft.remote_embedding) + 0 LIMIT 3`);
    const near = await nearestExamples(db, { draftId: "drf_1", actionType: "refund" });
    expect(near.map(({ id }) => id)).toContain(exact[0]!.id);
    const rejections = await nearestExamples(db, {
      draftId: "drf_1",
      actionType: "refund",
      outcomes: ["rejected"],
    });
    expect(rejections.map(({ outcome }) => outcome)).toEqual(["rejected", "rejected", "rejected"]);
  });

  it("is made again when its building broke off, and left alone otherwise", async () => {
    const { db } = database;
    const oid = () => db.row<{ oid: number }>(sql`SELECT to_regclass(${indexOf(name)})::oid::int AS oid`);
    const before = await oid();
    await tendEmbeddingIndex(db, "one");
    expect(await oid()).toEqual(before);
    await db.run(
      sql`UPDATE pg_index SET indisvalid = false WHERE indexrelid = to_regclass(${indexOf(name)})`,
    );
    await tendEmbeddingIndex(db, "one");
    expect(await oid()).not.toEqual(before);
    const valid = await db.row(
      sql`SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(${indexOf(name)})`,
    );
    expect(valid).toEqual({ indisvalid: true });
  });

  it("is dropped when another embedder is in force, and the built-in one's stays", async () => {
    await adoptEmbedder(database.db, BUILTIN_EMBEDDER);
    await tendEmbeddingIndex(database.db, "one");
    expect(await indexes()).toEqual([BUILTIN_INDEX]);
  });
});

describe("what an older built-in embedder computed", () => {
  it("is computed anew, whatever has no vector of today's too", async () => {
    const { db } = database;
    await db.run(sql`DELETE FROM example WHERE id NOT LIKE '%3_' AND id <> 'exm_drf_1'`);
    await db.run(
      sql`UPDATE example SET embedder = 'builtin-old', embedding = '[1,0]' WHERE id LIKE '%3' OR id = 'exm_drf_1'`,
    );
    await db.run(sql`UPDATE draft SET status = 'pending', approver_rule = 'x', due_at = now(), waiting_since = now(),
                       decided_at = NULL, embedder = 'builtin-old', embedding = '[1,0]' WHERE id = 'drf_5'`);
    // A turn ends after five seconds.
    while ((await renewBuiltinVectors(db)) > 0);
    const left = await db.row(sql`
      SELECT count(*) FILTER (WHERE embedder IS DISTINCT FROM ${BUILTIN_EMBEDDER})::int AS count FROM example`);
    expect(left).toEqual({ count: 0 });
    const row = await db.row<{ vector: string }>(
      sql`SELECT embedding::text AS vector FROM draft WHERE id = 'drf_5' AND embedder = ${BUILTIN_EMBEDDER}`,
    );
    const { vector } = embedDraft({
      actionType: "refund",
      subjectType: "customer",
      summary: "Refund 5",
      payload: {},
      evidence: [],
    });
    expect((JSON.parse(row!.vector) as number[])[7]).toBeCloseTo(vector[7]!, 5);
    expect(await nearestExamples(db, { draftId: "drf_5", actionType: "refund" })).toHaveLength(3);
  });
});
