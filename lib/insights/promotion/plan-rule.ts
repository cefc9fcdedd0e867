import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { isWrong, type PastCase, type PastCases } from "../backtest/past-case";
import { outcomesBy } from "../backtest/replay-policies";
import { cleanDecisionsNeeded } from "../backtest/upper-bound";
import {
  ascending,
  findThreshold,
  type LimitEvidence,
  type Point,
  type ThresholdSearch,
} from "./find-threshold";
import { kindsIn, type LimitFact, limitFacts, type OnlyWhere } from "./limit-facts";

/** A limit that a promoted rule may have, with what speaks for it. */
export interface RuleLimit {
  fact: string;
  direction: "lte" | "gte";
  /** What it asks for besides. */
  only: { fact: string; value: string | boolean } | null;
  search: ThresholdSearch;
}

export interface RulePlan {
  /** Drafts that the reviewed rule would have decided, and how many of them people did. */
  drafts: number;
  decided: number;
  wrong: number;
  /** The loosest limit; null while history does not bear any. */
  chosen: (RuleLimit & { limit: LimitEvidence }) | null;
  /** The best limit on each fact, the one that lets through most first. */
  limits: RuleLimit[];
  /** Where it comes to nothing yet: how many more decisions it takes, if all of them are right. */
  missing: { needed: number | null; at: LimitEvidence | null; by: RuleLimit | null } | null;
}

/** A restriction must let this many times as much through to be worth it. */
const WORTH_A_RESTRICTION = 1.1;

/** Which limits to look at; all when left out. */
export interface PlanWish {
  fact?: string;
}

/**
 * Looks for the loosest rule that the decisions under a reviewed rule bear: a limit on one number, and where that lets more
 * through, one value of one other fact. `past` must have the columns of `columnsOf([policy], payloadColumns(policy))`.
 */
export function planRule(
  past: PastCases,
  policy: LoadedPolicy,
  ruleIndex: number,
  { tolerance, includeImported = false, fact }: { tolerance: number; includeImported?: boolean } & PlanWish,
): RulePlan {
  const outcomeOf = outcomesBy(policy, past);
  const under = past.cases.filter((each) => {
    if (each.imported && !includeImported) return false;
    const { rule, automatic, blocked } = outcomeOf(each.values);
    return rule === ruleIndex && !automatic && !blocked;
  });
  const decided = under.filter(({ outcome }) => outcome !== null);
  const wrong = decided.filter(({ outcome }) => isWrong(outcome!)).length;
  const facts = limitFacts(policy, past.columns, under).filter(
    ({ name }) => fact === undefined || name === fact,
  );
  const kinds = kindsIn(policy, past.columns, decided);
  const limits = facts
    .map((each) => bestOn(each, decided, kinds, tolerance))
    .sort((a, b) => passing(b.search) - passing(a.search));
  const first = limits[0];
  const chosen = first?.search.best ? { ...first, limit: first.search.best } : null;
  return {
    drafts: under.length,
    decided: decided.length,
    wrong,
    chosen,
    limits,
    missing: chosen ? null : missingFor(limits, tolerance),
  };
}

const passing = ({ best }: ThresholdSearch): number => best?.decided ?? 0;

/** The best limit on one fact, alone or with one value of another where that is worth it. */
function bestOn(
  { name, at, direction }: LimitFact,
  decided: readonly PastCase[],
  kinds: readonly OnlyWhere[],
  tolerance: number,
): RuleLimit {
  const numbered = decided.filter(({ values }) => typeof values[at] === "number");
  const points = numbered.map(({ values, outcome }) => ({
    value: values[at] as number,
    wrong: isWrong(outcome!),
    values,
  }));
  const sorted = ascending(points, direction) as (Point & { values: readonly unknown[] })[];
  let best: RuleLimit = { fact: name, direction, only: null, search: findThreshold(sorted, tolerance) };
  for (const kind of kinds) {
    const among = sorted.filter(({ values }) => values[kind.at] === kind.value);
    const search = findThreshold(among, tolerance);
    if (passing(search) <= passing(best.search) * (best.only ? 1 : WORTH_A_RESTRICTION)) continue;
    best = { fact: name, direction, only: { fact: kind.name, value: kind.value }, search };
  }
  return best;
}

/** Of the limits that are not borne yet, the one that takes the fewest clean decisions more. */
function missingFor(limits: readonly RuleLimit[], tolerance: number): NonNullable<RulePlan["missing"]> {
  let fewest: NonNullable<RulePlan["missing"]> = {
    needed: cleanDecisionsNeeded({ wrong: 0, decided: 0 }, tolerance),
    at: null,
    by: null,
  };
  for (const by of limits) {
    const at = by.search.nearest;
    if (!at) continue;
    const needed = cleanDecisionsNeeded(at, tolerance);
    if (needed !== null && (fewest.at === null || needed < (fewest.needed ?? Infinity))) {
      fewest = { needed, at, by };
    }
  }
  return fewest;
}
