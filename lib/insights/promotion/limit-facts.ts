import type { Condition } from "@/lib/policy/condition";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { type Column, columnOf, type PastCase } from "../backtest/past-case";
import { payloadColumns } from "../backtest/payload-columns";

/** A number that a promoted rule may be limited by, and from which side. */
export interface LimitFact {
  name: string;
  at: number;
  direction: "lte" | "gte";
}

/** A value that a promoted rule may ask for besides. */
export interface OnlyWhere {
  name: string;
  at: number;
  value: string | boolean;
}

/** Texts with more different values than this are no kinds. */
const MOST_KINDS = 8;

/**
 * What the rule that is written may look at: facts of the payload and those that trusted systems send. Computed ones are
 * left out, since totals turn on what else is drafted.
 */
function usableColumns(policy: LoadedPolicy, columns: readonly Column[]): { name: string; at: number }[] {
  const own = payloadColumns(policy);
  const named = new Map([
    ...own.map(({ name, source }) => [name, source] as const),
    ...Object.entries(policy.factSources),
  ]);
  return [...named]
    .filter(([, { kind }]) => kind === "payload" || kind === "pushed" || kind === "http")
    .map(([name, source]) => ({ name, at: columnOf(columns, source, policy) }))
    .filter(({ at }, index, all) => at >= 0 && all.findIndex((each) => each.at === at) === index);
}

/** The numbers that are known of nearly all the cases, the amount first. */
export function limitFacts(
  policy: LoadedPolicy,
  columns: readonly Column[],
  cases: readonly PastCase[],
): LimitFact[] {
  const lower = lowerLimited(policy);
  return usableColumns(policy, columns)
    .filter(({ at }) => {
      const known = cases.filter(({ values }) => typeof values[at] === "number").length;
      return known > 0 && known >= cases.length * 0.9;
    })
    .map(({ name, at }): LimitFact => ({ name, at, direction: lower.has(name) ? "gte" : "lte" }))
    .sort((a, b) => Number(b.name === "amount") - Number(a.name === "amount"));
}

/** Facts that the policy asks to be at least something, and never at most: more of them is safer. */
function lowerLimited({ policy }: LoadedPolicy): Set<string> {
  const sides = new Map<string, Set<string>>();
  const visit = (condition: Condition): void => {
    if (condition.kind === "not") visit(condition.part);
    else if (condition.kind !== "fact") for (const part of condition.parts) visit(part);
    else {
      const side = condition.operator.startsWith("g") ? "gte" : "lte";
      sides.set(condition.fact, (sides.get(condition.fact) ?? new Set()).add(side));
    }
  };
  for (const { condition, route } of policy.rules) if (route !== "named_approver") visit(condition);
  return new Set([...sides].filter(([, each]) => each.has("gte") && !each.has("lte")).map(([fact]) => fact));
}

/** The values by which the cases can be told apart: truth values, and texts of which there are few. */
export function kindsIn(
  policy: LoadedPolicy,
  columns: readonly Column[],
  cases: readonly PastCase[],
): OnlyWhere[] {
  return usableColumns(policy, columns).flatMap(({ name, at }) => {
    const values = new Set<unknown>();
    for (const each of cases) {
      const value = each.values[at];
      if (typeof value !== "string" && typeof value !== "boolean") continue;
      values.add(value);
      if (values.size > MOST_KINDS) return [];
    }
    if (values.size < 2) return [];
    return [...values].map((value) => ({ name, at, value: value as string | boolean }));
  });
}
