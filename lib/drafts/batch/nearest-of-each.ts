import type { Context } from "@/lib/context";
import { type Statement, sql } from "@/lib/db/sql";
import { isSmall, SEARCH_SETTINGS } from "@/lib/examples/nearest-examples";
import { type SearchSpace, searchSpacesOf } from "@/lib/examples/search-space";
import { OUTCOMES, type Outcome } from "../types";
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

/**
 * The three past decisions nearest to each of some drafts of one action type, nearest first, one statement for all that
 * are compared by the same vectors: exact among a few thousand, by index beyond, as `nearestExamples` finds them for one.
 */
export async function nearestOfEach(
  ctx: Context,
  actionType: string,
  draftIds: string[],
): Promise<Map<string, BatchPrecedent[]>> {
  const isLarge = !(await isSmall(ctx.db, actionType, OUTCOMES));
  const spaces = await searchSpacesOf(ctx.db, { actionType, draftIds, isLarge });
  const lists = await Promise.all(
    [...spaces].map(([space, ids]) => ctx.db.rows<Row>(nearest(space, actionType, ids, isLarge))),
  );
  const found = new Map<string, BatchPrecedent[]>(draftIds.map((id) => [id, []]));
  for (const row of lists.flat()) {
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

/**
 * `subvector` makes a copy of each draft's vector, which would be fetched anew for each comparison otherwise; the inner
 * `OFFSET 0` keeps the planner from the approximate index where few are compared. The settings of the index are made before
 * any search, where the drafts are read. The limits are literals: the planner would think of thousands with parameters there.
 */
function nearest(space: SearchSpace, actionType: string, draftIds: string[], isLarge: boolean): Statement {
  return sql`
    SELECT asked.id AS asked_id, near.id, near.draft_id, near.outcome, near.summary, near.reason,
           1 - near.distance AS similarity
    FROM (SELECT draft.id, subvector(${space.draftVector}, 1, vector_dims(${space.draftVector})) AS vector
          FROM draft, (${SEARCH_SETTINGS} OFFSET 0) AS settings
          WHERE draft.id = ANY(${draftIds}::text[]) AND ${space.draftEmbedder} = ${space.name} OFFSET 0) AS asked
    CROSS JOIN LATERAL (
      SELECT * FROM (
        SELECT * FROM (
          SELECT example.id, example.draft_id, example.outcome, example.summary, example.reason, example.decided_at,
                 ${space.exampleVector} <=> asked.vector AS distance
          FROM example
          WHERE ${space.exampleEmbedder} = ${space.name} AND example.withdrawn_at IS NULL
            AND example.action_type = ${actionType} AND example.draft_id <> asked.id
          ${isLarge ? sql`` : sql`OFFSET 0`}
        ) AS compared
        ORDER BY distance ${isLarge ? sql`` : sql`, id`} LIMIT 5
      ) AS nearest
      WHERE distance IS NOT NULL
      ORDER BY round(distance::numeric, 3), decided_at DESC, id LIMIT 3
    ) AS near
    ORDER BY asked.id, round(near.distance::numeric, 3), near.decided_at DESC, near.id`;
}
