import type { Queryable } from "@/lib/db/database";
import { type Statement, sql } from "@/lib/db/sql";
import { BUILTIN_DIMENSIONS, BUILTIN_EMBEDDER } from "./embedder-builtin";
import { configuredEmbedder } from "./remote-embedder";

/**
 * Vectors that compare with each other, as parts of a statement. Name and length are written out: the index of an
 * embedder is for it alone, and the planner must see both in the statement itself.
 */
export interface SearchSpace {
  embedder: string;
  /** The names of the columns that say what made a vector. */
  draftEmbedder: Statement;
  exampleEmbedder: Statement;
  /** The embedder's name as a literal. */
  name: Statement;
  draftVector: Statement;
  exampleVector: Statement;
}

const BUILTIN_SPACE = spaceOf("", BUILTIN_EMBEDDER, `vector(${BUILTIN_DIMENSIONS})`);

/** The name of the index over one embedder's examples: that of its own for each. */
export const indexOf = (embedder: string): string =>
  `example_nearest_${embedder.replaceAll(/\W/g, "_").slice(0, 30)}_${embedder.slice(-8).replaceAll(/\W/g, "_")}`;

interface Readiness {
  dimensions: number | null;
  is_complete: boolean;
  is_indexed: boolean;
  ready_ids: string[];
}

/**
 * By which vectors to look for neighbours of each of some drafts: by the configured endpoint's, where the draft has one
 * and every example of the action type has been asked for; else by the built-in ones, which are always there. So nobody
 * finds nothing while an embedder changes, and never a mixture. `isLarge` says that only an index can answer.
 */
export async function searchSpacesOf(
  db: Queryable,
  { actionType, draftIds, isLarge }: { actionType: string; draftIds: string[]; isLarge: boolean },
): Promise<Map<SearchSpace, string[]>> {
  const remote = configuredEmbedder();
  if (!remote) return new Map([[BUILTIN_SPACE, draftIds]]);
  const ready = await db.row<Readiness>(sql`
    SELECT (SELECT dimensions FROM embedder WHERE name = ${remote.name}) AS dimensions,
           NOT EXISTS (SELECT FROM example WHERE action_type = ${actionType} AND remote_embedder IS NULL)
           AND NOT EXISTS (SELECT FROM example WHERE action_type = ${actionType} AND remote_embedder < ${remote.name})
           AND NOT EXISTS (SELECT FROM example WHERE action_type = ${actionType} AND remote_embedder > ${remote.name})
             AS is_complete,
           coalesce((SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(${indexOf(remote.name)})), false)
             AS is_indexed,
           ARRAY(SELECT id FROM draft WHERE id = ANY(${draftIds}::text[]) AND remote_embedder = ${remote.name}
                                        AND remote_embedding IS NOT NULL) AS ready_ids`);
  if (!ready?.dimensions || !ready.is_complete || (isLarge && !ready.is_indexed))
    return new Map([[BUILTIN_SPACE, draftIds]]);
  const isReady = new Set(ready.ready_ids);
  const spaces = new Map([
    [remoteSpace(remote.name, ready.dimensions), draftIds.filter((id) => isReady.has(id))],
    [BUILTIN_SPACE, draftIds.filter((id) => !isReady.has(id))],
  ]);
  for (const [space, ids] of spaces) if (ids.length === 0) spaces.delete(space);
  return spaces;
}

const remoteSpaces = new Map<string, SearchSpace>();

/** The space of an endpoint's vectors. @throws Error on a name that cannot stand in SQL. */
export function remoteSpace(embedder: string, dimensions: number): SearchSpace {
  const key = `${embedder} ${dimensions}`;
  const known = remoteSpaces.get(key) ?? spaceOf("remote_", embedder, `halfvec(${dimensions})`);
  remoteSpaces.set(key, known);
  return known;
}

function spaceOf(prefix: "" | "remote_", embedder: string, type: string): SearchSpace {
  if (!/^[\w.:/+@-]+$/.test(embedder)) throw new Error(`${embedder} is no name of an embedder`);
  return {
    embedder,
    draftEmbedder: written(`draft.${prefix}embedder`),
    exampleEmbedder: written(`example.${prefix}embedder`),
    name: written(`'${embedder}'`),
    draftVector: written(`draft.${prefix}embedding::${type}`),
    exampleVector: written(`example.${prefix}embedding::${type}`),
  };
}

/** A part of a statement that is made once, from names that the code knows or has checked. */
function written(text: string): Statement {
  return sql(Object.assign([text], { raw: [text] }));
}
