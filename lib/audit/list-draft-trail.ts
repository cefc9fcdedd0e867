import { disguised, findDisguise } from "@/lib/checks/disguise";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { TrailEntry } from "@/lib/drafts/types";
import { CountersignError } from "@/lib/errors";
import type { AuditVerb } from "./record-event";

export interface TrailRow {
  id: string;
  verb: AuditVerb;
  occurred_at: Date;
  event: Record<string, unknown> & { actor: { kind: string; id: string } };
  actor_name: string | null;
}

/** A draft's events are few; this bounds a page all the same. */
const MOST = 500;

/** The trail of one draft, oldest first, for people who may read it. @throws CountersignError `not_found`. */
export async function listDraftTrail(ctx: Context, draftId: string): Promise<TrailEntry[]> {
  if (ctx.actor.kind !== "person")
    throw new CountersignError("forbidden", "The trail is for signed-in people.");
  const { actor } = ctx;
  const rows = await ctx.db.rows<TrailRow>(sql`
    SELECT audit_event.id::text, audit_event.verb, audit_event.occurred_at, audit_event.event,
           coalesce(person.name, agent.name, api_key.name) AS actor_name
    FROM audit_event
    LEFT JOIN person ON person.id = audit_event.event->'actor'->>'id'
    LEFT JOIN agent ON agent.id = audit_event.event->'actor'->>'id'
    LEFT JOIN api_key ON api_key.id = audit_event.event->'actor'->>'id'
    WHERE audit_event.draft_id = ${draftId} ORDER BY audit_event.id LIMIT ${MOST}`);
  if (rows.length === 0) throw new CountersignError("not_found", "There is no such draft.");
  const disguise = rows.some(({ verb }) => verb === "draft.check_seeded")
    ? await findDisguise(ctx.db, draftId, actor)
    : null;
  return rows
    .map((row) => (disguise ? disguised(row, disguise) : row))
    .map((row) => ({
      id: row.id,
      verb: row.verb,
      occurredAt: row.occurred_at.toISOString(),
      actor: row.actor_name ?? (row.event.actor.kind === "system" ? "Countersign" : row.event.actor.id),
      sentence: sentenceOf(row.verb, row.event),
      event: row.event,
    }));
}

/** What happened, as a person would say it. */
function sentenceOf(verb: AuditVerb, event: Record<string, unknown>): string {
  const text = (key: string) => String(event[key] ?? "");
  switch (verb) {
    case "draft.submitted":
      return `submitted the draft: ${text("tier")} tier by rule “${text("rule")}”, ${text("status")}`;
    case "draft.imported": {
      const on = text("decided_at").slice(0, 10);
      return `brought it in from before: ${text("outcome").replace("_", " ")} on ${on}`;
    }
    case "draft.blocked":
      return "stopped the action: a hard block holds";
    case "draft.approved":
      return "approved it";
    case "draft.approval_added":
      return `approved it; ${text("approvals_missing")} more needed`;
    case "draft.edited": {
      const moved = event.moved_to as { approver_rule?: string } | undefined;
      return moved ? `edited it; it goes on to ${moved.approver_rule}` : "edited and approved it";
    }
    case "draft.rejected":
      return "rejected it";
    case "draft.held_back":
      return "held it back to review";
    case "draft.decision_undone":
      return "took the approval back";
    case "draft.upheld":
      return "looked at it afterwards, and upheld it";
    case "draft.overturned":
      return "looked at it afterwards, and overturned it";
    case "draft.changes_requested":
      return "asked for changes";
    case "draft.escalated":
      return `nobody decided in time: escalated to ${text("to")}`;
    case "draft.expired":
      return "nobody decided in time: denied";
    case "draft.withdrawn":
      return "withdrew the draft";
    case "draft.check_seeded":
      return "mixed it in as a check: it ought to be rejected";
    case "draft.check_caught":
      return event.verdict === "reject"
        ? "rejected it: the check was caught"
        : "asked for changes: the check was caught";
    case "draft.check_missed":
      return "approved it: the check was missed, and nothing was carried out";
    case "draft.check_withdrawn":
      return "took the check back: nobody decided it in time";
    case "draft.put_before_people":
      return "asked for a look at it afterwards";
    case "draft.decision_denied":
      return `was refused a decision (${text("verdict")})`;
    case "example.withdrawn":
      return "took it out of what prompts and precedents learn from";
    case "example.restored":
      return "put it back into what prompts and precedents learn from";
    case "execution.started":
      return "started the execution";
    case "execution.claimed":
      return "claimed the execution";
    case "execution.succeeded":
      return "executed the decided payload";
    case "execution.failed":
      return "could not execute it";
    case "execution.mismatched":
      return "ALARM: something else was executed than was decided";
    default:
      return verb;
  }
}
