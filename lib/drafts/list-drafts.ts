import { z } from "zod";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";
import { readCursor, writeCursor } from "./cursor";
import { dueAtForAgents } from "./get-draft";
import { requireAgent } from "./require-agent";
import { DRAFT_STATUSES, type DraftStatus, type Route, type Tier } from "./types";

/** The query of `GET /api/v1/drafts`. */
export const listQuerySchema = z.strictObject({
  status: z.enum(DRAFT_STATUSES).optional(),
  action_type: z.string().max(100).optional(),
  cursor: z.string().max(500).optional(),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, "a whole number from 1 to 200")
    .pipe(z.coerce.number<string>().int().min(1).max(200))
    .default(50),
});

interface Row {
  id: string;
  action_type: string;
  external_id: string | null;
  status: DraftStatus;
  tier: Tier;
  route: Route | null;
  summary: string;
  created_at: Date;
  due_at: Date | null;
  payload_hash: string;
}

/**
 * The agent's own drafts, newest first, a page at a time. `input` is the query as text.
 * @throws CountersignError `invalid_request`, `forbidden`.
 */
export async function listDrafts(ctx: Context, input: unknown) {
  const actor = requireAgent(ctx.actor, "drafts:read");
  const { status, action_type, cursor, limit } = parseInput(listQuerySchema, input);
  const before = readCursor(cursor);
  const rows = await ctx.db.rows<Row>(sql`
    SELECT id, action_type, external_id, status, tier, route, summary, created_at, ${dueAtForAgents} AS due_at, payload_hash
    FROM draft
    WHERE agent_id = ${actor.agentId}
      AND (${before?.id ?? null}::text IS NULL OR (created_at, id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}))
      AND (${status ?? null}::text IS NULL OR status = ${status ?? null})
      AND (${action_type ?? null}::text IS NULL OR action_type = ${action_type ?? null})
    ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}`);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    drafts: page.map((row) => ({
      ...row,
      created_at: row.created_at.toISOString(),
      due_at: row.due_at?.toISOString() ?? null,
    })),
    next_cursor: rows.length > limit && last ? writeCursor(last.created_at, last.id) : null,
  };
}
