import { titleOf } from "@/lib/drafts/title-of";
import type { LoadedPolicies } from "@/lib/policy-files/load-policies";
import { cleanDecisionsNeeded, upperBound } from "../backtest/upper-bound";
import { rateOf } from "../figures/rate";
import type { FigureRow, Figures } from "../figures/types";
import { limitWords, percent } from "../promotion/describe-promotion";
import { count, query, ruleWords } from "./finding-words";
import { figuresOf, type QuarterFacts, reviewedRules } from "./quarter-facts";
import type { Finding } from "./types";

/** What a rule may get wrong and still run by itself, as the promotion wizard begins with. */
const TOLERANCE = 0.05;

/** What people always approve, and may run by itself: whole rules, then parts of rules. */
export const findPromotable = (facts: QuarterFacts): Finding[] => [
  ...promotableRules(facts),
  ...partlyPromotable(facts),
];

const ENOUGH = cleanDecisionsNeeded({ wrong: 0, decided: 0 }, TOLERANCE) ?? 0;

const wrongOf = (now: Figures) => now.edited + now.rejected + now.changesRequested;
const isPromotable = (now: Figures) =>
  now.reviewed >= ENOUGH && upperBound(wrongOf(now), now.reviewed) < TOLERANCE;

/** The action types with a rule that people decide often enough, and not always as proposed: part of it may be. */
export const typesWithParts = (policies: LoadedPolicies, rules: readonly FigureRow[] | null): Set<string> =>
  new Set(
    reviewedRules(policies, rules)
      .filter(({ now }) => now.reviewed >= ENOUGH && !isPromotable(now))
      .map(({ actionType }) => actionType),
  );

function partlyPromotable({ policies, rules, partly }: QuarterFacts): Finding[] {
  return partly.flatMap(({ actionType, rule, limit, currency, within, decided, bound }): Finding[] => {
    const now = figuresOf(rules, actionType, rule.name);
    if (!limit || bound === null || (now && isPromotable(now))) return [];
    const unit = limit.fact === "amount" && currency ? ` ${currency}` : "";
    return [
      {
        id: `promotable_part:${actionType}:${rule.name}`,
        kind: "promotable_part",
        what: ruleWords(titleOf(policies.get(actionType), actionType), rule.name),
        sentence: `With ${limitWords(limit)}${unit}, people decided ${within.toLocaleString("en-US")} of ${count(decided, "draft")}: with 95% confidence fewer than ${percent(bound)} of such drafts are wrong. That part may be ready to run by itself.`,
        rate: null,
        todo: {
          label: "See what may be promoted",
          href: `/insights/promotions/new?${query({ type: actionType, rule: rule.name })}`,
        },
      },
    ];
  });
}

function promotableRules({ policies, rules }: QuarterFacts): Finding[] {
  return reviewedRules(policies, rules).flatMap(({ actionType, title, rule, now }): Finding[] => {
    if (!isPromotable(now)) return [];
    const wrong = wrongOf(now);
    const bound = upperBound(wrong, now.reviewed);
    const times =
      wrong === 0
        ? `all ${now.reviewed.toLocaleString("en-US")} as they were`
        : `${(now.reviewed - wrong).toLocaleString("en-US")} of ${now.reviewed.toLocaleString("en-US")} as they were`;
    return [
      {
        id: `promotable:${actionType}:${rule.name}`,
        kind: "promotable",
        what: ruleWords(title, rule.name),
        sentence: `People approved ${times}. With 95% confidence fewer than ${percent(bound)} of such drafts are wrong: some of it may be ready to run by itself.`,
        rate: rateOf(now.reviewed - wrong, now.reviewed),
        todo: {
          label: "See what may be promoted",
          href: `/insights/promotions/new?${query({ type: actionType, rule: rule.name })}`,
        },
      },
    ];
  });
}
