import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import { type InDoubtSince, inDoubtSince } from "@/lib/checks/samples/in-doubt-since";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { isPlainText } from "@/lib/drafts/filter-limits";
import type { Instant } from "@/lib/drafts/types";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { heldWhat } from "./held-what";

/** One hold, with the drafts of its rule that were overturned. */
export interface HoldDetail {
  id: string;
  what: string;
  actionType: string | null;
  rule: string | null;
  agentId: string | null;
  reason: string;
  placedBy: string | null;
  placedAt: Instant;
  endsAt: Instant | null;
  endedAt: Instant | null;
  releasedBy: string | null;
  /** Drafts that wait in the inbox because of it, at most `WAITING_LISTED`. */
  waiting: { id: string; summary: string }[];
  /** What of its rule was overturned in the 90 days before it was placed or since, the newest first. */
  overturned: { id: string; summary: string; by: string | null; reason: string | null; at: Instant }[];
  /** For a hold on one rule: from when on to look at what it let run. */
  inDoubt: InDoubtSince | null;
}

interface Row {
  id: string;
  action_type: string | null;
  agent_id: string | null;
  agent_name: string | null;
  rule: string | null;
  reason: string;
  placed_by: string | null;
  placed_at: Date;
  ends_at: Date | null;
  released_at: Date | null;
  released_by: string | null;
}

export const WAITING_LISTED = 20;
const MOST_OVERTURNED = 20;
const DAYS_BEFORE_MS = 90 * 86_400_000;

/** @throws CountersignError `forbidden`, `not_found`. */
export async function getHold(ctx: Context, input: { id: string }): Promise<HoldDetail> {
  requirePermission(ctx.actor, "organisation.read");
  const { id } = parseInput(z.strictObject({ id: z.string().min(1).max(100) }), input);
  if (!isPlainText(id)) throw new CountersignError("not_found", "There is no such hold.");
  const row = await ctx.db.row<Row>(sql`
    SELECT hold.id, hold.action_type, hold.agent_id, agent.name AS agent_name, hold.rule, hold.reason,
           placer.name AS placed_by, hold.placed_at, hold.ends_at, hold.released_at, releaser.name AS released_by
    FROM hold LEFT JOIN agent ON agent.id = hold.agent_id
    LEFT JOIN person AS placer ON placer.id = hold.placed_by_id
    LEFT JOIN person AS releaser ON releaser.id = hold.released_by_id
    WHERE hold.id = ${id}`);
  if (!row) throw new CountersignError("not_found", "There is no such hold.");
  const { action_type: actionType, rule, placed_at: at } = row;
  const ended = row.released_at ?? (row.ends_at && row.ends_at <= ctx.now() ? row.ends_at : null);
  const ofRule = actionType !== null && rule !== null ? { actionType, rule, at } : null;
  const [waiting, overturned, inDoubt] = await Promise.all([
    readWaiting(ctx, row),
    ofRule ? readOverturned(ctx, ofRule) : [],
    ofRule ? inDoubtSince(ctx, ofRule) : null,
  ]);
  return {
    id: row.id,
    what: heldWhat(ctx.policies, { agentName: row.agent_name, actionType, rule }),
    actionType,
    rule,
    agentId: row.agent_id,
    reason: row.reason,
    placedBy: row.placed_by,
    placedAt: at.toISOString(),
    endsAt: row.ends_at?.toISOString() ?? null,
    endedAt: ended?.toISOString() ?? null,
    releasedBy: row.released_by,
    waiting,
    overturned,
    inDoubt,
  };
}

const readWaiting = (ctx: Context, hold: Row): Promise<HoldDetail["waiting"]> =>
  ctx.db.rows(sql`
    SELECT draft.id, draft.summary FROM draft JOIN classification ON classification.id = draft.classification_id
    WHERE draft.status = 'pending' AND draft.route = 'batch_review' AND draft.origin = 'agent'
      AND (draft.action_type = ${hold.action_type} OR draft.agent_id = ${hold.agent_id})
      AND EXISTS (SELECT FROM json_array_elements(classification.result->'held_by') AS held
                  WHERE held->>'id' = ${hold.id})
    ORDER BY draft.due_at, draft.id LIMIT ${WAITING_LISTED + 1}`);

async function readOverturned(
  ctx: Context,
  { actionType, rule, at }: { actionType: string; rule: string; at: Date },
): Promise<HoldDetail["overturned"]> {
  const rows = await ctx.db.rows<{
    id: string;
    summary: string;
    by: string;
    reason: string | null;
    at: Date;
  }>(sql`
    SELECT draft.id, draft.summary, person.name AS by, decision.reason, decision.decided_at AS at
    FROM draft JOIN decision ON decision.draft_id = draft.id AND decision.verdict = 'overturn'
    JOIN person ON person.id = decision.person_id
    WHERE draft.action_type = ${actionType} AND draft.after_review IN ('upheld', 'overturned')
      AND draft.after_review = 'overturned' AND draft.decided_at >= ${new Date(at.getTime() - DAYS_BEFORE_MS)}
      AND (SELECT rule FROM classification WHERE id = draft.classification_id) = ${rule}
    ORDER BY decision.decided_at DESC LIMIT ${MOST_OVERTURNED}`);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
