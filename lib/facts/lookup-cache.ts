import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

/** What a lookup answered, kept for as long as its policy allows: only values that are facts, by pointer. */
export interface KeptAnswer {
  values: Record<string, unknown>;
  fetchedAt: Date;
}

/** The longest that any policy may keep an answer. */
const MAX_AGE_MS = 86_400_000;

/** The answers kept under these keys. */
export async function readKept(db: Queryable, keys: readonly string[]): Promise<Map<string, KeptAnswer>> {
  const rows = await db.rows<{ key: string; body: KeptAnswer["values"]; fetched_at: Date }>(sql`
    SELECT key, body, fetched_at FROM fact_lookup WHERE key = ANY (${keys}::text[])`);
  return new Map(rows.map((row) => [row.key, { values: row.body, fetchedAt: row.fetched_at }]));
}

/** Keeps an answer; of two, the later one stays. */
export async function keep(db: Queryable, key: string, { values, fetchedAt }: KeptAnswer): Promise<void> {
  await db.run(sql`
    INSERT INTO fact_lookup (key, body, fetched_at) VALUES (${key}, ${JSON.stringify(values)}::jsonb, ${fetchedAt})
    ON CONFLICT (key) DO UPDATE SET body = excluded.body, fetched_at = excluded.fetched_at
    WHERE fact_lookup.fetched_at < excluded.fetched_at`);
}

/** Deletes what no policy can use any more, and answers how many rows that were. */
export const deleteOldLookups = (db: Queryable, now: Date): Promise<number> =>
  db.run(sql`DELETE FROM fact_lookup WHERE fetched_at < ${new Date(now.getTime() - MAX_AGE_MS)}`);
