import type { Context } from "@/lib/context";
import { type Statement, sql } from "@/lib/db/sql";
import { subjectTerm } from "@/lib/search/terms-of";
import { tsqueryOf } from "@/lib/search/tsquery-of";
import type { HistoryFilters } from "./history-filters";
import { historyRange } from "./history-range";
import { passingFilters } from "./passing-filters";
import type { DraftStatus } from "./types";

interface Wanted {
  filters: HistoryFilters;
  decidedById: string | null;
  /** Only what comes after this one in the list. */
  after: { at: Date; id: string } | null;
  limit: number;
}
type Bounds = Pick<Wanted, "after" | "limit"> & ReturnType<typeof historyRange>;

/** Words that fewer drafts than this have are looked up first; of others, the newest drafts are read until enough have them. */
const RARE = 2_000;

const STATUSES_OF: Record<
  Exclude<NonNullable<HistoryFilters["outcomes"]>[number], "edited">,
  DraftStatus[]
> = {
  approved: ["approved", "executing", "executed"],
  rejected: ["rejected"],
  changes_requested: ["changes_requested"],
  expired: ["expired"],
  withdrawn: ["withdrawn"],
  blocked: ["blocked"],
  failed: ["failed"],
};

/**
 * The statement that reads one page of decided drafts, newest first, with `at`, the moment they are sorted by. However
 * long the history, it reads from one index: of the subject, of rare words, of what a person decided, of a type's or all
 * drafts by when they were decided, whichever leaves least to read. LATERAL with OFFSET, and conditions in a CASE, keep
 * the planner from scanning the table instead.
 */
export async function decidedPage(ctx: Context, wanted: Wanted): Promise<Statement> {
  const { filters, decidedById } = wanted;
  const candidates = await candidatesFor(ctx, filters);
  const bounds = { ...wanted, ...historyRange(filters, ctx.now()) };
  const condition = passingHistory(filters);
  if (candidates) {
    return decidedById === null
      ? fromCandidates(candidates, condition, bounds)
      : fromCandidatesOf(decidedById, candidates, condition, bounds);
  }
  if (decidedById !== null) return fromDecisionsOf(decidedById, condition, bounds);
  return filters.types?.length ? fromTypes(filters.types, condition, bounds) : fromAll(condition, bounds);
}

/** The ids among which the page is, where the filters leave few. */
async function candidatesFor(ctx: Context, { subject, q }: HistoryFilters): Promise<Statement | null> {
  if (subject) {
    const [type = "", ...id] = subject.split(":");
    return sql`
      SELECT id FROM draft WHERE subject_type = ${type} AND subject_id = ${id.join(":")}
      UNION SELECT draft_id FROM draft_search WHERE terms @@ ${quoted(subjectTerm(subject))}::tsquery`;
  }
  const words = tsqueryOf(q ?? "");
  if (!words) return null;
  // OFFSET again: a plan for a few of many would read the table until it has met them.
  const found = sql`
    SELECT id FROM (SELECT draft_id AS id FROM draft_search WHERE terms @@ ${words}::tsquery OFFSET 0) AS every
    LIMIT ${RARE}`;
  const row = await ctx.db.row<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM (${found}) AS found`,
  );
  return row!.count < RARE ? found : null;
}

const quoted = (term: string): string => `'${term.replaceAll(/['\\]/g, "$&$&")}'`;

const passingHistory = (filters: HistoryFilters): Statement => {
  const { outcomes = [], automatic, imported, rules } = filters;
  const statuses = outcomes.flatMap((outcome) => (outcome === "edited" ? [] : STATUSES_OF[outcome]));
  return sql`
    ${passingFilters(filters)} AND draft.origin <> 'check'
    AND (${outcomes.length === 0} OR draft.status = ANY (${statuses}::text[])
         OR (${outcomes.includes("edited")} AND draft.decided_payload_hash <> draft.payload_hash
             AND draft.status = ANY (${[...STATUSES_OF.approved, ...STATUSES_OF.failed]}::text[])))
    AND (${automatic ?? null}::boolean IS NULL
         OR coalesce(draft.route IN ('auto_execute', 'execute_then_review'), false) = ${automatic ?? null})
    AND (${imported ?? null}::boolean IS NULL OR (draft.origin = 'import') = ${imported ?? null})
    AND (${!rules?.length} OR ${decidedUnder(rules ?? [])})`;
};

/** As figures count it. What was imported was decided under no rule, whatever it would have fallen under here. */
const decidedUnder = (rules: string[]): Statement => sql`
  (draft.origin = 'agent'
   AND (SELECT rule FROM classification WHERE classification.id = draft.classification_id) = ANY (${rules}::text[]))`;

/** Where the page is in the list, by when drafts were decided. */
const within = (at: Statement, id: Statement, { after, from, until }: Bounds): Statement => sql`
  (${at}, ${id}) < (coalesce(${after?.at ?? null}::timestamptz, 'infinity'), ${after?.id ?? ""})
  AND ${at} >= coalesce(${from}::timestamptz, '-infinity') AND ${at} < coalesce(${until}::timestamptz, 'infinity')`;

const DECIDED = { at: sql`draft.decided_at`, id: sql`draft.id` };
const OWN = { at: sql`own.decided_at`, id: sql`own.draft_id` };

const fromAll = (condition: Statement, bounds: Bounds): Statement => sql`
  SELECT draft.*, draft.decided_at AS at FROM draft
  WHERE draft.decided_at IS NOT NULL AND ${within(DECIDED.at, DECIDED.id, bounds)}
    AND CASE WHEN ${condition} THEN true ELSE false END
  ORDER BY draft.decided_at DESC, draft.id DESC LIMIT ${bounds.limit}`;

const fromTypes = (types: string[], condition: Statement, bounds: Bounds): Statement => sql`
  SELECT newest.* FROM unnest(${[...new Set(types)]}::text[]) AS wanted(type)
  CROSS JOIN LATERAL (
    SELECT draft.*, draft.decided_at AS at FROM draft
    WHERE draft.action_type = wanted.type AND draft.decided_at IS NOT NULL
      AND ${within(DECIDED.at, DECIDED.id, bounds)} AND CASE WHEN ${condition} THEN true ELSE false END
    ORDER BY draft.decided_at DESC, draft.id DESC LIMIT ${bounds.limit}
  ) AS newest
  ORDER BY newest.at DESC, newest.id DESC LIMIT ${bounds.limit}`;

const fromCandidates = (candidates: Statement, condition: Statement, bounds: Bounds): Statement => sql`
  SELECT draft.*, draft.decided_at AS at FROM (${candidates}) AS found
  CROSS JOIN LATERAL (SELECT * FROM draft WHERE draft.id = found.id OFFSET 0) AS draft
  WHERE draft.decided_at IS NOT NULL AND ${within(DECIDED.at, DECIDED.id, bounds)} AND ${condition}
  ORDER BY draft.decided_at DESC, draft.id DESC LIMIT ${bounds.limit}`;

const fromDecisionsOf = (personId: string, condition: Statement, bounds: Bounds): Statement => sql`
  SELECT draft.*, own.decided_at AS at FROM decision AS own
  CROSS JOIN LATERAL (SELECT * FROM draft WHERE draft.id = own.draft_id OFFSET 0) AS draft
  WHERE own.person_id = ${personId} AND own.undone_at IS NULL AND ${within(OWN.at, OWN.id, bounds)}
    AND CASE WHEN draft.decided_at IS NOT NULL AND ${condition} THEN true ELSE false END
  ORDER BY own.decided_at DESC, own.draft_id DESC LIMIT ${bounds.limit}`;

const fromCandidatesOf = (
  personId: string,
  candidates: Statement,
  condition: Statement,
  bounds: Bounds,
): Statement => sql`
  SELECT draft.*, own.decided_at AS at FROM (${candidates}) AS found
  CROSS JOIN LATERAL (SELECT * FROM draft WHERE draft.id = found.id OFFSET 0) AS draft
  CROSS JOIN LATERAL (SELECT * FROM decision
    WHERE decision.draft_id = draft.id AND person_id = ${personId} AND undone_at IS NULL OFFSET 0) AS own
  WHERE draft.decided_at IS NOT NULL AND ${within(OWN.at, OWN.id, bounds)} AND ${condition}
  ORDER BY own.decided_at DESC, own.draft_id DESC LIMIT ${bounds.limit}`;
