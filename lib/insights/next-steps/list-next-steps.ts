import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { leaseEndsAt } from "@/lib/policy/apply-lease";
import type { Figures, QueueFigures } from "../figures/types";

/** Something that waits for somebody to do it, the most pressing first in a list of them. */
export interface NextStep {
  kind: "overdue" | "hold" | "promotion" | "sample" | "unassigned" | "lease";
  /** How many there are. */
  count: number;
  /** What they are, after their number: "drafts are overdue". */
  words: string;
  href: string;
}

const DAY_MS = 86_400_000;
const LATELY_DAYS = 30;
const LEASE_AHEAD_DAYS = 14;

/**
 * What waits to be done beside deciding drafts: for the first page of insights. `figures` and `queue` are those of the
 * page; the rest is counted in tables that stay small.
 * @throws CountersignError `forbidden`.
 */
export async function listNextSteps(
  ctx: Context,
  { figures, queue }: { figures: Figures; queue: QueueFigures },
): Promise<NextStep[]> {
  requirePermission(ctx.actor, "insights.read");
  const now = ctx.now();
  const counted = (await ctx.db.row<{ holds: number; proposed: number; unassigned: number }>(sql`
    SELECT (SELECT count(*)::int FROM hold WHERE released_at IS NULL AND (ends_at IS NULL OR ends_at > ${now})) AS holds,
           (SELECT count(*)::int FROM promotion WHERE status = 'proposed') AS proposed,
           (SELECT count(*)::int FROM unassigned_action_type
            WHERE last_at > ${new Date(now.getTime() - LATELY_DAYS * DAY_MS)}
              AND action_type <> ALL (${[...ctx.policies.keys()]}::text[])) AS unassigned`))!;
  const leases = [...ctx.policies.values()]
    .flatMap(({ policy }) => policy.rules.flatMap(({ lease }) => lease ?? []))
    .map((lease) => leaseEndsAt(lease).getTime() - now.getTime())
    .filter((left) => left > 0 && left < LEASE_AHEAD_DAYS * DAY_MS).length;
  const step = (kind: NextStep["kind"], count: number, one: string, more: string, href: string) => ({
    kind,
    count,
    words: count === 1 ? one : more,
    href,
  });
  return [
    step("overdue", queue.overdue, "draft is overdue", "drafts are overdue", "/insights/bottlenecks"),
    step(
      "hold",
      counted.holds,
      "hold keeps drafts from running",
      "holds keep drafts from running",
      "/organisation/holds",
    ),
    step(
      "promotion",
      counted.proposed,
      "promotion waits for a second person",
      "promotions wait for a second person",
      "/insights/promotions",
    ),
    step(
      "sample",
      figures.samples.waiting,
      "draft that ran by itself waits for a look",
      "drafts that ran by themselves wait for a look",
      "/inbox?queue=after",
    ),
    step(
      "unassigned",
      counted.unassigned,
      "action type has no policy",
      "action types have no policy",
      "/organisation/policies",
    ),
    step(
      "lease",
      leases,
      "permission ends within two weeks",
      "permissions end within two weeks",
      "/insights/promotions",
    ),
  ].filter(({ count }) => count > 0);
}
