import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { CheckView } from "@/lib/drafts/types";

/** What a draft is a check of, and what came of it; null for any other draft. Whoever asks says who may be told. */
export async function findCheck(db: Queryable, draftId: string): Promise<CheckView | null> {
  const row = await db.row<{
    because: string;
    outcome: CheckView["outcome"];
    name: string | null;
    ended_at: Date | null;
  }>(sql`
    SELECT because, outcome, person.name, ended_at
    FROM seeded_check LEFT JOIN person ON person.id = seeded_check.person_id WHERE draft_id = ${draftId}`);
  return (
    row && {
      because: row.because,
      outcome: row.outcome,
      decidedBy: row.name,
      endedAt: row.ended_at?.toISOString() ?? null,
    }
  );
}
