import type { Database, Transaction } from "@/lib/db/database";
import { type Statement, sql } from "@/lib/db/sql";
import { embedDraft, toVectorParam } from "./embed";
import { BUILTIN_EMBEDDER } from "./embedder-builtin";
import { ACTION_TYPES, readEmbedInputs, type Unembedded } from "./list-unembedded";

/** In one transaction, of each action type: a fraction of a millisecond each. */
const AT_ONCE = 50;
/** A turn ends after this, so that a worker stops in time. */
const TURN_MS = 5_000;

/**
 * One turn of giving examples, and drafts that wait, the vectors of the built-in embedder that this version has: a new name
 * of it means that what an older version computed compares no more. Any number of workers may run it at once. Resolves
 * to how many it wrote; normally none.
 */
export async function renewBuiltinVectors(db: Database): Promise<number> {
  const endAt = performance.now() + TURN_MS;
  let written = 0;
  for (const list of [listExamples, listDrafts]) {
    while (performance.now() < endAt) {
      const renewed = await db.transaction(async (tx) => renew(tx, await list(tx)));
      if (renewed === 0) break;
      written += renewed;
    }
  }
  return written;
}

/** Some of every action type in turn, so that none is without neighbours for long. */
const listExamples = (tx: Transaction): Promise<Unembedded[]> => {
  const lacking = (which: Statement) => sql`
    (SELECT id, draft_id FROM example WHERE example.action_type = type.name AND ${which} LIMIT ${AT_ONCE})`;
  return tx.rows(sql`
    ${ACTION_TYPES}, lacking AS (
      SELECT found.id FROM type CROSS JOIN LATERAL (
        ${lacking(sql`embedder IS NULL`)} UNION ALL ${lacking(sql`embedder < ${BUILTIN_EMBEDDER}`)}
        UNION ALL ${lacking(sql`embedder > ${BUILTIN_EMBEDDER}`)}) AS found
    )
    SELECT 'example' AS table, example.id, example.draft_id FROM example JOIN lacking ON lacking.id = example.id
    FOR NO KEY UPDATE OF example SKIP LOCKED`);
};

const listDrafts = (tx: Transaction): Promise<Unembedded[]> =>
  tx.rows(sql`
    SELECT 'draft' AS table, id, id AS draft_id FROM draft
    WHERE (status = 'pending' OR after_review = 'waiting') AND embedder IS DISTINCT FROM ${BUILTIN_EMBEDDER}
    LIMIT ${AT_ONCE} FOR NO KEY UPDATE SKIP LOCKED`);

async function renew(tx: Transaction, lacking: Unembedded[]): Promise<number> {
  if (lacking.length === 0) return 0;
  const inputs = await readEmbedInputs(
    tx,
    lacking.map(({ draft_id }) => draft_id),
  );
  for (const { table, id, draft_id } of lacking) {
    const { embedder, vector } = embedDraft(inputs.get(draft_id)!);
    const made = sql`embedder = ${embedder}, embedding = ${toVectorParam(vector)}::vector`;
    tx.send(
      table === "draft"
        ? sql`UPDATE draft SET ${made} WHERE id = ${id}`
        : sql`UPDATE example SET ${made} WHERE id = ${id}`,
    );
  }
  return lacking.length;
}
