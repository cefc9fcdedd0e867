import { z } from "zod";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { DEFAULT_APPROVER_RULE } from "@/lib/policy/compile-policy";
import { readCursor, writeCursor } from "./cursor";
import { titleOf } from "./title-of";
import type { InboxItem, InboxPage, Queue, Route, Tier } from "./types";

const inputSchema = z.strictObject({
  queue: z.enum(["batch", "named"]),
  cursor: z.string().max(500).optional(),
  limit: z.int().min(1).max(200).default(50),
});

const ROUTES_OF: Record<Queue, Route[]> = {
  batch: ["batch_review", "execute_then_review"],
  named: ["named_approver"],
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
}

/**
 * One page of what waits for this person, most urgent first. Approvers see what they may decide; managers, admins and
 * auditors, who decide nothing, see the whole queue. Reads pending rows only, one index range for each approver rule.
 */
export async function listInbox(ctx: Context, input: z.input<typeof inputSchema>): Promise<InboxPage> {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new CountersignError("forbidden", "The inbox is for signed-in people.");
  const { queue, cursor, limit } = parseInput(inputSchema, input);
  const after = readCursor(cursor);
  const viewer = { id: actor.personId, decides: actor.roles.includes("approver") };
  const rules = await rulesOf(ctx, viewer);

  const [rows, batch, named] = await Promise.all([
    listPending(ctx, ROUTES_OF[queue], rules, viewer, after, limit + 1),
    countPending(ctx, ROUTES_OF.batch, rules, viewer),
    countPending(ctx, ROUTES_OF.named, rules, viewer),
  ]);
  const items = rows.slice(0, limit).map((row) => toItem(ctx, row));
  const last = rows[limit - 1];
  return {
    queue,
    items,
    nextCursor: rows.length > limit && last ? writeCursor(last.due_at, last.id) : null,
    counts: { batch, named },
    countLimit: COUNT_LIMIT,
  };
}

interface Viewer {
  id: string;
  decides: boolean;
}

/** The approver rules whose drafts this person may see in the inbox. */
async function rulesOf(ctx: Context, viewer: Viewer): Promise<string[]> {
  const rows = await ctx.db.rows<{ name: string }>(
    viewer.decides
      ? sql`
        SELECT rule_name AS name FROM approver_rule_member WHERE person_id = ${viewer.id}
        UNION SELECT ${DEFAULT_APPROVER_RULE} WHERE NOT EXISTS (SELECT 1 FROM approver_rule WHERE name = ${DEFAULT_APPROVER_RULE})`
      : sql`SELECT name FROM approver_rule UNION SELECT ${DEFAULT_APPROVER_RULE}`,
  );
  return rows.map(({ name }) => name);
}

/**
 * The next `limit` drafts after the cursor. LATERAL reads that many from each (route, rule) range of the index
 * `draft_pending` and merges them, so that the cost does not grow with the queue, nor with what was decided.
 */
const listPending = (
  ctx: Context,
  routes: Route[],
  rules: string[],
  viewer: Viewer,
  after: { at: Date; id: string } | null,
  limit: number,
) =>
  ctx.db.rows<Row>(sql`
    SELECT page.id, page.action_type, page.tier, page.route, classification.rule, page.summary,
           page.amount::float8 AS amount, page.currency, agent.name AS agent_name, page.subject_type, page.subject_id,
           page.created_at, page.due_at, page.approver_rule, page.escalation_level
    FROM (
      SELECT waiting.*
      FROM unnest(${routes}::text[]) AS queue(route), unnest(${rules}::text[]) AS assigned(rule)
      CROSS JOIN LATERAL (
        SELECT draft.* FROM draft
        WHERE draft.status = 'pending' AND draft.route = queue.route AND draft.approver_rule = assigned.rule
          AND (draft.due_at, draft.id) > (coalesce(${after?.at ?? null}::timestamptz, '-infinity'), ${after?.id ?? ""})
          AND NOT (${viewer.decides} AND (
            draft.requested_by_id IS NOT DISTINCT FROM ${viewer.id}
            OR EXISTS (SELECT 1 FROM agent WHERE agent.id = draft.agent_id AND agent.owner_id = ${viewer.id})
            OR EXISTS (SELECT 1 FROM decision WHERE decision.draft_id = draft.id AND decision.person_id = ${viewer.id})))
        ORDER BY draft.due_at, draft.id LIMIT ${limit}
      ) AS waiting
      ORDER BY waiting.due_at, waiting.id LIMIT ${limit}
    ) AS page
    JOIN agent ON agent.id = page.agent_id
    JOIN classification ON classification.id = page.classification_id
    ORDER BY page.due_at, page.id`);

/** Walks the same index ranges as the list, and stops at the limit: an unordered count would read every pending row. */
async function countPending(ctx: Context, routes: Route[], rules: string[], viewer: Viewer): Promise<number> {
  const row = await ctx.db.row<{ count: number }>(sql`
    SELECT count(*)::int AS count
    FROM (
      SELECT FROM unnest(${routes}::text[]) AS queue(route), unnest(${rules}::text[]) AS assigned(rule)
      CROSS JOIN LATERAL (
        SELECT FROM draft
        WHERE draft.status = 'pending' AND draft.route = queue.route AND draft.approver_rule = assigned.rule
          AND NOT (${viewer.decides} AND (
            draft.requested_by_id IS NOT DISTINCT FROM ${viewer.id}
            OR EXISTS (SELECT 1 FROM agent WHERE agent.id = draft.agent_id AND agent.owner_id = ${viewer.id})))
        ORDER BY draft.due_at, draft.id LIMIT ${COUNT_LIMIT}
      ) AS waiting
      LIMIT ${COUNT_LIMIT}
    ) AS bounded`);
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
});
