import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { isSmall, SEARCH_SETTINGS } from "@/lib/examples/nearest-examples";
import type { Outcome } from "../types";
import type { BatchPrecedent } from "./types";

interface Row {
  asked_id: string;
  id: string;
  draft_id: string;
  outcome: Outcome;
  summary: string;
  reason: string | null;
  similarity: number;
}

const EVERY_OUTCOME: Outcome[] = ["approved", "edited", "rejected", "changes_requested"];

/**
 * The three past decisions nearest to each of some drafts of one action type, nearest first, in one statement: exact among
 * a few thousand, by index beyond, as `nearestExamples` finds them for one.
 */
export async function nearestOfEach(
  ctx: Context,
  actionType: string,
  draftIds: string[],
): Promise<Map<string, BatchPrecedent[]>> {
  const rows = (await isSmall(ctx.db, actionType, EVERY_OUTCOME))
    ? await nearestExact(ctx, actionType, draftIds)
    : await nearestIndexed(ctx, actionType, draftIds);
  const found = new Map<string, BatchPrecedent[]>(draftIds.map((id) => [id, []]));
  for (const row of rows) {
    found.get(row.asked_id)?.push({
      exampleId: row.id,
      draftId: row.draft_id,
      outcome: row.outcome,
      summary: row.summary,
      reason: row.reason,
      similarity: row.similarity,
    });
  }
  return found;
}

/** `subvector` makes a copy of each draft's vector, which would be fetched anew for each comparison otherwise. */
const nearestExact = (ctx: Context, actionType: string, draftIds: string[]) =>
  ctx.db.rows<Row>(sql`
    SELECT asked.id AS asked_id, near.id, near.draft_id, near.outcome, near.summary, near.reason,
           1 - near.distance AS similarity
    FROM (SELECT id, embedder, subvector(embedding, 1, vector_dims(embedding)) AS embedding
          FROM draft WHERE id = ANY(${draftIds}::text[]) OFFSET 0) AS asked
    CROSS JOIN LATERAL (
      SELECT example.id, example.draft_id, example.outcome, example.summary, example.reason,
             example.embedding <=> asked.embedding AS distance
      FROM example
      WHERE example.action_type = ${actionType} AND example.embedder = asked.embedder
        AND example.withdrawn_at IS NULL AND example.draft_id <> asked.id
      ORDER BY (example.embedding <=> asked.embedding) + 0, example.id LIMIT 3
    ) AS near
    ORDER BY asked.id, near.distance, near.id`);

/** The index is for one embedder by name, and the planner must see that name, and the limit, in the statement itself. */
async function nearestIndexed(ctx: Context, actionType: string, draftIds: string[]): Promise<Row[]> {
  return ctx.db.transaction(async (tx) => {
    tx.send(SEARCH_SETTINGS);
    return tx.rows<Row>(sql`
      SELECT asked.id AS asked_id, near.id, near.draft_id, near.outcome, near.summary, near.reason,
             1 - near.distance AS similarity
      FROM (SELECT id, embedding::vector(512) AS embedding FROM draft
            WHERE id = ANY(${draftIds}::text[]) AND embedder = 'builtin-hash-512-v1' OFFSET 0) AS asked
      CROSS JOIN LATERAL (
        SELECT example.id, example.draft_id, example.outcome, example.summary, example.reason,
               example.embedding::vector(512) <=> asked.embedding AS distance
        FROM example
        WHERE example.embedder = 'builtin-hash-512-v1' AND example.withdrawn_at IS NULL
          AND example.action_type = ${actionType} AND example.draft_id <> asked.id
        ORDER BY example.embedding::vector(512) <=> asked.embedding LIMIT 3
      ) AS near
      WHERE near.distance IS NOT NULL
      ORDER BY asked.id, near.distance, near.id`);
  });
}
