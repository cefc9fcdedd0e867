import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { policyAt } from "@/lib/policy/apply-lease";
import type { LoadedPolicies, LoadedPolicy } from "@/lib/policy-files/load-policies";
import { columnsOf } from "./columns";
import { recallCases } from "./recall-cases";
import { type Backtest, replayPolicies } from "./replay-policies";

export interface BacktestQuestion {
  /** The policy in force, or whatever the candidate is to be compared with. */
  baseline: LoadedPolicy;
  candidate: LoadedPolicy;
  /** Drafts submitted from `since` until before `until`, the moment that the policies are compared at. */
  since: Date;
  until: Date;
  includeImported?: boolean;
}

/**
 * Replays the past drafts of an action type under a candidate policy. Reads only; whoever calls it has checked that the
 * asker may know. `since` in the answer is later than asked where there were more drafts than are looked at.
 */
export async function backtestPolicy(
  ctx: { db: Queryable; policies: LoadedPolicies },
  { baseline, candidate, since, until, includeImported = false }: BacktestQuestion,
): Promise<Backtest & { since: Date; until: Date }> {
  const columns = columnsOf([candidate, baseline]);
  const [past, agentNames] = await Promise.all([
    recallCases(ctx, { policy: candidate, columns, since, until }),
    readAgentNames(ctx.db),
  ]);
  // What ran by itself under a lease that is over waits for people now, and would newly run if it were let to again.
  const now = (policy: LoadedPolicy) => ({ ...policy, policy: policyAt(policy.policy, until) });
  const backtest = replayPolicies(past, now(baseline), now(candidate), { includeImported, agentNames });
  return { ...backtest, since: past.since, until };
}

const MOST_AGENTS = 10_000;

/** What the agents are called, by id. */
export async function readAgentNames(db: Queryable): Promise<Map<string, string>> {
  const rows = await db.rows<{ id: string; name: string }>(
    sql`SELECT id, name FROM agent ORDER BY id LIMIT ${MOST_AGENTS}`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
