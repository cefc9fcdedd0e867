import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { ofAgent } from "./of-agent";
import { requireAgent } from "./require-agent";
import type { DraftStatus, Route, Tier, Verdict } from "./types";

/** A draft as its agent sees it. */
export interface DraftAnswer {
  id: string;
  action_type: string;
  external_id: string | null;
  status: DraftStatus;
  /** Counts the changes of the draft. */
  version: number;
  tier: Tier;
  route: Route | null;
  summary: string;
  created_at: string;
  due_at: string | null;
  closed_at: string | null;
  payload_hash: string;
  /** What may be executed, once it is approved; its hash is what an execution must report. */
  decided_payload: unknown;
  decided_payload_hash: string | null;
  /** `fields` are JSON Pointers into the payload: what a request for changes asks to be changed. */
  decisions: { verdict: Verdict; reason: string | null; fields: string[]; decided_at: string }[];
  execution: { status: string; attempts: number; last_error: string | null; hash_mismatch: boolean } | null;
  revises: string | null;
}

interface Row extends Omit<DraftAnswer, "created_at" | "due_at" | "closed_at"> {
  created_at: Date;
  due_at: Date | null;
  closed_at: Date | null;
}

/** Not the time of a look afterwards: no agent may know that one is coming. */
export const dueAtForAgents = sql`CASE WHEN draft.after_review IS NULL THEN draft.due_at END`;

/**
 * One of the agent's own drafts, or one that it had the built-in drafter write.
 * @throws CountersignError `not_found`, also for the draft of another agent.
 */
export async function getDraft(ctx: Context, draftId: string): Promise<DraftAnswer> {
  const actor = requireAgent(ctx.actor, "drafts:read");
  const row = await ctx.db.row<Row>(sql`
    SELECT draft.id, draft.action_type, draft.external_id, draft.status, draft.version, draft.tier, draft.route,
           draft.summary, draft.created_at, ${dueAtForAgents} AS due_at, draft.closed_at, draft.payload_hash, draft.decided_payload,
           draft.decided_payload_hash, draft.revises_id AS revises,
           coalesce((SELECT json_agg(json_build_object('verdict', verdict, 'reason', reason, 'fields', requested_fields, 'decided_at', decided_at)
                              ORDER BY decided_at, id)
                     FROM decision
                     WHERE draft_id = draft.id AND undone_at IS NULL
                       AND verdict NOT IN ('uphold', 'overturn')), '[]') AS decisions,
           (SELECT json_build_object('status', status, 'attempts', attempts, 'last_error', last_error,
                                     'hash_mismatch', hash_mismatch)
            FROM execution WHERE draft_id = draft.id) AS execution
    FROM draft WHERE draft.id = ${draftId} AND ${ofAgent(actor.agentId)}`);
  if (!row) throw new CountersignError("not_found", "This agent has no such draft.");
  return {
    ...row,
    created_at: row.created_at.toISOString(),
    due_at: row.due_at?.toISOString() ?? null,
    closed_at: row.closed_at?.toISOString() ?? null,
  };
}
