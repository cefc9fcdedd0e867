import type { Database, Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { titleOf } from "@/lib/drafts/title-of";
import type { LoadedPolicies } from "@/lib/policy-files/load-policies";
import { termsOf } from "./terms-of";

/** In one transaction: payloads may have a quarter of a megabyte each. */
const AT_ONCE = 100;
const MOST_ROUNDS = 50;

interface Row {
  id: string;
  version: number;
  action_type: string;
  summary: string;
  subject_type: string;
  subject_id: string;
  external_id: string | null;
  agent_name: string;
  payload: unknown;
  decided_payload: unknown;
  reasons: string[];
}

/**
 * Writes the terms of drafts that wait for it, at most 5,000 of them, the newest first: an import of thousands must not
 * keep what people work on from being found. Any number of workers may run it at once: none waits for another,
 * and a draft that changes meanwhile is left for the next time.
 */
export async function indexDrafts(db: Database, policies: LoadedPolicies): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const taken = await db.transaction((tx) => indexSome(tx, policies));
    if (taken < AT_ONCE) return;
  }
}

async function indexSome(tx: Transaction, policies: LoadedPolicies): Promise<number> {
  const taken = await tx.rows<{ draft_id: string }>(sql`
    SELECT draft_id FROM draft_to_index ORDER BY draft_id DESC LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`);
  if (taken.length === 0) return 0;
  const rows = await tx.rows<Row>(sql`
    SELECT draft.id, draft.version, draft.action_type, draft.summary, draft.subject_type, draft.subject_id,
           draft.external_id, agent.name AS agent_name, draft.payload, draft.decided_payload,
           ARRAY(SELECT reason FROM decision WHERE draft_id = draft.id AND reason IS NOT NULL
                 UNION ALL SELECT reason FROM example WHERE draft_id = draft.id AND imported AND reason IS NOT NULL) AS reasons
    FROM draft JOIN agent ON agent.id = coalesce(draft.shown_agent_id, draft.agent_id)
    WHERE draft.id = ANY (${taken.map(({ draft_id }) => draft_id)}::text[])`);
  const found = rows.map((row) => ({
    id: row.id,
    version: row.version,
    terms: termsOf({
      summary: row.summary,
      subject: { type: row.subject_type, id: row.subject_id },
      actionType: row.action_type,
      title: titleOf(policies.get(row.action_type), row.action_type),
      agentName: row.agent_name,
      externalId: row.external_id,
      payload: row.payload,
      decidedPayload: row.decided_payload,
      reasons: row.reasons,
    }),
  }));
  await tx.run(sql`
    INSERT INTO draft_search (draft_id, terms)
    SELECT id, array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(terms)))
    FROM jsonb_to_recordset(${JSON.stringify(found)}::jsonb) AS found(id text, terms jsonb)
    ON CONFLICT (draft_id) DO UPDATE SET terms = excluded.terms`);
  // A change under way would have its entry here taken for one that is done with, and stay unfound: its draft is locked,
  // so the entry stays. The lock is brief: nobody waits for more than this commit.
  await tx.run(sql`
    DELETE FROM draft_to_index WHERE draft_id IN (
      SELECT draft.id FROM jsonb_to_recordset(${JSON.stringify(found.map(({ id, version }) => ({ id, version })))}::jsonb)
        AS found(id text, version int)
      JOIN draft ON draft.id = found.id AND draft.version = found.version
      FOR SHARE OF draft SKIP LOCKED)`);
  return taken.length;
}
