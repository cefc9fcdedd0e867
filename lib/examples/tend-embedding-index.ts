import pg from "pg";
import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { BUILTIN_EMBEDDER } from "./embedder-builtin";
import { endLease, findAdopted, takeLease } from "./embedder-lease";
import { EXACT_LIMIT } from "./nearest-examples";
import { indexOf, remoteSpace } from "./search-space";

const RENEW_MS = 10_000;

interface Index {
  name: string;
  is_valid: boolean;
  is_being_built: boolean;
}

/**
 * Keeps one HNSW index over the library's remote vectors: that of the embedder in force, once there are more than can be
 * compared one by one. Those of former embedders are dropped, and one whose building broke off is made again. Neither
 * stands in the way of decisions. Any worker may run it; one at a time works.
 */
export async function tendEmbeddingIndex(db: Database, workerId: string): Promise<void> {
  const adopted = await findAdopted(db);
  if (!adopted) return;
  const indexes = await db.rows<Index>(sql`
    SELECT class.relname AS name, index.indisvalid AS is_valid,
           EXISTS (SELECT FROM pg_stat_progress_create_index AS build
                   WHERE build.index_relid = class.oid OR (NOT index.indisvalid AND build.relid = index.indrelid))
             AS is_being_built
    FROM pg_index AS index JOIN pg_class AS class ON class.oid = index.indexrelid
    WHERE index.indrelid = 'example'::regclass AND class.relname LIKE 'example\\_nearest\\_%'
      AND pg_get_indexdef(class.oid) LIKE '%remote_embedding%'`);
  const wanted = indexOf(adopted);
  const own = indexes.find(({ name }) => name === wanted);
  const isThere = own?.is_valid || own?.is_being_built;
  const former = indexes.filter((index) => index.name !== wanted && !index.is_being_built);
  if (former.length === 0 && (isThere || !(await isWorthIt(db, adopted)))) return;

  const lease = await takeLease(db, adopted, workerId);
  if (!lease) return;
  const renewal = setInterval(() => takeLease(db, adopted, workerId).catch(() => {}), RENEW_MS);
  try {
    for (const { name } of former) await db.pool.query(dropping(name));
    if (isThere || lease.dimensions === null || !(await isWorthIt(db, adopted))) return;
    // What broke off half-way is there, answers nothing and costs every decision.
    if (own) await db.pool.query(dropping(wanted));
    await db.pool.query(creating(adopted, lease.dimensions));
  } finally {
    clearInterval(renewal);
    await endLease(db, adopted, workerId);
  }
}

/** More than are compared one by one, and nearly all of them: what is written into an index one by one takes longer. */
async function isWorthIt(db: Database, embedder: string): Promise<boolean> {
  if (embedder === BUILTIN_EMBEDDER) return false;
  const row = await db.row<{ count: number; lacking: number }>(sql`
    SELECT (SELECT count(*)::int FROM (SELECT FROM example WHERE remote_embedder = ${embedder} LIMIT ${EXACT_LIMIT + 1})
            AS bounded) AS count,
           (SELECT count(*)::int FROM (SELECT FROM example WHERE remote_embedder IS DISTINCT FROM ${embedder}
            LIMIT ${EXACT_LIMIT + 1}) AS bounded) AS lacking`);
  return row !== null && row.count > EXACT_LIMIT && row.lacking <= EXACT_LIMIT;
}

const dropping = (name: string) => `DROP INDEX CONCURRENTLY IF EXISTS ${pg.escapeIdentifier(name)}`;

function creating(embedder: string, dimensions: number): string {
  const space = remoteSpace(embedder, dimensions);
  return `CREATE INDEX CONCURRENTLY IF NOT EXISTS ${pg.escapeIdentifier(indexOf(embedder))} ON example
    USING hnsw ((${space.exampleVector.text.replace("example.", "")}) halfvec_cosine_ops)
    WHERE remote_embedder = ${space.name.text} AND withdrawn_at IS NULL`;
}
