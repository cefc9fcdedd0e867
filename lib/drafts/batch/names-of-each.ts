import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parsePointer } from "@/lib/policy/pointer";

/** What the evidence of a draft calls the identifiers in its payload: by a pointer to the property, then by identifier. */
export type Names = ReadonlyMap<string, ReadonlyMap<string, string>>;

interface Hint {
  source: string;
  list: string;
  id: string;
  show: string[];
}

const MOST_CHARACTERS = 60;

/**
 * Reads what the evidence calls the identifiers in some drafts' payloads, as the `x-names` of the schema's properties
 * say: one statement for each list that they name, none where there is no such hint.
 */
export async function namesOfEach(
  ctx: Pick<Context, "db">,
  schema: Record<string, unknown>,
  draftIds: string[],
): Promise<Map<string, Names>> {
  const hinted = Object.entries((schema.properties ?? {}) as Record<string, { "x-names"?: Hint }>).flatMap(
    ([property, { "x-names": hint }]) => (hint ? [{ pointer: `/${property}`, hint }] : []),
  );
  const lists = new Map(hinted.map(({ hint }) => [`${hint.source} ${hint.list}`, hint]));
  const read = new Map(
    await Promise.all(
      [...lists].map(async ([key, hint]) => [key, await readLists(ctx, hint, draftIds)] as const),
    ),
  );
  return new Map(
    draftIds.map((draftId) => [
      draftId,
      new Map(
        hinted.map(({ pointer, hint }) => {
          const rows = read.get(`${hint.source} ${hint.list}`)?.get(draftId);
          return [pointer, namesIn(rows, hint)];
        }),
      ),
    ]),
  );
}

/** The list in the first record that comes from there, draft by draft. */
async function readLists(
  { db }: Pick<Context, "db">,
  { source, list }: Hint,
  draftIds: string[],
): Promise<Map<string, unknown>> {
  const path = parsePointer(list) ?? [];
  const rows = await db.rows<{ draft_id: string; list: unknown }>(sql`
    SELECT DISTINCT ON (draft_id) draft_id, content #> ${path}::text[] AS list
    FROM evidence WHERE draft_id = ANY (${draftIds}::text[]) AND kind = 'record' AND source = ${source}
    ORDER BY draft_id, position`);
  return new Map(rows.map((row) => [row.draft_id, row.list]));
}

function namesIn(rows: unknown, { id, show }: Hint): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  if (!Array.isArray(rows)) return names;
  for (const row of rows as (Record<string, unknown> | null)[]) {
    if (typeof row !== "object" || row === null || row[id] === undefined) continue;
    const name = show
      .map((key) => row[key])
      .find((value) => typeof value === "string" && value.trim() !== "");
    if (typeof name === "string") names.set(String(row[id]), name.slice(0, MOST_CHARACTERS));
  }
  return names;
}
