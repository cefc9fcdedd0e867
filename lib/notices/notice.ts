import { type Statement, sql } from "@/lib/db/sql";
import { newId } from "@/lib/drafts/new-id";

export type NoticeKind =
  | "lease"
  | "promotion"
  | "assigned"
  | "reminder"
  | "escalated"
  | "nobody"
  | "expired"
  | "hold";

/** Something one person is told. Of two with the same `dedupeKey` for the same person, the first stays. */
export interface Notice {
  personId: string;
  kind: NoticeKind;
  draftId: string | null;
  text: string;
  dedupeKey: string;
}

/** The statement that writes notices, also none. Whoever was told already is not told again. */
export function noticesToWrite(notices: readonly Notice[], at: Date): Statement {
  const rows = notices.map(({ personId, kind, draftId, text, dedupeKey }) => ({
    id: newId("ntc"),
    person_id: personId,
    kind,
    draft_id: draftId,
    text,
    dedupe_key: dedupeKey,
  }));
  return sql`
    INSERT INTO notice (id, person_id, kind, draft_id, text, dedupe_key, created_at)
    SELECT told.*, ${at}::timestamptz
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS told(id text, person_id text, kind text, draft_id text, text text, dedupe_key text)
    ON CONFLICT (person_id, dedupe_key) DO NOTHING`;
}
