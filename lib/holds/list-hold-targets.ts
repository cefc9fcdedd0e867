import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { titleOf } from "@/lib/drafts/title-of";
import { runsBeforeReview } from "@/lib/policy/scrutiny";

/** What can be held back: action types with the rules that run by themselves, and agents. */
export interface HoldTargets {
  actionTypes: { actionType: string; title: string; automaticRules: string[] }[];
  agents: { id: string; name: string }[];
}

/** Everything that somebody may hold back to review; disabled agents, whose keys are stopped anyway, left out. */
export async function listHoldTargets(ctx: Context): Promise<HoldTargets> {
  requirePermission(ctx.actor, "hold.write");
  const agents = await ctx.db.rows<{ id: string; name: string }>(
    sql`SELECT id, name FROM agent WHERE disabled_at IS NULL ORDER BY name`,
  );
  const actionTypes = [...ctx.policies.values()].map(({ actionType, policy }) => ({
    actionType,
    title: titleOf(ctx.policies.get(actionType), actionType),
    automaticRules: policy.rules.filter(({ route }) => runsBeforeReview(route)).map(({ name }) => name),
  }));
  return { actionTypes, agents };
}
