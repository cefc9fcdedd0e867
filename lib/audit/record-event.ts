import { createHmac, randomBytes } from "node:crypto";
import type { Actor } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { canonicalJson } from "@/lib/trust/canonical-json";

/** Domain verbs of the trail, in the past tense: what happened, never which table changed. */
export type AuditVerb =
  | "draft.submitted"
  | "draft.imported"
  | "draft.refused"
  | "draft_request.created"
  | "draft_request.cancelled"
  | "draft_request.failed"
  | "draft.blocked"
  | "draft.approved"
  | "draft.approval_added"
  | "draft.edited"
  | "draft.rejected"
  | "draft.changes_requested"
  | "draft.escalated"
  | "draft.expired"
  | "draft.held_back"
  | "draft.decision_undone"
  | "draft.upheld"
  | "draft.overturned"
  | "draft.withdrawn"
  | "draft.check_seeded"
  | "draft.check_caught"
  | "draft.check_missed"
  | "draft.check_withdrawn"
  | "draft.put_before_people"
  | "checks.changed"
  | "quarter.reviewed"
  | "draft.decision_denied"
  | "execution.started"
  | "execution.claimed"
  | "execution.succeeded"
  | "execution.failed"
  | "execution.mismatched"
  | "fact.pushed"
  | "key.created"
  | "key.rotated"
  | "key.revoked"
  | "policy.recorded"
  | "person.created"
  | "person.changed"
  | "group.created"
  | "group.changed"
  | "group.deleted"
  | "department.created"
  | "department.changed"
  | "department.deleted"
  | "approver_rule.created"
  | "approver_rule.changed"
  | "approver_rule.deleted"
  | "schedule.published"
  | "schedule.archived"
  | "schedule.overridden"
  | "schedule.override_cancelled"
  | "absence.entered"
  | "absence.cancelled"
  | "business_hours.changed"
  | "figures.exported"
  | "calendar_feed.created"
  | "calendar_feed.revoked"
  | "example.withdrawn"
  | "example.restored"
  | "hold.placed"
  | "hold.released"
  | "promotion.proposed"
  | "promotion.accepted"
  | "promotion.declined"
  | "promotion.pull_request_opened"
  | "agent.created"
  | "agent.changed";

/** What a verb tells the trail. Personal data stays out: texts people wrote are committed to by salted hash. */
export interface AuditEventInput {
  verb: AuditVerb;
  actor: Actor;
  at: Date;
  draftId?: string | null;
  /** Everything else that an auditor needs; JSON, no undefined values, no free text. */
  details?: Record<string, unknown>;
}

/** The actor as the trail keeps them: who, vouched for by whom, through which credential and channel. */
function actorOf(actor: Actor): Record<string, unknown> {
  switch (actor.kind) {
    case "person":
      return {
        kind: "person",
        id: actor.personId,
        issuer: actor.identity.issuer,
        subject: actor.identity.subject,
        authenticated: actor.authentication,
        channel: actor.channel,
        ip: actor.ip,
      };
    case "key":
      return {
        kind: actor.agentId ? "agent" : "integration",
        id: actor.agentId ?? actor.keyId,
        key_id: actor.keyId,
        on_behalf_of: actor.ownerId,
        channel: actor.channel,
        ip: actor.ip,
      };
    case "system":
      return { kind: "system", id: actor.name };
  }
}

/** The event's RFC 8785 canonical text: these bytes are what the trail hashes and seals. */
export function eventText(input: AuditEventInput): string {
  return canonicalJson({
    v: 1,
    verb: input.verb,
    at: input.at.toISOString(),
    actor: actorOf(input.actor),
    draft_id: input.draftId ?? null,
    ...(input.details ?? {}),
  });
}

/** Appends one event to the trail, inside the caller's transaction. */
export async function recordEvent(tx: Queryable, input: AuditEventInput): Promise<void> {
  await tx.run(sql`
    INSERT INTO audit_event (verb, draft_id, bytes, event, occurred_at)
    SELECT ${input.verb}, ${input.draftId ?? null}, convert_to(t, 'UTF8'), t::jsonb, ${input.at}
    FROM (SELECT ${eventText(input)}::text AS t) AS text`);
}

/** A fresh salt for `commitText`, kept beside the text so that erasing both leaves the trail verifiable. */
export const newSalt = (): string => randomBytes(16).toString("hex");

/** A salted commitment (HMAC-SHA-256, hex) to text that the trail itself must not hold; null for no text. */
export function commitText(salt: string, text: string | null | undefined): string | null {
  return text ? createHmac("sha256", salt).update(text).digest("hex") : null;
}
