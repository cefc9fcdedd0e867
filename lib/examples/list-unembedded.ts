import type { Queryable } from "@/lib/db/database";
import { type Statement, sql } from "@/lib/db/sql";
import type { EmbedInput } from "./embedder-builtin";

/** What still lacks an embedder's vector. An example is read as its draft was proposed. */
export interface Unembedded {
  table: "draft" | "example";
  id: string;
  /** The draft itself, or the one that the example came from. */
  draft_id: string;
}

/** What waits for a decision or a look and lacks the vector of `embedder`, the newest first. */
export const listUnembeddedDrafts = (
  db: Queryable,
  embedder: string,
  limit: number,
): Promise<Unembedded[]> => {
  const lacking = (which: Statement) => sql`
    (SELECT id FROM draft WHERE ${which} AND (status = 'pending' OR after_review = 'waiting')
     ORDER BY remote_embedder DESC, id DESC LIMIT ${limit})`;
  return db.rows(sql`
    SELECT 'draft' AS table, id, id AS draft_id FROM (
      ${lacking(sql`remote_embedder IS NULL`)} UNION ALL ${lacking(sql`remote_embedder < ${embedder}`)}
      UNION ALL ${lacking(sql`remote_embedder > ${embedder}`)}) AS lacking
    LIMIT ${limit}`);
};

/** Examples of any kind that lack it, one action type after the other: a type is searched by it once none lacks it. */
export const listUnembeddedExamples = (
  db: Queryable,
  embedder: string,
  limit: number,
): Promise<Unembedded[]> => {
  const lacking = (which: Statement) => sql`
    (SELECT id, draft_id FROM example WHERE example.action_type = type.name AND ${which} LIMIT ${limit})`;
  return db.rows(sql`
    ${ACTION_TYPES}
    SELECT 'example' AS table, lacking.id, lacking.draft_id
    FROM type CROSS JOIN LATERAL (
      ${lacking(sql`remote_embedder IS NULL`)} UNION ALL ${lacking(sql`remote_embedder < ${embedder}`)}
      UNION ALL ${lacking(sql`remote_embedder > ${embedder}`)}) AS lacking
    WHERE type.name IS NOT NULL LIMIT ${limit}`);
};

/** The action types of the library, a look into the index for each. */
export const ACTION_TYPES = sql`
  WITH RECURSIVE type AS (
    SELECT min(action_type) AS name FROM example
    UNION ALL
    SELECT (SELECT min(action_type) FROM example WHERE action_type > type.name) FROM type WHERE type.name IS NOT NULL
  )`;

interface InputRow {
  id: string;
  action_type: string;
  subject_type: string;
  summary: string;
  payload: unknown;
  amount: number | null;
  evidence: EmbedInput["evidence"];
}

/** What drafts are embedded by, by id. */
export async function readEmbedInputs(db: Queryable, draftIds: string[]): Promise<Map<string, EmbedInput>> {
  const rows = await db.rows<InputRow>(sql`
    SELECT draft.id, draft.action_type, draft.subject_type, draft.summary, draft.payload, draft.amount::float8 AS amount,
           coalesce((SELECT json_agg(json_build_object('kind', kind, 'title', title, 'content', content) ORDER BY position)
                     FROM evidence WHERE evidence.draft_id = draft.id), '[]') AS evidence
    FROM draft WHERE draft.id = ANY(${draftIds}::text[])`);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        actionType: row.action_type,
        subjectType: row.subject_type,
        summary: row.summary,
        payload: row.payload,
        amount: row.amount,
        evidence: row.evidence,
      },
    ]),
  );
}
