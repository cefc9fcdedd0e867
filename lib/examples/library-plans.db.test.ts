import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { readsOf } from "@/lib/db/test-plans";
import { createTestWorld } from "@/lib/db/test-world";
import type { LibraryFilters } from "./library-filters";
import { listExamples } from "./list-examples";
import { selectExamples } from "./select-examples";

/** Tens of thousands of rows take the embedded database longer than all that is looked at here. */
const ON_A_SERVER = Boolean(process.env.TEST_DATABASE_URL);
const EXAMPLES = 20_000;

let database: TestDatabase;
let manager: Context<PersonActor>;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  const owner = await world.person("owner", { roles: ["admin"] });
  manager = await world.person("max", { roles: ["manager"] });
  const { actor } = (await world.agent("shop", owner.actor.personId)).ctx;
  await addExamples(actor.agentId!, actor.keyId);
  for (const table of ["draft", "example", "draft_search"])
    await database.db.pool.query(`VACUUM (ANALYZE) ${table}`);
});
afterAll(() => database?.drop());

/** A minute apart; one of a hundred is of another type, one of twenty rejected, one of a thousand withdrawn or imported. */
async function addExamples(agentId: string, keyId: string): Promise<void> {
  const { db } = database;
  await db.run(sql`
    INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary,
                       payload, payload_hash, decided_payload_hash, policy_version_id, classification_id, decided_at, created_at)
    SELECT 'drf_' || n, CASE WHEN n % 100 = 0 THEN 'send_email' ELSE 'refund' END, 'executed', 'medium', 'batch_review',
           ${agentId}, ${keyId}, 'customer', 'cus_' || n, 'Refund the order', '{}', md5(n::text), md5(n::text), version.id,
           'cls_' || n, now() - interval '1 minute' * n, now() - interval '1 minute' * n
    FROM generate_series(1, ${EXAMPLES}::int) AS n JOIN policy_version AS version ON version.action_type = 'refund'`);
  await db.run(sql`
    INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, proposed_payload,
                         final_payload, policy_version_id, decided_at, withdrawn_at, imported)
    SELECT 'exm_' || n, 'drf_' || n, draft.action_type, CASE WHEN n % 20 = 0 THEN 'rejected' ELSE 'approved' END, summary,
           subject_type, subject_id, '{}', '{}', policy_version_id, draft.decided_at,
           CASE WHEN n % 1000 = 7 THEN now() END, n % 1000 = 3
    FROM generate_series(1, ${EXAMPLES}::int) AS n JOIN draft ON draft.id = 'drf_' || n`);
  await db.run(sql`
    INSERT INTO draft_search (draft_id, terms)
    SELECT id, array_to_tsvector(ARRAY['refund', 'w' || id]) FROM draft`);
  await db.run(sql`DELETE FROM draft_to_index`);
}

const BY_OUTCOME = "Index Scan example_action_type_outcome_decided_at_idx";

describe.skipIf(!ON_A_SERVER)("among 20,000 examples, a page of the library", () => {
  it.each<[string, LibraryFilters, string]>([
    ["of everything walks them by when they were decided", {}, "Index Scan example_decided"],
    ["of what prompts see walks them too", { state: "in_prompts" }, "Index Scan example_decided"],
    ["of what is withdrawn reads those", { state: "withdrawn" }, "Index Scan example_withdrawn"],
    ["of imported ones reads those", { source: "imported" }, "Index Scan example_imported"],
    ["of a type reads that one's, by outcome", { actionType: "send_email" }, BY_OUTCOME],
    ["of an outcome reads each type's", { outcome: "rejected" }, BY_OUTCOME],
    ["of a rare word reads what has it", { q: "wdrf_77" }, "Index Scan example_draft_id_key"],
    ["of a common word looks into the newest", { q: "refund" }, "Index Scan example_decided"],
  ])("%s", async (_, filters, expected) => {
    const reads = await readsOf(manager.db, ["example"], (db) =>
      listExamples({ ...manager, db }, { filters }),
    );
    expect(reads).toContain(expected);
    expect(reads.filter((read) => read.startsWith("Seq Scan"))).toEqual([]);
  });

  it("and what a prompt gets is read by type and outcome", async () => {
    const reads = await readsOf(manager.db, ["example"], (db) =>
      selectExamples({ ...manager, db }, { actionType: "refund", limit: 5 }),
    );
    expect(reads).toContain(BY_OUTCOME);
    expect(reads.filter((read) => read.startsWith("Seq Scan"))).toEqual([]);
  });

  it("goes on where the last one ended, and through all of a filter", async () => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listExamples(manager, { filters: { state: "withdrawn" }, limit: 6, cursor });
      found.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(found).toEqual(Array.from({ length: 20 }, (_, n) => `exm_${n * 1000 + 7}`));
  });
});
