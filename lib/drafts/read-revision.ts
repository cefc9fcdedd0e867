import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { diffPayloads } from "./diff-payloads";
import type { Revision } from "./types";

/** What a revision answers, and what it changed in doing so; null where `revisesId` is. */
export async function readRevision(
  { db }: Pick<Context, "db">,
  revisesId: string | null,
  payload: Record<string, unknown>,
): Promise<Revision | null> {
  if (revisesId === null) return null;
  const former = await db.row<{
    payload: unknown;
    name: string | null;
    decided_at: Date | null;
    reason: string | null;
    fields: string[] | null;
  }>(sql`
    SELECT coalesce(draft.decided_payload, draft.payload) AS payload, person.name, asked.decided_at, asked.reason, asked.requested_fields AS fields
    FROM draft
    LEFT JOIN LATERAL (
      SELECT person_id, decided_at, reason, requested_fields FROM decision
      WHERE draft_id = draft.id AND verdict = 'request_changes' AND undone_at IS NULL
      ORDER BY decided_at DESC, id DESC LIMIT 1
    ) AS asked ON true
    LEFT JOIN person ON person.id = asked.person_id
    WHERE draft.id = ${revisesId}`);
  return (
    former && {
      draftId: revisesId,
      askedBy: former.name,
      askedAt: former.decided_at?.toISOString() ?? null,
      comment: former.reason,
      fields: former.fields ?? [],
      differences: diffPayloads(former.payload, payload),
    }
  );
}
