import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { ImportRow } from "./prepare-row";

/**
 * Writes past decisions, each whole or not at all, in one statement and so in one transaction. One that is there already
 * stays as it is. Resolves to the keys of those that were new.
 * In the order of their keys, so that two imports of the same decisions never wait for each other in a circle.
 */
export async function writeRows(
  db: Queryable,
  rows: ImportRow[],
  from: { agentId: string; apiKeyId: string; now: Date },
): Promise<Set<string>> {
  const { agentId, apiKeyId, now } = from;
  const ordered = rows.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const written = await db.rows<{ key: string }>(sql`
    WITH line AS MATERIALIZED (
      SELECT * FROM json_to_recordset(${JSON.stringify(ordered)}::json) AS line(
        id text, key text, content_hash text, action_type text, outcome text, status text, tier text, subject_type text,
        subject_id text, summary text, reasoning text, external_id text, payload text, payload_hash text,
        final_payload text, decided_payload text, decided_payload_hash text, amount numeric, currency text,
        policy_version_id text, classification_id text, department_id text, classified_status text,
        classified_route text, rule text, approver_rule text, result text, facts text, evidence text,
        evidence_hashes text[], embedder text, embedding text, created_at timestamptz, decided_at timestamptz,
        example_id text, reason text, person_id text, decided_by_name text, withdrawn_reason text, event text)
    ), new_draft AS (
      INSERT INTO draft (
        id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary, reasoning,
        external_id, idempotency_key, body_hash, payload, payload_hash, decided_payload, decided_payload_hash, amount,
        currency, policy_version_id, classification_id, department_id, origin, embedder, embedding, created_at,
        decided_at, closed_at)
      SELECT id, action_type, status, tier, NULL, ${agentId}, ${apiKeyId}, subject_type, subject_id, summary, reasoning,
             external_id, key, content_hash, payload::json, payload_hash, decided_payload::json, decided_payload_hash,
             amount, currency, policy_version_id, classification_id, department_id, 'import', embedder,
             embedding::vector, created_at, decided_at, decided_at
      FROM line
      ON CONFLICT (agent_id, idempotency_key) DO NOTHING
      RETURNING id, embedding
    ), new_line AS MATERIALIZED (
      SELECT line.*, new_draft.embedding AS vector FROM line JOIN new_draft ON new_draft.id = line.id
    ), new_classification AS (
      INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, route, rule,
                                  approver_rule, result, facts, created_at)
      SELECT classification_id, id, 'imported', payload_hash, policy_version_id, classified_status, tier,
             classified_route, rule, approver_rule, result::json, facts::json, ${now}
      FROM new_line
    ), new_evidence AS (
      INSERT INTO evidence (draft_id, position, kind, title, content, url, source, hash)
      SELECT new_line.id, piece.position - 1, piece.value->>'kind', piece.value->>'title', piece.value->'content',
             piece.value->>'url', piece.value->>'source', new_line.evidence_hashes[piece.position]
      FROM new_line CROSS JOIN LATERAL json_array_elements(new_line.evidence::json) WITH ORDINALITY
        AS piece(value, position)
    ), new_example AS (
      INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, amount,
                           proposed_payload, final_payload, reason, person_id, policy_version_id, decided_at,
                           withdrawn_at, withdrawn_reason, imported, decided_by_name, embedder, embedding)
      SELECT example_id, id, action_type, outcome, summary, subject_type, subject_id, amount, payload::json,
             final_payload::json, reason, person_id, policy_version_id, decided_at,
             CASE WHEN withdrawn_reason IS NOT NULL THEN ${now}::timestamptz END, withdrawn_reason, true,
             decided_by_name, embedder, vector
      FROM new_line
    ), new_event AS (
      INSERT INTO audit_event (verb, draft_id, bytes, event, occurred_at)
      SELECT 'draft.imported', id, convert_to(event, 'UTF8'), event::jsonb, ${now} FROM new_line
    )
    SELECT key FROM new_line`);
  return new Set(written.map(({ key }) => key));
}
