import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { embedDraft, toVectorParam } from "./embed";
import { EXACT_LIMIT } from "./nearest-examples";
import { selectExamples } from "./select-examples";

let database: TestDatabase;
let manager: Context<PersonActor>;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  const owner = await world.person("owner", { roles: ["admin"] });
  manager = await world.person("max", { roles: ["manager"] });
  const { actor } = (await world.agent("shop", owner.actor.personId)).ctx;
  const { db } = database;
  const told = [
    { id: "lamp", outcome: "approved", summary: "The lamp arrived broken in the post" },
    { id: "withdrawn", outcome: "approved", summary: "The lamp arrived broken in the post office" },
    { id: "refused", outcome: "rejected", summary: "The lamp arrived broken, thrown by the customer" },
    { id: "edited", outcome: "edited", summary: "The lamp arrived broken, half a refund" },
    { id: "far", outcome: "rejected", summary: "Gift wrapping in blue paper" },
  ];
  // A crowd that has nothing to do with what is asked for, beyond what is compared one by one.
  const crowd = Array.from({ length: EXACT_LIMIT + 50 }, (_, n) => ({
    id: `crowd${n}`,
    outcome: "approved",
    summary: `Order ${String.fromCharCode(97 + (n % 26), 97 + ((n * 7) % 26), 97 + ((n * 3) % 26))} parcel never came ${n % 977}`,
  }));
  const rows = [...told, ...crowd].map((row) => ({ ...row, vector: `[${vectorOf(row.summary).join(",")}]` }));
  await db.run(sql`
    INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary,
                       payload, payload_hash, decided_payload_hash, policy_version_id, classification_id, decided_at)
    SELECT 'drf_' || row.id, 'refund', 'executed', 'medium', 'batch_review', ${actor.agentId}, ${actor.keyId}, 'customer',
           'cus_1', row.summary, '{}', md5(row.id), md5(row.id), version.id, 'cls_' || row.id, now()
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS row(id text, summary text)
    JOIN policy_version AS version ON version.action_type = 'refund'`);
  await db.run(sql`
    INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, proposed_payload,
                         final_payload, policy_version_id, decided_at, withdrawn_at, embedder, embedding)
    SELECT 'exm_' || row.id, 'drf_' || row.id, 'refund', row.outcome, row.summary, 'customer', 'cus_1', '{}',
           json_build_object('reason', row.summary), draft.policy_version_id, now(),
           CASE WHEN row.id = 'withdrawn' THEN now() END, 'builtin-hash-512-v1', row.vector::vector
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS row(id text, outcome text, summary text, vector text)
    JOIN draft ON draft.id = 'drf_' || row.id`);
  await db.run(sql`ANALYZE example`);
}, 240_000);
afterAll(() => database?.drop());

const vectorOf = (summary: string) =>
  embedDraft({ actionType: "refund", subjectType: "customer", summary, payload: {}, evidence: [] }).vector;
const text = "lamp arrived broken";
const select = async (limit: number) =>
  (await selectExamples(manager, { actionType: "refund", subjectType: "customer", text, limit })).map(
    ({ id }) => id,
  );

describe("beyond what is compared one by one", () => {
  it("the nearest is found, with a refusal and an edit that the crowd does not push out", async () => {
    expect((await select(3)).sort()).toEqual(["exm_edited", "exm_lamp", "exm_refused"]);
    expect(await select(20)).not.toContain("exm_withdrawn");
    expect(await select(20)).toHaveLength(20);
  });

  it("the crowd is searched by the index of its vectors", async () => {
    const { rows } = await database.db.pool.query({
      text: `EXPLAIN SELECT id FROM example WHERE embedder = 'builtin-hash-512-v1' AND withdrawn_at IS NULL
             AND action_type = 'refund' AND outcome = ANY ($2::text[])
             ORDER BY embedding::vector(512) <=> $1::vector(512) LIMIT 60`,
      values: [toVectorParam(vectorOf(text)), ["approved", "edited", "rejected", "changes_requested"]],
    });
    expect(JSON.stringify(rows)).toContain("example_nearest_builtin_hash_512_v1");
  });
});
