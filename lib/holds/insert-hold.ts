import { recordEvent } from "@/lib/audit/record-event";
import type { Context } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { getDirectory } from "@/lib/directory/load-directory";
import { newId } from "@/lib/drafts/new-id";
import { aboutHold } from "@/lib/notices/about-hold";
import { noticesToWrite } from "@/lib/notices/notice";

/** What is to be held back: an agent, or an action type with or without one rule. */
export interface NewHold {
  actionType: string | null;
  agentId: string | null;
  rule: string | null;
  reason: string;
  endsAt: Date | null;
  /** What people call it in notices; made of the above when left out. */
  what?: string;
  /** Who is told besides the admins, and what; who holds what when left out. */
  tell?: { personIds: string[]; text: string };
}

/**
 * Writes a hold, its event and notices inside the caller's transaction. Resolves to its id; null when exactly this is held
 * already.
 */
export async function insertHold(ctx: Context, tx: Transaction, hold: NewHold): Promise<string | null> {
  const { actor } = ctx;
  const now = ctx.now();
  const { actionType, agentId, rule, reason, endsAt } = hold;
  await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended('place a hold', 0))`);
  const same = await tx.row(sql`
    SELECT 1 FROM hold
    WHERE released_at IS NULL AND (ends_at IS NULL OR ends_at > ${now}) AND rule IS NOT DISTINCT FROM ${rule}
      AND action_type IS NOT DISTINCT FROM ${actionType} AND agent_id IS NOT DISTINCT FROM ${agentId}`);
  if (same) return null;
  const id = newId("hld");
  const by = actor.kind === "person" ? actor : null;
  await tx.run(sql`
    INSERT INTO hold (id, action_type, agent_id, rule, reason, placed_by_id, placed_at, ends_at)
    VALUES (${id}, ${actionType}, ${agentId}, ${rule}, ${reason}, ${by?.personId ?? null}, ${now}, ${endsAt})`);
  await recordEvent(tx, {
    verb: "hold.placed",
    actor,
    at: now,
    details: {
      subject: { type: "hold", id },
      before: null,
      after: { action_type: actionType, agent_id: agentId, rule, ends_at: endsAt?.toISOString() ?? null },
    },
  });
  const what = hold.what ?? (rule === null ? actionType! : `${actionType}, rule ${rule}`);
  const directory = await getDirectory(ctx.db, tx);
  const told = { id, what, by: { personId: by?.personId ?? "", name: by?.name ?? "Countersign" } };
  const { personIds: also, text } = hold.tell ?? {};
  tx.send(noticesToWrite(aboutHold(directory, { ...told, also, text }), now));
  return id;
}
