import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";
import { readCursor, writeCursor } from "./cursor";
import { historyFiltersSchema } from "./history-filters";
import { decidedPage } from "./history-page";
import { verdictOfImport } from "./read-imported";
import { titleOf } from "./title-of";
import type { DraftStatus, Instant, Tier, Verdict } from "./types";

const inputSchema = z.strictObject({
  filters: historyFiltersSchema.default({}),
  cursor: z.string().max(500).optional(),
  limit: z.int().min(1).max(200).default(50),
});

interface Row {
  id: string;
  action_type: string;
  tier: Tier;
  status: DraftStatus;
  summary: string;
  amount: number | null;
  currency: string | null;
  subject_type: string;
  subject_id: string;
  agent_name: string;
  automatic: boolean;
  edited: boolean;
  imported: boolean;
  at: Date;
  verdict: Verdict | null;
  person_id: string | null;
  person: string | null;
  reason: string | null;
}

/** A row of the history. */
export interface HistoryItem {
  id: string;
  actionType: string;
  title: string;
  tier: Tier;
  status: DraftStatus;
  summary: string;
  amount: number | null;
  currency: string | null;
  subject: { type: string; id: string };
  agentName: string;
  /** The policy let it run by itself. */
  automatic: boolean;
  /** What was decided is not what was proposed. */
  edited: boolean;
  /** Decided elsewhere, before Countersign, and brought in. */
  imported: boolean;
  /** The last decision that stands; in what one person decided, theirs. Null where nobody decided. An imported
   * one may be a person's whom nobody here is known by. */
  decision: { personId: string | null; person: string; verdict: Verdict; reason: string | null } | null;
  decidedAt: Instant;
}

export interface HistoryPage {
  items: HistoryItem[];
  nextCursor: string | null;
}

/**
 * One page of what is decided, the newest decision first: by people, by policy, or by the time that ran out. Asked about
 * one person, it goes by when they decided.
 * @throws CountersignError `forbidden`, `invalid_request`.
 */
export async function listHistory(ctx: Context, input: z.input<typeof inputSchema>): Promise<HistoryPage> {
  const actor = requirePermission(ctx.actor, "inbox.read");
  const { filters, cursor, limit } = parseInput(inputSchema, input);
  const decidedById = filters.decidedBy === "me" ? actor.personId : (filters.decidedBy ?? null);
  const page = await decidedPage(ctx, { filters, decidedById, after: readCursor(cursor), limit: limit + 1 });
  const rows = await ctx.db.rows<Row>(sql`
    SELECT page.id, page.action_type, page.tier, page.status, page.summary, page.amount::float8 AS amount, page.currency,
           page.subject_type, page.subject_id, agent.name AS agent_name, page.at,
           coalesce(page.route IN ('auto_execute', 'execute_then_review'), false) AS automatic, page.origin = 'import' AS imported,
           coalesce(page.decided_payload_hash <> page.payload_hash, false) AS edited,
           said.verdict, person.id AS person_id, coalesce(person.name, past.decided_by_name) AS person,
           left(split_part(coalesce(said.reason, past.reason), E'\n', 1), 300) AS reason
    FROM (${page}) AS page
    JOIN agent ON agent.id = page.agent_id
    LEFT JOIN LATERAL (
      SELECT verdict, person_id, reason FROM decision
      WHERE draft_id = page.id AND undone_at IS NULL AND (${decidedById}::text IS NULL OR person_id = ${decidedById})
      ORDER BY decided_at DESC, id DESC LIMIT 1
    ) AS said ON true
    LEFT JOIN example AS past ON page.origin = 'import' AND past.draft_id = page.id
    LEFT JOIN person ON person.id = coalesce(said.person_id, past.person_id)
    ORDER BY page.at DESC, page.id DESC`);
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map((row) => toItem(ctx, row)),
    nextCursor: rows.length > limit && last ? writeCursor(last.at, last.id) : null,
  };
}

const toItem = (ctx: Context, row: Row): HistoryItem => ({
  id: row.id,
  actionType: row.action_type,
  title: titleOf(ctx.policies.get(row.action_type), row.action_type),
  tier: row.tier,
  status: row.status,
  summary: row.summary,
  amount: row.amount,
  currency: row.currency,
  subject: { type: row.subject_type, id: row.subject_id },
  agentName: row.agent_name,
  automatic: row.automatic,
  edited: row.edited,
  imported: row.imported,
  decision: decisionOf(row),
  decidedAt: row.at.toISOString(),
});

function decisionOf({
  person_id,
  person,
  verdict,
  reason,
  imported,
  status,
  edited,
}: Row): HistoryItem["decision"] {
  if (imported) {
    const said = verdictOfImport(status, edited);
    return { personId: person_id, person: person ?? "Not recorded", verdict: said, reason };
  }
  return person_id === null ? null : { personId: person_id, person: person!, verdict: verdict!, reason };
}
