import type { Context } from "@/lib/context";
import { type Statement, sql } from "@/lib/db/sql";
import { OUTCOMES } from "@/lib/drafts/types";
import { tsqueryOf } from "@/lib/search/tsquery-of";
import type { LibraryFilters } from "./library-filters";

interface Bounds {
  after: { at: Date; id: string } | null;
  limit: number;
}

/** Words that fewer drafts than this have are looked up first; of others, the newest examples are read until enough have them. */
const RARE = 2_000;

/**
 * The statement that reads one page of examples, newest first. However large the library, it reads from one index: of what
 * has rare words, of what is withdrawn or imported, of action types and outcomes, or of all by when they were decided.
 * Conditions in a CASE, and OFFSET, keep the planner from scanning the table instead.
 */
export async function libraryPage(ctx: Context, filters: LibraryFilters, bounds: Bounds): Promise<Statement> {
  const words = tsqueryOf(filters.q ?? "");
  const condition = passing(filters, words);
  if (words && (await isRare(ctx, words))) {
    return sql`
      SELECT example.* FROM (${withWords(words)}) AS found
      CROSS JOIN LATERAL (SELECT * FROM example WHERE example.draft_id = found.draft_id OFFSET 0) AS example
      WHERE ${within(bounds)} AND ${condition}
      ORDER BY example.decided_at DESC, example.id DESC LIMIT ${bounds.limit}`;
  }
  if (filters.state === "withdrawn") return walking(sql`example.withdrawn_at IS NOT NULL`, condition, bounds);
  if (filters.source === "imported") return walking(sql`example.imported`, condition, bounds);
  if (!filters.actionType && !filters.outcome) return walking(sql`true`, condition, bounds);
  const types = filters.actionType ? [filters.actionType] : await typesInLibrary(ctx);
  const outcomes = filters.outcome ? [filters.outcome] : OUTCOMES;
  return sql`
    SELECT newest.* FROM unnest(${types}::text[]) AS wanted(type)
    CROSS JOIN unnest(${outcomes}::text[]) AS as_wanted(outcome)
    CROSS JOIN LATERAL (
      SELECT example.* FROM example
      WHERE example.action_type = wanted.type AND example.outcome = as_wanted.outcome AND ${within(bounds)}
        AND CASE WHEN ${condition} THEN true ELSE false END
      ORDER BY example.decided_at DESC, example.id DESC LIMIT ${bounds.limit}
    ) AS newest
    ORDER BY newest.decided_at DESC, newest.id DESC LIMIT ${bounds.limit}`;
}

const walking = (indexed: Statement, condition: Statement, bounds: Bounds): Statement => sql`
  SELECT example.* FROM example
  WHERE ${indexed} AND ${within(bounds)} AND CASE WHEN ${condition} THEN true ELSE false END
  ORDER BY example.decided_at DESC, example.id DESC LIMIT ${bounds.limit}`;

const passing = (
  { actionType, outcome, state, source }: LibraryFilters,
  words: string | null,
): Statement => sql`
  (${actionType ?? null}::text IS NULL OR example.action_type = ${actionType ?? null})
  AND (${outcome ?? null}::text IS NULL OR example.outcome = ${outcome ?? null})
  AND (${state ?? null}::text IS NULL OR (example.withdrawn_at IS NOT NULL) = (${state ?? null} = 'withdrawn'))
  AND (${source ?? null}::text IS NULL OR example.imported = (${source ?? null} = 'imported'))
  AND (${words}::tsquery IS NULL
       OR (SELECT terms @@ ${words}::tsquery FROM draft_search WHERE draft_search.draft_id = example.draft_id))`;

const within = ({ after }: Bounds): Statement => sql`
  (example.decided_at, example.id) < (coalesce(${after?.at ?? null}::timestamptz, 'infinity'), ${after?.id ?? ""})`;

// OFFSET: a plan for a few of many would read the table until it has met them.
const withWords = (words: string): Statement => sql`
  SELECT draft_id FROM (SELECT draft_id FROM draft_search WHERE terms @@ ${words}::tsquery OFFSET 0) AS every
  LIMIT ${RARE}`;

async function isRare(ctx: Context, words: string): Promise<boolean> {
  const row = await ctx.db.row<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM (${withWords(words)}) AS found`,
  );
  return row!.count < RARE;
}

/** Each action type that the library holds, found by leaping through the index. */
async function typesInLibrary(ctx: Context): Promise<string[]> {
  const rows = await ctx.db.rows<{ type: string }>(sql`
    WITH RECURSIVE leap AS (
      (SELECT action_type AS type FROM example ORDER BY action_type LIMIT 1)
      UNION ALL
      SELECT (SELECT action_type FROM example WHERE action_type > leap.type ORDER BY action_type LIMIT 1)
      FROM leap WHERE leap.type IS NOT NULL
    )
    SELECT type FROM leap WHERE type IS NOT NULL`);
  return rows.map(({ type }) => type);
}
