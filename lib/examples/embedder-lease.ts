import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { EmbedderError } from "./ask-embedder";

/** Longer than an endpoint may take to answer: whoever holds the lease is done, or gone, when it ends. */
const LEASE_SECONDS = 30;
/** Between two tries of an endpoint that fails, unless it asks for more itself; never more than an hour. */
const LONGEST_PAUSE_MS = 5 * 60_000;
const LONGEST_WAIT_MS = 60 * 60_000;

/**
 * Puts an embedder in force, as a worker does when it starts: the last one wins, so that two configurations never embed
 * the same library in turns. One that failed is tried again at once.
 */
export async function adoptEmbedder(db: Queryable, name: string): Promise<void> {
  await db.run(sql`
    INSERT INTO embedder (name, adopted_at) VALUES (${name}, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET retry_at = NULL, adopted_at = CASE
      WHEN embedder.name = (SELECT name FROM embedder ORDER BY adopted_at DESC, name LIMIT 1) THEN embedder.adopted_at
      ELSE excluded.adopted_at END`);
}

/** The embedder in force; null before any worker has started. */
export async function findAdopted(db: Queryable): Promise<string | null> {
  const row = await db.row<{ name: string }>(
    sql`SELECT name FROM embedder ORDER BY adopted_at DESC, name LIMIT 1`,
  );
  return row?.name ?? null;
}

/**
 * Takes or renews the right to work for an embedder, for half a minute by the database's clock. Null while another worker
 * holds it, the endpoint is to be left alone, or another embedder is in force.
 */
export async function takeLease(
  db: Queryable,
  name: string,
  workerId: string,
): Promise<{ dimensions: number | null } | null> {
  return db.row(sql`
    UPDATE embedder SET leased_by = ${workerId}, leased_until = clock_timestamp() + ${LEASE_SECONDS} * interval '1 second'
    WHERE name = ${name} AND name = (SELECT name FROM embedder ORDER BY adopted_at DESC, name LIMIT 1)
      AND (retry_at IS NULL OR retry_at <= clock_timestamp())
      AND (leased_by = ${workerId} OR leased_until IS NULL OR leased_until <= clock_timestamp())
    RETURNING dimensions`);
}

/** Lets another worker have it. */
export async function endLease(db: Queryable, name: string, workerId: string): Promise<void> {
  await db.run(sql`UPDATE embedder SET leased_until = NULL WHERE name = ${name} AND leased_by = ${workerId}`);
}

/** Notes that the endpoint answers, with how many numbers. */
export async function noteAnswer(db: Queryable, name: string, dimensions: number): Promise<void> {
  await db.run(sql`
    UPDATE embedder SET dimensions = coalesce(dimensions, ${dimensions}), failures = 0, retry_at = NULL,
                        last_error = NULL, failed_at = NULL
    WHERE name = ${name} AND (dimensions IS NULL OR failures > 0)`);
}

/** Notes why it did not, and leaves it alone for as long as it asks, else a little longer each time. */
export async function noteFailure(db: Queryable, name: string, error: EmbedderError): Promise<void> {
  const wait = error.retryAfterMs === null ? null : Math.min(error.retryAfterMs, LONGEST_WAIT_MS);
  await db.run(sql`
    UPDATE embedder SET failures = failures + 1, last_error = ${error.message},
                        failed_at = coalesce(failed_at, clock_timestamp()),
                        retry_at = clock_timestamp() + interval '1 millisecond' * coalesce(
                          ${wait}::float8, least(${LONGEST_PAUSE_MS}, 1000 * 2 ^ least(failures, 20)) * (0.75 + random() / 4))
    WHERE name = ${name}`);
}
