import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { Outcome } from "@/lib/drafts/types";

/** An example as the library keeps it. Nothing is redacted yet. */
export interface StoredExample {
  id: string;
  action_type: string;
  outcome: Outcome;
  summary: string;
  subject_type: string;
  subject_id: string;
  proposed_payload: unknown;
  final_payload: unknown;
  reason: string | null;
  decided_at: Date;
  imported: boolean;
  policy_version_id: string;
}

/** The examples with these ids, by id; none that has been withdrawn meanwhile. */
export async function readExamples(db: Queryable, ids: string[]): Promise<Map<string, StoredExample>> {
  const rows = await db.rows<StoredExample>(sql`
    SELECT id, action_type, outcome, summary, subject_type, subject_id, proposed_payload, final_payload, reason,
           decided_at, imported, policy_version_id
    FROM example WHERE id = ANY (${ids}::text[]) AND withdrawn_at IS NULL`);
  return new Map(rows.map((row) => [row.id, row]));
}
