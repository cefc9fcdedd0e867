import type { Database, Queryable } from "@/lib/db/database";
import { type Statement, sql } from "@/lib/db/sql";
import type { Outcome } from "@/lib/drafts/types";
import { toVectorParam } from "./embed";
import { BUILTIN_EMBEDDER } from "./embedder-builtin";
import { isSmall, SEARCH_SETTINGS } from "./nearest-examples";

/** An example that may be chosen: what the choice needs to know, without its payloads. */
export interface Candidate {
  id: string;
  outcome: Outcome;
  /** The same where what was decided is the same, to the letter. */
  content: string;
  /** pgvector's text form; null for an example without a vector. */
  vector: string | null;
  /** Cosine similarity to the vector asked about; null where there was none. */
  similarity: number | null;
}

const COLUMNS = sql`example.id, example.outcome, md5(example.final_payload::text) AS content`;

/** A seeded check ought to be rejected: it is nobody's real work, and no prompt learns from it. */
const IS_REAL = sql`EXISTS (SELECT FROM draft WHERE draft.id = near.draft_id AND draft.origin <> 'check')`;

/** Literals: with a parameter there, the planner would think of thousands. */
const MANY = sql`60`;
const FEW = sql`12`;

/**
 * Up to sixty examples of an action type with one of the outcomes, or a dozen where a few do, the nearest to the vector
 * first: exact among a few thousand, by HNSW index beyond. Never one that is withdrawn.
 */
export async function nearestCandidates(
  db: Database,
  wanted: { actionType: string; outcomes: readonly Outcome[]; vector: Float32Array; aFewDo?: boolean },
): Promise<Candidate[]> {
  const most = wanted.aFewDo ? FEW : MANY;
  const asked = toVectorParam(wanted.vector);
  if (await isSmall(db, wanted.actionType, wanted.outcomes)) {
    return readCandidates(
      db,
      sql`
        SELECT example.*, example.embedding <=> ${asked}::vector AS distance
        FROM example
        WHERE example.action_type = ${wanted.actionType} AND example.outcome = ANY (${wanted.outcomes}::text[])
          AND example.embedder = ${BUILTIN_EMBEDDER} AND example.withdrawn_at IS NULL
        ORDER BY (example.embedding <=> ${asked}::vector) + 0, example.id LIMIT ${most}`,
    );
  }
  return db.transaction(async (tx) => {
    tx.send(SEARCH_SETTINGS);
    return readCandidates(
      tx,
      sql`
        SELECT example.*, example.embedding::vector(512) <=> ${asked}::vector(512) AS distance
        FROM example
        WHERE example.embedder = 'builtin-hash-512-v1' AND example.withdrawn_at IS NULL
          AND example.action_type = ${wanted.actionType} AND example.outcome = ANY (${wanted.outcomes}::text[])
        ORDER BY example.embedding::vector(512) <=> ${asked}::vector(512) LIMIT ${most}`,
    );
  });
}

const readCandidates = (db: Queryable, nearest: Statement): Promise<Candidate[]> =>
  db.rows<Candidate>(sql`
    SELECT ${COLUMNS}, example.embedding::text AS vector, 1 - near.distance AS similarity
    FROM (${nearest}) AS near JOIN example ON example.id = near.id
    WHERE ${IS_REAL}
    ORDER BY near.distance, near.id`);

/** Up to sixty examples of an action type with one of the outcomes, the newest first. Never one that is withdrawn. */
export const newestCandidates = (
  db: Queryable,
  wanted: { actionType: string; outcomes: readonly Outcome[] },
): Promise<Candidate[]> =>
  db.rows<Candidate>(sql`
    SELECT ${COLUMNS}, CASE WHEN example.embedder = ${BUILTIN_EMBEDDER} THEN example.embedding::text END AS vector,
           NULL::float8 AS similarity
    FROM unnest(${wanted.outcomes}::text[]) AS wanted(outcome)
    CROSS JOIN LATERAL (
      SELECT example.* FROM example
      WHERE example.action_type = ${wanted.actionType} AND example.outcome = wanted.outcome
        AND example.withdrawn_at IS NULL
      ORDER BY example.decided_at DESC LIMIT 30
    ) AS near JOIN example ON example.id = near.id
    WHERE ${IS_REAL}
    ORDER BY near.decided_at DESC, near.id DESC LIMIT 60`);

// The index is for one embedder by name, and the planner must see that name in the statement itself.
BUILTIN_EMBEDDER satisfies "builtin-hash-512-v1";
