import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { heldWhat } from "./held-what";

/** A hold in force: on an agent, or on an action type (all of it when `rule` is null). */
export interface OpenHold {
  id: string;
  actionType: string | null;
  rule: string | null;
  /** What is held back, in words. */
  what: string;
  reason: string;
}

const MOST = 500;

/** The holds in force now, the newest first: what the inbox and the policies say of them. */
export async function listOpenHolds(ctx: Context): Promise<OpenHold[]> {
  requirePermission(ctx.actor, "organisation.read");
  const rows = await ctx.db.rows<{
    id: string;
    action_type: string | null;
    agent_name: string | null;
    rule: string | null;
    reason: string;
  }>(sql`
    SELECT hold.id, hold.action_type, agent.name AS agent_name, hold.rule, hold.reason
    FROM hold LEFT JOIN agent ON agent.id = hold.agent_id
    WHERE hold.released_at IS NULL AND (hold.ends_at IS NULL OR hold.ends_at > ${ctx.now()})
    ORDER BY hold.placed_at DESC, hold.id DESC LIMIT ${MOST}`);
  return rows.map(({ id, action_type: actionType, agent_name: agentName, rule, reason }) => ({
    id,
    actionType,
    rule,
    reason,
    what: heldWhat(ctx.policies, { agentName, actionType, rule }),
  }));
}
