import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { diffPayloads } from "@/lib/drafts/diff-payloads";
import { isPlainText } from "@/lib/drafts/filter-limits";
import { parseInput } from "@/lib/parse-input";
import { addDays, periodSchema, resolvePeriod } from "./period";

/** The newest so many edits are compared: the page opens as fast whatever the period. */
const MOST_EDITS = 300;
const MOST_FIELDS = 10;

const inputSchema = z.strictObject({
  period: periodSchema,
  actionType: z.string().max(200).refine(isPlainText, "no character NUL"),
});

/** Which fields people changed before they approved. */
export interface EditedFields {
  /** How many edits were compared: all of the period, or the newest 300. */
  read: number;
  isAll: boolean;
  /** JSON Pointers, those that changed in most edits first; at most ten. */
  fields: { path: string; count: number; draftIds: string[] }[];
}

/**
 * Which fields of one action type's payloads people edited most in a period, from the index of examples by outcome.
 * @throws CountersignError `forbidden`, `invalid_request`.
 */
export async function listEditedFields(
  ctx: Context,
  input: z.input<typeof inputSchema>,
): Promise<EditedFields> {
  requirePermission(ctx.actor, "insights.read");
  const { period: asked, actionType } = parseInput(inputSchema, input);
  const { from, to } = resolvePeriod(asked, ctx.now());
  const read = await ctx.db.rows<{ draft_id: string; origin: string; proposed: unknown; final: unknown }>(sql`
    SELECT edited.draft_id, draft.origin, edited.proposed_payload AS proposed, edited.final_payload AS final
    FROM (
      SELECT draft_id, proposed_payload, final_payload, decided_at FROM example
      WHERE action_type = ${actionType} AND outcome = 'edited' AND NOT imported
        AND decided_at >= ${`${from}T00:00:00Z`}::timestamptz AND decided_at < ${`${addDays(to, 1)}T00:00:00Z`}::timestamptz
      ORDER BY decided_at DESC LIMIT ${MOST_EDITS}
    ) AS edited
    CROSS JOIN LATERAL (SELECT origin FROM draft WHERE id = edited.draft_id OFFSET 0) AS draft
    ORDER BY edited.decided_at DESC, edited.draft_id DESC`);
  const rows = read.filter(({ origin }) => origin === "agent");
  const fields = new Map<string, { path: string; count: number; draftIds: string[] }>();
  for (const { draft_id, proposed, final } of rows) {
    for (const { path } of diffPayloads(proposed, final)) {
      const field = fields.get(path) ?? { path, count: 0, draftIds: [] };
      field.count += 1;
      if (field.draftIds.length < 3) field.draftIds.push(draft_id);
      fields.set(path, field);
    }
  }
  return {
    read: rows.length,
    isAll: read.length < MOST_EDITS,
    fields: [...fields.values()]
      .sort((a, b) => b.count - a.count || a.path.localeCompare(b.path))
      .slice(0, MOST_FIELDS),
  };
}
