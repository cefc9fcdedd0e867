import type { Context } from "@/lib/context";
import { fetchFacts } from "@/lib/facts/fetch-facts";
import type { ConditionResult } from "@/lib/policy/explain";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { classify } from "./classify";
import { isHandledAlike } from "./is-handled-alike";
import type { DraftUnderDecision } from "./load-for-decision";
import type { FactChange } from "./types";

/** A screen waits no longer than this for systems outside; deciding looks everything up again anyway. */
const PATIENCE_MS = 500;

/**
 * The facts the classification looked at that have another value now, or are known by now, or no longer. Computed ones
 * are told of only where the policy would handle the draft otherwise by now.
 */
export async function listFactChanges(
  ctx: Context,
  policy: LoadedPolicy,
  { row, payload }: DraftUnderDecision,
): Promise<FactChange[]> {
  const fetched = await within(PATIENCE_MS, fetchFacts(ctx, policy, { payload }));
  const { classification } = await classify(ctx, ctx.db, policy, {
    payload,
    subject: { type: row.subject_type, id: row.subject_id },
    agentId: row.acting_agent_id,
    excludeDraftId: row.id,
    fetched: fetched ?? undefined,
  });
  const then = byFact(row.handling.conditions);
  const isSame = isHandledAlike(classification, row.handling);
  const changes: FactChange[] = [];
  for (const [fact, { actual, source }] of byFact(classification.conditions)) {
    const before = then.get(fact);
    if (isSame && policy.factSources[fact]?.kind === "computed") continue;
    if (fetched === null && policy.factSources[fact]?.kind === "http") continue;
    if (!before || canonicalJson(before.actual) === canonicalJson(actual)) continue;
    changes.push({ fact, before: before.actual, now: actual, source });
  }
  return changes;
}

/** The promise's value if it comes in time, else null; it goes on, and fills the cache for the next look. */
const within = <Value>(ms: number, promise: Promise<Value>): Promise<Value | null> =>
  Promise.race([promise, new Promise<null>((done) => setTimeout(done, ms, null).unref())]);

const byFact = (conditions: readonly ConditionResult[]) =>
  new Map(conditions.map((condition) => [condition.fact, condition]));
