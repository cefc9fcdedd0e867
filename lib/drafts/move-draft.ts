import type { AuditVerb } from "@/lib/audit/record-event";
import { recordEvent } from "@/lib/audit/record-event";
import type { Actor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { mayMove } from "@/lib/drafts/state";
import type { DraftStatus } from "@/lib/drafts/types";
import { enqueueWorkflow } from "@/lib/workflows/enqueue";

/** One move of a locked draft, with what the trail says of it. */
export interface Move {
  to: DraftStatus;
  verb: AuditVerb;
  actor: Actor;
  at: Date;
  details: Record<string, unknown>;
}

/**
 * Moves a draft by a guarded update, records the event, and enqueues the callback where the draft is thereby closed.
 * All in the caller's transaction. Resolves to whether this was the move that won.
 */
export async function moveDraft(
  tx: Transaction,
  draft: { id: string; status: DraftStatus; version: number; callbackUrl: string | null },
  move: Move,
): Promise<boolean> {
  if (!mayMove(draft.status, move.to)) return false;
  const closes = !["executing", "pending"].includes(move.to);
  const moved = await tx.run(sql`
    UPDATE draft SET status = ${move.to}, version = version + 1,
                     decided_at = CASE WHEN ${move.to !== "pending"} THEN coalesce(decided_at, ${move.at}::timestamptz) END,
                     closed_at = CASE WHEN ${closes} THEN ${move.at}::timestamptz ELSE closed_at END
    WHERE id = ${draft.id} AND status = ${draft.status} AND version = ${draft.version}`);
  if (moved === 0) return false;
  await recordEvent(tx, {
    verb: move.verb,
    actor: move.actor,
    at: move.at,
    draftId: draft.id,
    details: move.details,
  });
  if (closes && draft.callbackUrl) {
    enqueueWorkflow(tx, "deliver_callback", {
      id: `callback:${draft.id}:${move.verb}`,
      args: [draft.id, move.verb],
    });
  }
  return true;
}
