import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { BUILTIN_EMBEDDER } from "./embedder-builtin";
import { findAdopted } from "./embedder-lease";

/** How far the library is embedded. */
export interface EmbeddingProgress {
  /** What vectors are made by now: the embedder that a worker adopted last. */
  embedder: string;
  /** Whose vectors searches use: another while the library is not through. */
  active: string;
  /** Examples in the library, and how many of them `embedder` has been asked for. */
  total: number;
  done: number;
  /** Why its endpoint gave no vectors last, and since when it gives none; null while it does. */
  lastError: string | null;
  since: string | null;
}

/** How many examples have the vectors of the embedder in force, and what goes wrong with it. */
export async function getEmbeddingProgress(db: Queryable): Promise<EmbeddingProgress> {
  const embedder = (await findAdopted(db)) ?? BUILTIN_EMBEDDER;
  const isBuiltin = embedder === BUILTIN_EMBEDDER;
  const counts = await db.row<{ total: number; done: number }>(
    isBuiltin
      ? sql`SELECT count(*)::int AS total, count(*) FILTER (WHERE embedder = ${embedder})::int AS done FROM example`
      : sql`SELECT count(*)::int AS total, count(*) FILTER (WHERE remote_embedder = ${embedder})::int AS done FROM example`,
  );
  const row = await db.row<{ last_error: string | null; failed_at: Date | null }>(
    sql`SELECT last_error, failed_at FROM embedder WHERE name = ${embedder}`,
  );
  const { total, done } = counts ?? { total: 0, done: 0 };
  return {
    embedder,
    active: done === total ? embedder : BUILTIN_EMBEDDER,
    total,
    done,
    lastError: row?.last_error ?? null,
    since: row?.failed_at?.toISOString() ?? null,
  };
}
