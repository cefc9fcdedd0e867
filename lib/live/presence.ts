import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";

/** A screen says every ten seconds that it is open; without that for so long, nobody is there. */
const PRESENT_MS = 25_000;

const inputSchema = z.strictObject({
  draftId: z.string().min(1).max(100),
  /** False when the person has left it. */
  open: z.boolean(),
});

export interface Present {
  id: string;
  name: string;
}

/** Notes that the person has a draft open now, or has left it; answers who else has it open. */
export async function notePresence(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<{ others: Present[] }> {
  const { personId } = requirePermission(ctx.actor, "inbox.read");
  const { draftId, open } = parseInput(inputSchema, input);
  const now = ctx.now();
  if (!open) {
    await ctx.db.run(sql`DELETE FROM presence WHERE draft_id = ${draftId} AND person_id = ${personId}`);
    return { others: [] };
  }
  await ctx.db.run(sql`
    INSERT INTO presence (draft_id, person_id, seen_at) VALUES (${draftId}, ${personId}, ${now})
    ON CONFLICT (draft_id, person_id) DO UPDATE SET seen_at = excluded.seen_at`);
  const present = await listPresent(ctx.db, [draftId], now);
  return { others: (present.get(draftId) ?? []).filter(({ id }) => id !== personId) };
}

/** Who has each of these drafts open now, by name. */
export async function listPresent(
  db: Queryable,
  draftIds: readonly string[],
  now: Date,
): Promise<Map<string, Present[]>> {
  const rows = await db.rows<{ draft_id: string; id: string; name: string }>(sql`
    SELECT presence.draft_id, person.id, person.name FROM presence JOIN person ON person.id = presence.person_id
    WHERE presence.draft_id = ANY(${draftIds}::text[]) AND presence.seen_at > ${new Date(now.getTime() - PRESENT_MS)}
    ORDER BY person.name, person.id`);
  return groupByDraft(rows);
}

function groupByDraft(rows: { draft_id: string; id: string; name: string }[]): Map<string, Present[]> {
  const byDraft = new Map<string, Present[]>();
  for (const { draft_id, ...person } of rows) {
    byDraft.set(draft_id, [...(byDraft.get(draft_id) ?? []), person]);
  }
  return byDraft;
}

/** Removes what nobody renewed; a worker does it now and then. */
export const deleteOldPresence = (db: Queryable, now: Date): Promise<number> =>
  db.run(sql`DELETE FROM presence WHERE seen_at < ${new Date(now.getTime() - PRESENT_MS)}`);
