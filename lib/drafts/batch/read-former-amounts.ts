import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { FormerAmounts } from "./find-outliers";
import { spreadOf } from "./measure-distance";

const DAYS = 90;
/** Of one action type; what falls under other rules among them is left out. */
const MOST_READ = 1000;

/** What was approved under a rule in the last 90 days is usually about: the latest of it, by currency. */
export async function readFormerAmounts(
  ctx: Context,
  group: { actionType: string; rule: string },
): Promise<FormerAmounts> {
  const rows = await ctx.db.rows<{ currency: string | null; amounts: number[] }>(sql`
    SELECT latest.currency, array_agg(latest.amount::float8) AS amounts
    FROM (SELECT amount, currency, status,
                 (SELECT rule FROM classification WHERE id = draft.classification_id) AS rule
          FROM draft
          WHERE action_type = ${group.actionType} AND decided_at IS NOT NULL
            AND decided_at > ${ctx.now()}::timestamptz - make_interval(days => ${DAYS})
          ORDER BY decided_at DESC, id DESC LIMIT ${MOST_READ}) AS latest
    WHERE latest.amount IS NOT NULL AND latest.status IN ('approved', 'executing', 'executed', 'failed')
      AND latest.rule = ${group.rule}
    GROUP BY latest.currency`);
  return new Map(rows.map(({ currency, amounts }) => [currency, spreadOf(amounts)!]));
}
