import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { amountOf } from "@/lib/drafts/classify";
import { readCursor, writeCursor } from "@/lib/drafts/cursor";
import { titleOf } from "@/lib/drafts/title-of";
import { type Instant, OUTCOMES, type Outcome } from "@/lib/drafts/types";
import { parseInput } from "@/lib/parse-input";
import { embedDraft } from "./embed";
import { nearestCandidates } from "./find-candidates";
import { libraryFiltersSchema } from "./library-filters";
import { libraryPage } from "./library-page";

const inputSchema = z
  .strictObject({
    filters: libraryFiltersSchema.default({}),
    /** Sorted by likeness to the words, of one action type and what prompts may see; else newest first. */
    byMeaning: z.boolean().default(false),
    cursor: z.string().max(500).optional(),
    limit: z.int().min(1).max(200).default(50),
  })
  .refine(({ byMeaning, filters }) => !byMeaning || (filters.actionType && filters.q), {
    path: ["byMeaning"],
    message: "needs an action type and words",
  });

/** A row of the library. */
export interface LibraryItem {
  id: string;
  draftId: string;
  actionType: string;
  title: string;
  /** Whether a policy covers its action type now; without one, no prompt sees it. */
  covered: boolean;
  outcome: Outcome;
  summary: string;
  subject: { type: string; id: string };
  amount: number | null;
  currency: string | null;
  reason: string | null;
  decidedBy: string | null;
  decidedAt: Instant;
  imported: boolean;
  withdrawn: boolean;
  /** Cosine similarity to the words that were asked about. */
  similarity: number | null;
}

export interface LibraryPage {
  items: LibraryItem[];
  nextCursor: string | null;
}

interface Row {
  id: string;
  draft_id: string;
  action_type: string;
  outcome: Outcome;
  summary: string;
  subject_type: string;
  subject_id: string;
  amount: number | null;
  final_payload: unknown;
  reason: string | null;
  decided_by: string | null;
  decided_at: Date;
  imported: boolean;
  withdrawn: boolean;
}

/**
 * One page of the library, the newest decision first, or what is most like some words. Filters narrow it in either case.
 * @throws CountersignError `forbidden`, `invalid_request`.
 */
export async function listExamples(ctx: Context, input: z.input<typeof inputSchema>): Promise<LibraryPage> {
  requirePermission(ctx.actor, "insights.read");
  const { filters, byMeaning, cursor, limit } = parseInput(inputSchema, input);
  if (byMeaning) return listAlike(ctx, filters.actionType!, filters);
  const page = await libraryPage(ctx, filters, { after: readCursor(cursor), limit: limit + 1 });
  const rows = await readRows(ctx, page);
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map((row) => toItem(ctx, row, null)),
    nextCursor: rows.length > limit && last ? writeCursor(last.decided_at, last.id) : null,
  };
}

/** Up to sixty, the most alike first. */
async function listAlike(
  ctx: Context,
  actionType: string,
  { q, outcome, source }: z.output<typeof libraryFiltersSchema>,
): Promise<LibraryPage> {
  const { vector } = embedDraft({ actionType, subjectType: "", summary: q!, payload: {}, evidence: [] });
  const near = await nearestCandidates(ctx.db, {
    actionType,
    outcomes: outcome ? [outcome] : OUTCOMES,
    vector,
  });
  const similarity = new Map(near.map(({ id, similarity }) => [id, similarity]));
  const ids = [...similarity.keys()];
  const rows = await readRows(ctx, sql`SELECT * FROM example WHERE id = ANY (${ids}::text[])`);
  const items = rows
    .filter(({ imported }) => source === undefined || imported === (source === "imported"))
    .map((row) => toItem(ctx, row, similarity.get(row.id) ?? null));
  return { items: items.sort((one, other) => other.similarity! - one.similarity!), nextCursor: null };
}

const readRows = (ctx: Context, page: ReturnType<typeof sql>): Promise<Row[]> =>
  ctx.db.rows<Row>(sql`
    SELECT page.id, page.draft_id, page.action_type, page.outcome, page.summary, page.subject_type, page.subject_id,
           page.amount::float8 AS amount, page.final_payload, left(page.reason, 400) AS reason,
           coalesce(person.name, page.decided_by_name) AS decided_by, page.decided_at, page.imported,
           page.withdrawn_at IS NOT NULL AS withdrawn
    FROM (${page}) AS page LEFT JOIN person ON person.id = page.person_id
    ORDER BY page.decided_at DESC, page.id DESC`);

function toItem(ctx: Context, row: Row, similarity: number | null): LibraryItem {
  const policy = ctx.policies.get(row.action_type);
  return {
    id: row.id,
    draftId: row.draft_id,
    actionType: row.action_type,
    title: titleOf(policy, row.action_type),
    covered: policy !== undefined,
    outcome: row.outcome,
    summary: row.summary,
    subject: { type: row.subject_type, id: row.subject_id },
    amount: row.amount,
    currency: policy ? amountOf(policy, row.final_payload).currency : null,
    reason: row.reason,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at.toISOString(),
    imported: row.imported,
    withdrawn: row.withdrawn,
    similarity,
  };
}
