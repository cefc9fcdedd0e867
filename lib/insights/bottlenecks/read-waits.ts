import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { waitedForPeople } from "./read-lapses";
import type { Waits } from "./waits";

/** When drafts waited for some approver rules in a stretch of time, by rule; those that wait still are among them. */
export async function readWaits(
  ctx: Pick<Context, "db">,
  { rules, from, until }: { rules: string[]; from: Date; until: Date },
): Promise<Map<string, Waits>> {
  if (rules.length === 0) return new Map();
  const rows = await ctx.db.rows<Waits & { rule: string }>(sql`
    SELECT rule, array_agg(extract(epoch FROM began)::float8) AS from, array_agg(extract(epoch FROM ended)::float8) AS until
    FROM (
      SELECT approver_rule AS rule, created_at AS began, decided_at AS ended
      FROM (${waitedForPeople({ from, until })}) AS waited WHERE approver_rule = ANY (${rules}::text[])
      UNION ALL
      SELECT approver_rule, coalesce(waiting_since, created_at), ${until}::timestamptz FROM draft
      WHERE status = 'pending' AND origin = 'agent' AND approver_rule = ANY (${rules}::text[])
    ) AS waits GROUP BY rule`);
  return new Map(rows.map(({ rule, ...waits }) => [rule, waits]));
}
