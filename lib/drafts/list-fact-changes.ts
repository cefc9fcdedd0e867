import type { Context } from "@/lib/context";
import type { ConditionResult } from "@/lib/policy/explain";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { classify } from "./classify";
import type { DraftUnderDecision } from "./load-for-decision";
import type { FactChange } from "./types";

/** The facts the classification looked at that have another value now, or are known by now, or no longer. */
export async function listFactChanges(
  ctx: Context,
  policy: LoadedPolicy,
  { row, payload }: DraftUnderDecision,
): Promise<FactChange[]> {
  const { classification } = await classify(ctx, ctx.db, policy, {
    payload,
    subject: { type: row.subject_type, id: row.subject_id },
    agentId: row.agent_id,
    excludeDraftId: row.id,
  });
  const then = byFact(row.handling.conditions);
  const changes: FactChange[] = [];
  for (const [fact, { actual, source }] of byFact(classification.conditions)) {
    const before = then.get(fact);
    if (!before || canonicalJson(before.actual) === canonicalJson(actual)) continue;
    changes.push({ fact, before: before.actual, now: actual, source });
  }
  return changes;
}

const byFact = (conditions: readonly ConditionResult[]) =>
  new Map(conditions.map((condition) => [condition.fact, condition]));
