import { departmentOf } from "@/lib/policy/department-of";
import type { Classification } from "@/lib/policy/evaluate";
import type { ConditionResult } from "@/lib/policy/explain";
import { judgeCheck } from "@/lib/policy-files/check-templates";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";

/**
 * Judges a check's payload, edited or not, by the facts that it was seeded with: no system knows what it is about, and
 * looking its facts up would give it away.
 */
export function classifyCheck(
  policy: LoadedPolicy,
  handling: Classification,
  payload: unknown,
): { classification: Classification; department: string | null } {
  const then = new Map<string, ConditionResult>(
    handling.conditions.map((condition) => [condition.fact, condition]),
  );
  const factOf = (name: string) => {
    const known = then.get(name);
    return known?.source == null
      ? undefined
      : { value: known.actual, source: known.source, ...(known.at ? { at: known.at } : {}) };
  };
  const facts = Object.fromEntries([...then.keys()].map((name) => [name, factOf(name)]));
  return {
    classification: judgeCheck(policy, payload, factOf),
    department: departmentOf(policy.policy, facts),
  };
}
