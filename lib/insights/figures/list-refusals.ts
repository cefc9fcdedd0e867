import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { isPlainText } from "@/lib/drafts/filter-limits";
import type { Instant } from "@/lib/drafts/types";
import { parseInput } from "@/lib/parse-input";
import { groupReasons, type ReasonGroup } from "./group-reasons";
import { addDays, periodSchema, resolvePeriod } from "./period";

/** The newest so many are read: the page opens as fast whatever the period. */
const MOST_REFUSALS = 300;

const inputSchema = z.strictObject({
  period: periodSchema,
  actionType: z.string().max(200).refine(isPlainText, "no character NUL"),
});

export interface Refusals {
  /** How many were read: all of the period, or the newest 300. */
  read: number;
  isAll: boolean;
  withoutReason: number;
  groups: ReasonGroup[];
  /** Words that reasons have in common, with in how many. */
  words: { word: string; count: number }[];
  /** What ran by itself in the period and was overturned when a person looked, newest first. */
  overturned: {
    draftId: string;
    summary: string;
    reason: string | null;
    person: string | null;
    at: Instant;
  }[];
}

interface Row {
  draft_id: string;
  outcome: "rejected" | "changes_requested";
  summary: string;
  reason: string | null;
  after_review: string | null;
  origin: string;
  person: string | null;
  decided_at: Date;
}

/**
 * Why drafts of one action type were rejected or sent back in a period, in people's own words, by how often they were
 * written; from the index of examples by outcome.
 * @throws CountersignError `forbidden`, `invalid_request`.
 */
export async function listRefusals(ctx: Context, input: z.input<typeof inputSchema>): Promise<Refusals> {
  requirePermission(ctx.actor, "insights.read");
  const { period: asked, actionType } = parseInput(inputSchema, input);
  const { from, to } = resolvePeriod(asked, ctx.now());
  const read = await ctx.db.rows<Row>(sql`
    SELECT said.draft_id, said.outcome, said.summary, said.reason, draft.after_review, draft.origin, person.name AS person, said.decided_at
    FROM (
      SELECT newest.* FROM unnest(ARRAY['rejected', 'changes_requested']) AS wanted(outcome)
      CROSS JOIN LATERAL (
        SELECT draft_id, outcome, summary, left(reason, 1000) AS reason, person_id, decided_at FROM example
        WHERE action_type = ${actionType} AND outcome = wanted.outcome AND NOT imported
          AND decided_at >= ${`${from}T00:00:00Z`}::timestamptz AND decided_at < ${`${addDays(to, 1)}T00:00:00Z`}::timestamptz
        ORDER BY decided_at DESC LIMIT ${MOST_REFUSALS}
      ) AS newest
    ) AS said
    CROSS JOIN LATERAL (SELECT after_review, origin FROM draft WHERE id = said.draft_id OFFSET 0) AS draft
    LEFT JOIN person ON person.id = said.person_id
    ORDER BY said.decided_at DESC, said.draft_id DESC LIMIT ${MOST_REFUSALS}`);
  const rows = read.filter(({ origin }) => origin === "agent");
  const refused = rows.filter(({ after_review }) => after_review !== "overturned");
  const given = refused.flatMap(({ draft_id, outcome, reason }) =>
    reason?.trim() ? [{ draftId: draft_id, outcome, reason }] : [],
  );
  return {
    read: refused.length,
    isAll: read.length < MOST_REFUSALS,
    withoutReason: refused.length - given.length,
    ...groupReasons(given),
    overturned: rows
      .filter(({ after_review }) => after_review === "overturned")
      .slice(0, 10)
      .map(({ draft_id, summary, reason, person, decided_at }) => ({
        draftId: draft_id,
        summary,
        reason,
        person,
        at: decided_at.toISOString(),
      })),
  };
}
