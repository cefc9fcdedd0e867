import { titleOf } from "@/lib/drafts/title-of";
import { runsBeforeReview } from "@/lib/policy/scrutiny";
import { rateOf } from "../figures/rate";
import { count, policyPath, query, ruleWords } from "./finding-words";
import { figuresOf, hasRule, type QuarterFacts, rulesOf } from "./quarter-facts";
import type { Finding } from "./types";

const OLD_HOLD_DAYS = 30;
const LEASE_AHEAD_DAYS = 30;
/** So many without a single look are worth a sample. */
const MANY_UNLOOKED = 50;
const DAY_MS = 86_400_000;

/** What runs by itself, and what is held back: overturned rules, leases that end, old holds, and rules nobody looks at. */
export const findRunning = (facts: QuarterFacts) => ({
  overturned: overturnedRules(facts),
  leases: endingLeases(facts),
  holds: oldHolds(facts),
  unlooked: unlookedRules(facts),
});

function overturnedRules({ policies, overturned, holds }: QuarterFacts): Finding[] {
  return overturned
    .filter((each) => each.overturned > 0)
    .map(({ actionType, rule, overturned: wrong, upheld }) => {
      const hold = holds.find(
        (each) => each.actionType === actionType && (each.rule === rule || each.rule === null),
      );
      const what = ruleWords(titleOf(policies.get(actionType), actionType), rule);
      return {
        id: `overturned:${actionType}:${rule}`,
        kind: "overturned" as const,
        what,
        sentence: `People overturned ${wrong.toLocaleString("en-US")} of the ${count(wrong + upheld, "sample")} they looked at. ${
          hold
            ? "It is held back to review."
            : hasRule(policies, actionType, rule)
              ? "Nothing holds it back any more: somebody released it."
              : "The policy has no such rule any more."
        }`,
        rate: rateOf(wrong, wrong + upheld),
        todo: hold
          ? { label: "See what else ran under it", href: `/organisation/holds/${hold.id}` }
          : { label: "Look at the policy", href: policyPath(actionType) },
      };
    });
}

function endingLeases({ policies, now }: QuarterFacts): Finding[] {
  return rulesOf(policies).flatMap(({ actionType, title, rule }): Finding[] => {
    if (!rule.lease) return [];
    const { until, promotion } = rule.lease;
    const left = Math.ceil((Date.parse(until) + DAY_MS - now.getTime()) / DAY_MS);
    if (left > LEASE_AHEAD_DAYS) return [];
    return [
      {
        id: `lease:${actionType}:${rule.name}:${until}`,
        kind: "lease",
        what: ruleWords(title, rule.name),
        sentence:
          left > 0
            ? `Its permission to run by itself ends on ${until}. People decide all of it again from then on, unless it is promoted anew.`
            : `Its permission to run by itself ended on ${until}. People decide all of it now.`,
        rate: null,
        todo: promotion
          ? { label: "Look at its promotion", href: `/insights/promotions/${encodeURIComponent(promotion)}` }
          : { label: "Promote it anew", href: `/insights/promotions/new?${query({ type: actionType })}` },
      },
    ];
  });
}

const oldHolds = ({ holds }: QuarterFacts): Finding[] =>
  holds
    .filter(({ days }) => days > OLD_HOLD_DAYS)
    .map(({ id, what, days }) => ({
      id: `hold:${id}`,
      kind: "hold" as const,
      what,
      sentence: `Held back to review for ${days.toLocaleString("en-US")} days. If the reason is gone, release it; if it has come to stay, change the policy.`,
      rate: null,
      todo: { label: "Look at the hold", href: `/organisation/holds/${id}` },
    }));

function unlookedRules({ policies, rules }: QuarterFacts): Finding[] {
  return rulesOf(policies).flatMap(({ actionType, title, rule }): Finding[] => {
    const now = figuresOf(rules, actionType, rule.name);
    if (!now || !runsBeforeReview(rule.route) || now.automatic < MANY_UNLOOKED) return [];
    if (now.samples.upheld + now.samples.overturned > 0) return [];
    const chosen = now.samples.chosen;
    return [
      {
        id: `unlooked:${actionType}:${rule.name}`,
        kind: "unlooked",
        what: ruleWords(title, rule.name),
        sentence: `${count(now.automatic, "draft")} ran by themselves, and nobody looked at one afterwards${chosen > 0 ? `, although ${chosen.toLocaleString("en-US")} were chosen for it` : ""}.`,
        rate: null,
        todo:
          chosen > 0
            ? { label: "Look at those that wait", href: "/inbox?queue=after" }
            : {
                label: "Give its rule a sample_review",
                href: policyPath(actionType),
              },
      },
    ];
  });
}
