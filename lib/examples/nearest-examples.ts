import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { OUTCOMES, type Outcome } from "@/lib/drafts/types";
import { type SearchSpace, searchSpacesOf } from "./search-space";

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
  /** Decided before Countersign, and brought in from a file. */
  imported: boolean;
  withdrawn_at: Date | null;
  /** Cosine similarity, −1 to 1. */
  similarity: number;
  /** By whose vectors. */
  embedder: string;
}

/** Up to this many examples of an action type are compared one by one; beyond it the index answers. */
export const EXACT_LIMIT = 4000;

/** What to look for: neighbours of this draft's own vector, among examples of its action type. */
export interface Neighbourhood {
  draftId: string;
  actionType: string;
  /** Only examples with these outcomes; all when left out. */
  outcomes?: readonly Outcome[];
}

/**
 * The three examples nearest to a draft by cosine distance, nearest first, and of those as near as each other to a
 * thousandth the newest first: exact among a few thousand, by HNSW index (Malkov and Yashunin, 2018) beyond. Never the draft itself, never a
 * withdrawn one. Empty for a draft without a vector.
 */
export async function nearestExamples(db: Database, wanted: Neighbourhood): Promise<Neighbour[]> {
  const { draftId, actionType, outcomes = OUTCOMES } = wanted;
  const isLarge = !(await isSmall(db, actionType, outcomes));
  const spaces = await searchSpacesOf(db, { actionType, draftIds: [draftId], isLarge });
  const [space] = spaces.keys();
  const near = { draftId, actionType, outcomes };
  return db.rows<Neighbour>(isLarge ? indexed(space!, near) : exact(space!, near));
}

/**
 * The index goes on until enough of what it finds passes the filters, in order of distance, and gives up after as many
 * examples as an exact search may compare: a filter that hardly anything passes must not turn into a full scan.
 */
export const INDEX_SETTINGS = {
  "hnsw.iterative_scan": "strict_order",
  "hnsw.ef_search": "200",
  "hnsw.max_scan_tuples": String(EXACT_LIMIT),
};

/** Makes them for one transaction, or for the statement that it is a part of. */
export const SEARCH_SETTINGS = sql`
  SELECT set_config('hnsw.iterative_scan', ${INDEX_SETTINGS["hnsw.iterative_scan"]}, true),
         set_config('hnsw.ef_search', ${INDEX_SETTINGS["hnsw.ef_search"]}, true),
         set_config('hnsw.max_scan_tuples', ${INDEX_SETTINGS["hnsw.max_scan_tuples"]}, true)`;

/** What was found to be beyond the limit stays so; what was not is counted again after a while. */
const known = new WeakMap<Database, Map<string, number>>();
const COUNT_AGAIN_MS = 10_000;

/** Whether so few examples of an action type have these outcomes that all are compared, as of ten seconds ago at most. */
export async function isSmall(
  db: Database,
  actionType: string,
  outcomes: readonly Outcome[],
): Promise<boolean> {
  const smallUntil = known.get(db) ?? new Map<string, number>();
  known.set(db, smallUntil);
  const key = `${actionType} ${outcomes}`;
  const until = smallUntil.get(key);
  if (until === NEVER) return false;
  if (until !== undefined && performance.now() < until) return true;
  const row = await db.row<{ count: number }>(sql`
    SELECT count(*)::int AS count
    FROM (
      SELECT FROM example WHERE action_type = ${actionType} AND outcome = ANY(${outcomes}::text[])
      LIMIT ${EXACT_LIMIT + 1}
    ) AS bounded`);
  const isLarge = (row?.count ?? 0) > EXACT_LIMIT;
  smallUntil.set(key, isLarge ? NEVER : performance.now() + COUNT_AGAIN_MS);
  return !isLarge;
}

/** Examples are withdrawn, hardly ever deleted. */
const NEVER = 0;

type Near = Required<Neighbourhood>;

const NEIGHBOUR = sql`
  near.id, near.draft_id, near.outcome, near.summary, near.reason, coalesce(person.name, near.decided_by_name) AS decided_by,
  near.decided_at, near.amount::float8 AS amount, near.final_payload, near.policy_version_id, near.imported,
  near.withdrawn_at, 1 - near.distance AS similarity`;

/** Recency breaks near ties among a few more than are asked for. */
const THREE_OF_THEM = sql`
  LEFT JOIN person ON person.id = near.person_id
  WHERE near.distance IS NOT NULL
  ORDER BY round(near.distance::numeric, 3), near.decided_at DESC, near.id LIMIT 3`;

/**
 * `OFFSET 0` keeps the planner from the approximate index, and has each distance computed once: few rows are compared
 * exactly. `subvector` makes a copy of the draft's vector, which would be fetched anew for each comparison otherwise.
 */
const exact = (space: SearchSpace, { draftId, actionType, outcomes }: Near) => sql`
  SELECT ${NEIGHBOUR}, ${space.embedder} AS embedder
  FROM (
    SELECT example.*, nearest.distance
    FROM (
      SELECT id, distance
      FROM (
        SELECT example.id, ${space.exampleVector} <=> asked.vector AS distance
        FROM (SELECT draft.id, subvector(${space.draftVector}, 1, vector_dims(${space.draftVector})) AS vector
              FROM draft WHERE draft.id = ${draftId} AND ${space.draftEmbedder} = ${space.name} OFFSET 0) AS asked
        JOIN example ON example.action_type = ${actionType} AND ${space.exampleEmbedder} = ${space.name}
        WHERE example.withdrawn_at IS NULL AND example.draft_id <> asked.id
          AND example.outcome = ANY(${outcomes}::text[])
        OFFSET 0
      ) AS compared
      ORDER BY distance, id LIMIT 5
    ) AS nearest JOIN example ON example.id = nearest.id
  ) AS near ${THREE_OF_THEM}`;

/**
 * The settings are made where the draft's vector is read, which is before the index is asked: one statement does it, where
 * a transaction around it takes as long again. The limit is a literal: with a parameter there, the planner would think of
 * thousands and make a new plan each time.
 */
const indexed = (space: SearchSpace, { draftId, actionType, outcomes }: Near) => sql`
  SELECT ${NEIGHBOUR}, ${space.embedder} AS embedder
  FROM (
    SELECT example.*, ${space.exampleVector} <=> (
             SELECT ${space.draftVector} FROM draft, (${SEARCH_SETTINGS} OFFSET 0) AS settings
             WHERE draft.id = ${draftId} AND ${space.draftEmbedder} = ${space.name}) AS distance
    FROM example
    WHERE ${space.exampleEmbedder} = ${space.name} AND example.withdrawn_at IS NULL
      AND example.action_type = ${actionType} AND example.draft_id <> ${draftId}
      AND example.outcome = ANY(${outcomes}::text[])
    ORDER BY distance LIMIT 5
  ) AS near ${THREE_OF_THEM}`;
