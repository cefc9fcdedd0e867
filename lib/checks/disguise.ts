import type { TrailRow } from "@/lib/audit/list-draft-trail";
import type { Actor } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

/** Whom a check is shown as drafted by, for as long as it waits. */
export interface Disguise {
  agentId: string;
  agentName: string;
  keyId: string;
  ownerId: string;
}

/** The disguise of a check that waits, before everybody but admins and auditors who decide nothing; else null. */
export async function findDisguise(db: Queryable, draftId: string, actor: Actor): Promise<Disguise | null> {
  const mayKnow =
    actor.kind === "person" &&
    !actor.roles.includes("approver") &&
    actor.roles.some((role) => role === "admin" || role === "auditor");
  if (mayKnow) return null;
  return db.row<Disguise>(sql`
    SELECT agent.id AS "agentId", agent.name AS "agentName", draft.shown_key_id AS "keyId", agent.owner_id AS "ownerId"
    FROM draft JOIN agent ON agent.id = draft.shown_agent_id
    WHERE draft.id = ${draftId} AND draft.origin = 'check' AND draft.status = 'pending'`);
}

/** An event of a check as that of a draft would read. The trail itself says what it is: this is one reader's view of it. */
export function disguised(row: TrailRow, { agentId, agentName, keyId, ownerId }: Disguise): TrailRow {
  if (row.verb !== "draft.check_seeded") return row;
  const { shown_as: _, template: __, ...event } = row.event;
  const actor = {
    kind: "agent",
    id: agentId,
    key_id: keyId,
    on_behalf_of: ownerId,
    channel: "api",
    ip: null,
  };
  return {
    ...row,
    verb: "draft.submitted",
    event: { ...event, verb: "draft.submitted", actor },
    actor_name: agentName,
  };
}
