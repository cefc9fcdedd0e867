import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { readCursor, writeCursor } from "@/lib/drafts/cursor";
import type { DraftStatus, Instant } from "@/lib/drafts/types";
import { parseInput } from "@/lib/parse-input";

const inputSchema = z.strictObject({
  actionType: z.string().min(1).max(100),
  rule: z.string().min(1).max(200),
  since: z.iso.datetime({ offset: true }),
  cursor: z.string().max(500).optional(),
  limit: z.int().min(1).max(200).default(50),
});

/** Something that a rule let run by itself. */
export interface RanItem {
  id: string;
  summary: string;
  status: DraftStatus;
  amount: number | null;
  currency: string | null;
  subject: { type: string; id: string };
  agentName: string;
  ranAt: Instant;
  /** Whether somebody is to look at it afterwards, or has. */
  afterReview: "waiting" | "upheld" | "overturned" | null;
}

interface Row extends Omit<RanItem, "ranAt" | "subject" | "agentName" | "afterReview"> {
  subject_type: string;
  subject_id: string;
  agent_name: string;
  decided_at: Date;
  after_review: RanItem["afterReview"];
}

/**
 * One page of what a rule let run by itself since a moment, the newest first, read from the index of its action type by
 * when drafts were decided.
 * @throws CountersignError `forbidden`, `invalid_request`.
 */
export async function listRanUnderRule(
  ctx: Context,
  input: z.input<typeof inputSchema>,
): Promise<{ items: RanItem[]; nextCursor: string | null }> {
  requirePermission(ctx.actor, "organisation.read");
  const { actionType, rule, since, cursor, limit } = parseInput(inputSchema, input);
  const after = readCursor(cursor);
  const rows = await ctx.db.rows<Row>(sql`
    SELECT page.id, page.summary, page.status, page.amount::float8 AS amount, page.currency, page.subject_type,
           page.subject_id, agent.name AS agent_name, page.decided_at, page.after_review
    FROM (${ranUnder({ actionType, rule, since: new Date(since), after, limit: limit + 1 })}) AS page
    JOIN agent ON agent.id = page.agent_id
    ORDER BY page.decided_at DESC, page.id DESC`);
  const last = rows[limit - 1];
  return {
    items: rows
      .slice(0, limit)
      .map(({ subject_type, subject_id, agent_name, decided_at, after_review, ...row }) => ({
        ...row,
        subject: { type: subject_type, id: subject_id },
        agentName: agent_name,
        ranAt: decided_at.toISOString(),
        afterReview: after_review,
      })),
    nextCursor: rows.length > limit && last ? writeCursor(last.decided_at, last.id) : null,
  };
}

/** The statement for them. Its conditions stand in a CASE, so that the planner reads the index in order and stops. */
const ranUnder = (wanted: {
  actionType: string;
  rule: string;
  since: Date;
  after: { at: Date; id: string } | null;
  limit: number;
}) => sql`
  SELECT draft.* FROM draft
  WHERE draft.action_type = ${wanted.actionType} AND draft.decided_at IS NOT NULL AND draft.decided_at >= ${wanted.since}
    AND (draft.decided_at, draft.id) < (coalesce(${wanted.after?.at ?? null}::timestamptz, 'infinity'), ${wanted.after?.id ?? ""})
    AND CASE WHEN draft.route IN ('auto_execute', 'execute_then_review') AND draft.origin = 'agent'
                  AND draft.status IN ('approved', 'executing', 'executed', 'failed')
             THEN (SELECT rule FROM classification WHERE id = draft.classification_id) = ${wanted.rule}
             ELSE false END
  ORDER BY draft.decided_at DESC, draft.id DESC LIMIT ${wanted.limit}`;

/** So many are counted and summed; beyond it, "more than" is what anyone needs. */
const MOST_COUNTED = 5_000;

/** What a rule let run since a moment, in numbers. */
export interface RanFigures {
  /** Counted up to `most`. */
  count: number;
  most: number;
  executed: number;
  /** Still to be looked at by a person afterwards. */
  waiting: number;
  /** What was executed, by currency; amounts of the payloads. */
  sums: { currency: string | null; amount: number }[];
}

/** Counts and sums of the same drafts. @throws CountersignError `forbidden`. */
export async function countRanUnderRule(
  ctx: Context,
  { actionType, rule, since }: { actionType: string; rule: string; since: Date },
): Promise<RanFigures> {
  requirePermission(ctx.actor, "organisation.read");
  const row = (await ctx.db.row<Omit<RanFigures, "most">>(sql`
    WITH ran AS (${ranUnder({ actionType, rule, since, after: null, limit: MOST_COUNTED })})
    SELECT (SELECT count(*)::int FROM ran) AS count,
           (SELECT count(*)::int FROM ran WHERE status = 'executed') AS executed,
           (SELECT count(*)::int FROM ran WHERE after_review = 'waiting') AS waiting,
           coalesce((SELECT json_agg(json_build_object('currency', currency, 'amount', amount) ORDER BY amount DESC)
             FROM (SELECT currency, sum(amount)::float8 AS amount FROM ran
                   WHERE status = 'executed' AND amount IS NOT NULL GROUP BY currency) AS sums), '[]') AS sums`))!;
  return { ...row, most: MOST_COUNTED };
}
