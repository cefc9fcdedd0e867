import { randomInt } from "node:crypto";
import type { Context, SystemActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { drawShare } from "@/lib/trust/draw-share";
import { seedCheck } from "./seed-check";

/** A draft of an agent that has come to the batch queue: a check may join it, under its agent's name. */
export interface Arrival {
  id: string;
  action_type: string;
  rule: string;
}

const MOST = 1_000;
/** A transaction takes a moment to commit what it dated before. */
const SETTLES_MS = 5_000;

/**
 * Mixes checks into the batch queue: for each draft that has come there since the last time a lot is drawn, and where it
 * falls, one is seeded beside it. Checks come with the traffic, so nobody who has little to decide gets many, and no
 * number of decisions without one says that the next is due. Any number of workers may run it at once. Resolves to how
 * many were seeded.
 */
export async function seedChecks(ctx: Context<SystemActor>): Promise<number> {
  const types = [...ctx.policies.values()].filter(({ checks }) => checks?.length);
  const setting = await ctx.db.row<{ per_hundred: number; seen_until: Date | null }>(
    sql`SELECT per_hundred, seen_until FROM check_setting WHERE per_hundred > 0`,
  );
  if (!setting || types.length === 0) return 0;
  const since = setting.seen_until ?? ctx.now();
  const until = new Date(Math.max(ctx.now().getTime() - SETTLES_MS, since.getTime()));
  const arrivals = await ctx.db.rows<Arrival>(sql`
    SELECT draft.id, draft.action_type, classification.rule
    FROM draft JOIN classification ON classification.id = draft.classification_id
    WHERE draft.action_type = ANY (${types.map(({ actionType }) => actionType)}::text[])
      AND draft.created_at > ${since} AND draft.created_at <= ${until}
      AND draft.status = 'pending' AND draft.route = 'batch_review' AND draft.origin = 'agent'
    ORDER BY draft.created_at LIMIT ${MOST}`);
  const mine = await ctx.db.run(sql`
    UPDATE check_setting SET seen_until = ${until} WHERE per_hundred > 0 AND seen_until IS NOT DISTINCT FROM ${setting.seen_until}`);
  if (mine === 0) return 0;
  let seeded = 0;
  for (const arrival of arrivals) {
    if (drawShare(setting.per_hundred / 100) && (await seedCheck(ctx, arrival, randomInt))) seeded += 1;
  }
  return seeded;
}
