import { z } from "zod";
import type { Context, PersonActor } from "@/lib/context";
import { type Statement, sql } from "@/lib/db/sql";
import { getDirectory } from "@/lib/directory/load-directory";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { type Claim, claimsOf } from "@/lib/routing/resolve-approvers";
import { chainOf } from "./assign-approvers";
import { readCursor, writeCursor } from "./cursor";
import { inboxFiltersSchema } from "./inbox-filters";
import { passingInboxFilters } from "./passing-inbox-filters";
import { peopleBehind } from "./people-behind";
import { titleOf } from "./title-of";
import { type InboxItem, type InboxPage, QUEUES, type Queue, type Route, type Tier } from "./types";

const inputSchema = z.strictObject({
  queue: z.enum(QUEUES),
  cursor: z.string().max(500).optional(),
  limit: z.int().min(1).max(1000).optional(),
  /** Narrows the page, not the counts. */
  filters: inboxFiltersSchema.optional(),
  /** Of these drafts, the ones that wait for this person in this queue; all of them on one page. */
  only: z
    .array(z.string().regex(/^\w{1,100}$/))
    .max(200)
    .optional(),
});
const PAGE_ITEMS = 50;

/** The routes of what waits for a decision; null for what ran by itself and waits for a look afterwards. */
const ROUTES_OF: Record<Queue, Route[] | null> = {
  batch: ["batch_review"],
  named: ["named_approver"],
  after: null,
};

/** Counts stop here, so that they cost the same however long a queue is: beyond it, "a lot" is all anyone needs. */
const COUNT_LIMIT = 100;

interface Row {
  id: string;
  action_type: string;
  tier: Tier;
  route: Route;
  rule: string;
  summary: string;
  amount: number | null;
  currency: string | null;
  agent_name: string;
  subject_type: string;
  subject_id: string;
  created_at: Date;
  due_at: Date;
  approver_rule: string;
  escalation_level: number;
  held: boolean;
  answers_viewer: boolean;
}

/**
 * One page of what waits for this person, most urgent first. Approvers see what they may decide; managers, admins and
 * auditors, who decide nothing, see the whole queue. Reads pending rows only, one index range for each approver rule.
 */
export async function listInbox(ctx: Context, input: z.input<typeof inputSchema>): Promise<InboxPage> {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new CountersignError("forbidden", "The inbox is for signed-in people.");
  const { queue, cursor, filters, only, ...parsed } = parseInput(inputSchema, input);
  const limit = parsed.limit ?? Math.max(only?.length ?? PAGE_ITEMS, 1);
  const after = readCursor(cursor);
  const claims = await claimsOn(ctx, actor);
  const viewerId = actor.personId;
  const narrowed =
    filters && Object.keys(filters).length > 0 ? passingInboxFilters(filters, ctx.now()) : undefined;

  const [rows, batch, named, lookedAt] = await Promise.all([
    listPending(ctx, { routes: ROUTES_OF[queue], claims, viewerId, after, limit: limit + 1, narrowed, only }),
    countPending(ctx, { routes: ROUTES_OF.batch, claims, viewerId }),
    countPending(ctx, { routes: ROUTES_OF.named, claims, viewerId }),
    countPending(ctx, { routes: ROUTES_OF.after, claims, viewerId }),
  ]);
  const items = rows.slice(0, limit).map((row) => toItem(ctx, row));
  const last = rows[limit - 1];
  return {
    queue,
    items,
    nextCursor: rows.length > limit && last ? writeCursor(last.due_at, last.id) : null,
    counts: { batch, named, after: lookedAt },
    countLimit: COUNT_LIMIT,
  };
}

/** What this person may see in the inbox: approvers what they are asked about now, others every rule's drafts. */
export async function claimsOn(ctx: Context, actor: PersonActor): Promise<Claim[]> {
  const directory = await getDirectory(ctx.db);
  if (actor.roles.includes("approver")) return claimsOf(directory, actor.personId, ctx.now());
  // Also what waits for a rule that nobody has entered: somebody has to see it.
  const routed = [...ctx.policies.values()].flatMap(({ policy }) =>
    [...policy.rules, policy.fallback].flatMap(chainOf),
  );
  return [...new Set([...directory.rules.keys(), ...routed])].map(claimOnAll);
}

const claimOnAll = (rule: string): Claim => ({
  rule,
  over: null,
  up_to: null,
  department: null,
  not_departments: [],
  through: [],
  before: [],
});

interface Wanted {
  routes: Route[] | null;
  claims: Claim[];
  viewerId: string;
  /** Only what comes after this one in the list. */
  after?: { at: Date; id: string } | null;
  limit: number;
  /** One more condition on `draft`, from filters. */
  narrowed?: Statement;
  only?: string[];
}

const PENDING = sql`draft.status = 'pending' AND draft.route = claim.route`;
const EXECUTED = sql`draft.after_review = 'waiting' AND draft.status = 'executed'`;

/** The people whom duty keeps from deciding a draft, apart from those who edited it. */
const barredFrom = sql`
  SELECT ARRAY[agent.owner_id, api_key.owner_id, api_key.creator_id, api_key.rotator_id, draft.requested_by_id]
         || ${peopleBehind}
  FROM agent, api_key
  WHERE agent.id = coalesce(draft.shown_agent_id, draft.agent_id)
    AND api_key.id = coalesce(draft.shown_key_id, draft.api_key_id)`;

/**
 * The first drafts, at most `limit` of each claim, that wait for the viewer, most urgent first. LATERAL reads each
 * (route, rule) range of the index `draft_pending` that far, so that the cost does not grow with the queue, nor with
 * what was decided. Says of a draft what `resolveApprovers` would say of it. The conditions stand in a CASE because the
 * planner would underestimate what passes them, and sort everything instead of stopping early.
 */
export function waitingFor({ routes, claims, viewerId, after, limit, narrowed, only }: Wanted): Statement {
  const ranges = (routes ?? [null]).flatMap((route) => claims.map((claim) => ({ route, ...claim })));
  return sql`
  SELECT DISTINCT ON (waiting.due_at, waiting.id) waiting.*
  FROM json_to_recordset(${JSON.stringify(ranges)}::json) AS claim(route text, rule text, over numeric, up_to numeric,
         department text, not_departments text[], through text[], before json)
  CROSS JOIN LATERAL (
    SELECT draft.* FROM draft
    WHERE ${routes ? PENDING : EXECUTED} AND draft.approver_rule = claim.rule
      AND (draft.due_at, draft.id) > (coalesce(${after?.at ?? null}::timestamptz, '-infinity'), ${after?.id ?? ""})
      ${only ? sql`AND draft.id = ANY (${only}::text[])` : sql``}
      AND CASE WHEN (claim.over IS NULL OR draft.amount IS NULL OR draft.amount > claim.over)
                AND (claim.up_to IS NULL OR draft.amount <= claim.up_to)
                AND (claim.department IS NULL OR draft.department_id = claim.department)
                AND (draft.department_id IS NULL OR draft.department_id <> ALL (claim.not_departments))
                ${narrowed ? sql`AND ${narrowed}` : sql``}
               THEN NOT EXISTS (SELECT FROM decision WHERE decision.draft_id = draft.id AND decision.undone_at IS NULL AND (
                      decision.person_id = ${viewerId}
                      OR (decision.verdict = 'edit_and_approve' AND decision.person_id = ANY (claim.through))))
                AND NOT claim.through && (${barredFrom})
                AND (json_array_length(claim.before) = 0 OR draft.approvals_required > (
                  SELECT count(DISTINCT asked.person)
                  FROM json_to_recordset(claim.before) AS asked(person text, through text[])
                  WHERE NOT asked.through && (${barredFrom})
                    AND NOT EXISTS (SELECT FROM decision WHERE decision.draft_id = draft.id AND decision.undone_at IS NULL
                      AND decision.verdict = 'edit_and_approve' AND decision.person_id = ANY (asked.through))))
               ELSE false END
    ORDER BY draft.due_at, draft.id LIMIT ${limit}
  ) AS waiting
  ORDER BY waiting.due_at, waiting.id LIMIT ${limit}`;
}

const listPending = (ctx: Context, wanted: Wanted) =>
  ctx.db.rows<Row>(sql`
    SELECT page.id, page.action_type, page.tier, page.route, classification.rule, page.summary,
           page.amount::float8 AS amount, page.currency, agent.name AS agent_name, page.subject_type, page.subject_id,
           page.created_at, page.due_at, page.approver_rule, page.escalation_level,
           classification.result->'held_by' IS NOT NULL AS held,
           page.revises_id IS NOT NULL AND EXISTS (
             SELECT FROM decision WHERE decision.draft_id = page.revises_id AND decision.person_id = ${wanted.viewerId}
               AND decision.verdict = 'request_changes' AND decision.undone_at IS NULL) AS answers_viewer
    FROM (${waitingFor(wanted)}) AS page
    JOIN agent ON agent.id = coalesce(page.shown_agent_id, page.agent_id)
    JOIN classification ON classification.id = page.classification_id
    ORDER BY page.due_at, page.id`);

/** Walks the same index ranges as the list, and stops at the limit: an unordered count would read every pending row. */
async function countPending(ctx: Context, wanted: Omit<Wanted, "limit">): Promise<number> {
  const row = await ctx.db.row<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM (${waitingFor({ ...wanted, limit: COUNT_LIMIT })}) AS bounded`);
  return row?.count ?? 0;
}

const toItem = (ctx: Context, row: Row): InboxItem => ({
  id: row.id,
  actionType: row.action_type,
  title: titleOf(ctx.policies.get(row.action_type), row.action_type),
  tier: row.tier,
  route: row.route,
  rule: row.rule,
  summary: row.summary,
  amount: row.amount,
  currency: row.currency,
  agentName: row.agent_name,
  subject: { type: row.subject_type, id: row.subject_id },
  createdAt: row.created_at.toISOString(),
  dueAt: row.due_at.toISOString(),
  approverRule: row.approver_rule,
  escalationLevel: row.escalation_level,
  held: row.held,
  answersYou: row.answers_viewer,
});
