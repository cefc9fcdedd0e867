import type { Database, Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { Outcome } from "@/lib/drafts/types";
import { BUILTIN_EMBEDDER } from "./embedder-builtin";

/** A decided draft near the one asked about. */
export interface Neighbour {
  id: string;
  draft_id: string;
  outcome: Outcome;
  summary: string;
  reason: string | null;
  decided_by: string | null;
  decided_at: Date;
  amount: number | null;
  final_payload: Record<string, unknown>;
  policy_version_id: string;
  /** Cosine similarity, −1 to 1. */
  similarity: number;
}

/** Up to this many examples of an action type are compared one by one; beyond it the index answers. */
export const EXACT_LIMIT = 4000;

/** What to look for: neighbours of this draft's own vector, among examples of its action type. */
export interface Neighbourhood {
  draftId: string;
  actionType: string;
  /** Only examples with these outcomes; all when left out. */
  outcomes?: Outcome[];
}

const EVERY_OUTCOME: Outcome[] = ["approved", "edited", "rejected", "changes_requested"];

/**
 * The three examples nearest to a draft by cosine distance, nearest first: exact among a few thousand, by HNSW index beyond.
 * Never the draft itself, never a withdrawn one. Empty for a draft without a vector.
 */
export async function nearestExamples(db: Database, wanted: Neighbourhood): Promise<Neighbour[]> {
  const outcomes = wanted.outcomes ?? EVERY_OUTCOME;
  if (await isSmall(db, wanted.actionType, outcomes)) return nearestExact(db, wanted, outcomes);
  const { neighbours } = await db.transaction(async (tx) => {
    tx.send(SEARCH_SETTINGS);
    const neighbours = nearestIndexed(tx, wanted, outcomes);
    // Not waited for here, so that the commit travels along; the transaction throws what it would throw.
    neighbours.catch(() => {});
    return { neighbours };
  });
  return neighbours;
}

/**
 * The index goes on until enough of what it finds passes the filters, in order of distance, and gives up after as many
 * examples as an exact search may compare: a filter that hardly anything passes must not turn into a full scan.
 */
export const SEARCH_SETTINGS = sql`
  SELECT set_config('hnsw.iterative_scan', 'strict_order', true), set_config('hnsw.ef_search', '80', true),
         set_config('hnsw.max_scan_tuples', ${String(EXACT_LIMIT)}, true)`;

/** What was found to be beyond the limit stays so: examples are withdrawn, never deleted. */
const known = new WeakMap<Database, Set<string>>();

export async function isSmall(db: Database, actionType: string, outcomes: Outcome[]): Promise<boolean> {
  const large = known.get(db) ?? new Set();
  const key = `${actionType} ${outcomes}`;
  if (large.has(key)) return false;
  const row = await db.row<{ count: number }>(sql`
    SELECT count(*)::int AS count
    FROM (
      SELECT FROM example WHERE action_type = ${actionType} AND outcome = ANY(${outcomes}::text[])
      LIMIT ${EXACT_LIMIT + 1}
    ) AS bounded`);
  if ((row?.count ?? 0) <= EXACT_LIMIT) return true;
  known.set(db, large.add(key));
  return false;
}

/**
 * `+ 0` keeps the planner from the approximate index: few rows are compared exactly. `subvector` makes a copy of the
 * draft's vector, which would be fetched anew for each comparison otherwise.
 */
const nearestExact = (db: Database, { draftId, actionType }: Neighbourhood, outcomes: Outcome[]) =>
  db.rows<Neighbour>(sql`
    SELECT near.id, near.draft_id, near.outcome, near.summary, near.reason, person.name AS decided_by, near.decided_at,
           near.amount::float8 AS amount, near.final_payload, near.policy_version_id, 1 - near.distance AS similarity
    FROM (
      SELECT example.*, example.embedding <=> asked.embedding AS distance
      FROM (SELECT id, embedder, subvector(embedding, 1, vector_dims(embedding)) AS embedding
            FROM draft WHERE id = ${draftId} OFFSET 0) AS asked
      JOIN example ON example.action_type = ${actionType} AND example.embedder = asked.embedder
      WHERE example.withdrawn_at IS NULL AND example.draft_id <> asked.id
        AND example.outcome = ANY(${outcomes}::text[])
      ORDER BY (example.embedding <=> asked.embedding) + 0, example.id LIMIT 3
    ) AS near LEFT JOIN person ON person.id = near.person_id
    ORDER BY near.distance, near.id`);

/** The limit is a literal: with a parameter there, the planner would think of thousands and make a new plan each time. */
const nearestIndexed = (tx: Transaction, { draftId, actionType }: Neighbourhood, outcomes: Outcome[]) =>
  tx.rows<Neighbour>(sql`
    SELECT near.id, near.draft_id, near.outcome, near.summary, near.reason, person.name AS decided_by, near.decided_at,
           near.amount::float8 AS amount, near.final_payload, near.policy_version_id, 1 - near.distance AS similarity
    FROM (
      SELECT example.*, example.embedding::vector(512) <=> (
               SELECT embedding::vector(512) FROM draft WHERE id = ${draftId} AND embedder = 'builtin-hash-512-v1') AS distance
      FROM example
      WHERE example.embedder = 'builtin-hash-512-v1' AND example.withdrawn_at IS NULL
        AND example.action_type = ${actionType} AND example.draft_id <> ${draftId}
        AND example.outcome = ANY(${outcomes}::text[])
      ORDER BY example.embedding::vector(512) <=> (
               SELECT embedding::vector(512) FROM draft WHERE id = ${draftId} AND embedder = 'builtin-hash-512-v1')
      LIMIT 3
    ) AS near LEFT JOIN person ON person.id = near.person_id
    WHERE near.distance IS NOT NULL
    ORDER BY near.distance, near.id`);

// The index is for one embedder by name, and the planner must see that name in the statement itself.
BUILTIN_EMBEDDER satisfies "builtin-hash-512-v1";
