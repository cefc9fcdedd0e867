import { sql } from "@/lib/db/sql";
import { embedDraft, toVectorParam } from "@/lib/examples/embed";
import type { BenchWorld } from "./bench-world";
import { ACTION_TYPES, amountOf, customerOf, synthesiseDraft } from "./synthesise-draft";

const BATCH = 500;
const INDEX = "example_nearest_builtin_hash_512_v1";

/** In kilobytes, for each example while the index is built: its vector, and whom it is next to. */
const INDEX_MEMORY_KB = 3.2;

/**
 * Fills the library with examples from number `from` to `to`, embedded as submissions are, an equal share of each action
 * type; one in eleven is a rejection. The index is made afterwards, in memory, which is quicker than keeping it through the load.
 */
export async function loadExamples(world: BenchWorld, from: number, to: number): Promise<void> {
  const { db } = world;
  const index = await db.row<{ definition: string }>(
    sql`SELECT indexdef AS definition FROM pg_indexes WHERE indexname = ${INDEX}`,
  );
  if (!index) throw new Error(`there is no index ${INDEX}`);
  await db.pool.query(`DROP INDEX ${INDEX}`);
  await insertDrafts(world, from, to);
  for (let first = from; first <= to; first += BATCH)
    await insertExamples(world, first, Math.min(to, first + BATCH - 1));
  const memory = Math.max(512 * 1024, Math.round(to * INDEX_MEMORY_KB));
  await db.pool.query(`
    SET maintenance_work_mem = '${memory}kB';
    ${index.definition};
    RESET maintenance_work_mem;
    ANALYZE draft;
    ANALYZE example`);
}

/** What the examples were decided from, each with no more than an example's row points at. */
async function insertDrafts({ db, agent }: BenchWorld, from: number, to: number): Promise<void> {
  await db.run(sql`
    INSERT INTO draft (id, action_type, status, tier, agent_id, api_key_id, subject_type, subject_id, summary, payload,
                       payload_hash, policy_version_id, classification_id, decided_at)
    SELECT 'drf_example_' || n, version.action_type, 'rejected', 'medium', ${agent.actor.agentId}, ${agent.actor.keyId},
           'customer', 'bench_customer_' || n, 'Decided long ago', '{}', '', version.id, '', now()
    FROM generate_series(${from}::int, ${to}::int) AS n
    JOIN policy_version AS version
      ON version.action_type = (${[...ACTION_TYPES]}::text[])[n % ${ACTION_TYPES.length}::int + 1]`);
}

const COLUMNS = 9;

async function insertExamples({ db, approvers }: BenchWorld, from: number, to: number): Promise<void> {
  const values: unknown[] = [];
  const rows: string[] = [];
  for (let serial = from; serial <= to; serial++) {
    const actionType = ACTION_TYPES[serial % ACTION_TYPES.length]!;
    const draft = synthesiseDraft(serial, actionType);
    const amount = amountOf(serial);
    const { embedder, vector } = embedDraft({ ...draft, actionType, subjectType: "customer", amount });
    const outcome = serial % 11 === 0 ? "rejected" : serial % 11 === 1 ? "edited" : "approved";
    const payload = JSON.stringify(draft.payload);
    const at = values.length;
    const $ = (column: number) => `$${at + column}`;
    rows.push(
      `('exm_' || ${$(1)}, 'drf_example_' || ${$(1)}, ${$(2)}, ${$(3)}, ${$(4)}, 'customer', ${$(5)}, ${$(6)}::numeric, ${$(7)}::json, ` +
        `${$(7)}::json, ${$(8)}, now(), '${embedder}', ${$(9)}::vector)`,
    );
    const person = approvers[serial % approvers.length]!.actor.personId;
    values.push(`${serial}`, actionType, outcome, draft.summary, customerOf(serial), amount, payload, person);
    values.push(toVectorParam(vector));
    if (values.length - at !== COLUMNS) throw new Error("columns and values of an example differ in number");
  }
  await db.pool.query(
    `INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, amount, proposed_payload,
                          final_payload, person_id, decided_at, embedder, embedding, policy_version_id)
     SELECT given.*, version.id
     FROM (VALUES ${rows.join(",")}) AS given(id, draft_id, action_type, outcome, summary, subject_type, subject_id, amount,
                                              proposed, final, person_id, decided_at, embedder, embedding)
     JOIN policy_version AS version ON version.action_type = given.action_type`,
    values,
  );
}
