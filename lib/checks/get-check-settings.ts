import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { titleOf } from "@/lib/drafts/title-of";
import type { Instant } from "@/lib/drafts/types";

/** Whether checks are mixed in, and what there is to make them of. */
export interface CheckSettings {
  /** For so many of a hundred drafts that come to the batch queue one is added; 0 is off. */
  perHundred: number;
  version: number;
  changedBy: string | null;
  changedAt: Instant | null;
  /** The action types whose folder has a checks.json. */
  types: { actionType: string; title: string; templates: number }[];
}

/** How checks of attention are set. @throws CountersignError `forbidden`. */
export async function getCheckSettings(ctx: Context): Promise<CheckSettings> {
  requirePermission(ctx.actor, "insights.read");
  const row = (await ctx.db.row<{
    per_hundred: number;
    version: number;
    name: string | null;
    changed_at: Date | null;
  }>(sql`
    SELECT per_hundred, check_setting.version, person.name, changed_at
    FROM check_setting LEFT JOIN person ON person.id = changed_by_id`))!;
  return {
    perHundred: row.per_hundred,
    version: row.version,
    changedBy: row.name,
    changedAt: row.changed_at?.toISOString() ?? null,
    types: [...ctx.policies.values()]
      .filter(({ checks }) => checks?.length)
      .map((policy) => ({
        actionType: policy.actionType,
        title: titleOf(policy, policy.actionType),
        templates: policy.checks!.length,
      })),
  };
}
