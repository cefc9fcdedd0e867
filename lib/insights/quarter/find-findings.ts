import { titleOf } from "@/lib/drafts/title-of";
import type { CompiledRule } from "@/lib/policy/compile-policy";
import { runsBeforeReview } from "@/lib/policy/scrutiny";
import type { LoadedPolicies } from "@/lib/policy-files/load-policies";
import type { PersonAttention } from "../attention/types";
import { cleanDecisionsNeeded, upperBound } from "../backtest/upper-bound";
import { FEW_CASES, rateOf } from "../figures/rate";
import type { FigureRow, Figures } from "../figures/types";
import { limitWords } from "../promotion/describe-promotion";
import type { Candidate } from "../promotion/list-candidates";
import type { Finding } from "./types";

/** What findings are made of. Figures are null for as long as they are prepared. */
export interface QuarterFacts {
  policies: LoadedPolicies;
  now: Date;
  rules: readonly FigureRow[] | null;
  agents: readonly FigureRow[] | null;
  /** Rules of which a part is always approved, by what wizard and backtest find. */
  partly: readonly Pick<
    Candidate,
    "actionType" | "rule" | "limit" | "currency" | "within" | "decided" | "bound"
  >[];
  attention: readonly PersonAttention[];
  unassigned: readonly { actionType: string; agentName: string; submissions: number }[];
  overturned: readonly { actionType: string; rule: string; overturned: number; upheld: number }[];
  holds: readonly {
    id: string;
    what: string;
    actionType: string | null;
    rule: string | null;
    days: number;
  }[];
}

/** What a rule may get wrong and still run by itself, as the promotion wizard begins with. */
export const TOLERANCE = 0.05;
const OLD_HOLD_DAYS = 30;
const LEASE_AHEAD_DAYS = 30;
const OFTEN_LAPSED = 0.05;
const OFTEN_REFUSED = 0.2;
const OFTEN_OVERTURNED = 0.1;
/** So many without a single look are worth a sample. */
const MANY_UNLOOKED = 50;
const DAY_MS = 86_400_000;

/**
 * What a quarter asks somebody to do, the most pressing first. A share is spoken of once its interval leaves no doubt: of
 * fewer than twenty cases none is.
 */
export function findFindings(facts: QuarterFacts): Finding[] {
  return [
    ...overturnedRules(facts),
    ...endingLeases(facts),
    ...oldHolds(facts),
    ...unassignedTypes(facts),
    ...promotableRules(facts),
    ...partlyPromotable(facts),
    ...unlookedRules(facts),
    ...lapsingRules(facts),
    ...refusedAgents(facts),
    ...disagreeingPeople(facts),
    ...unusedRules(facts),
  ];
}

const count = (many: number, one: string, more = `${one}s`) =>
  `${many.toLocaleString("en-US")} ${many === 1 ? one : more}`;
const percent = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`;
const ruleWords = (title: string, rule: string) => `${title}, rule “${rule}”`;
const query = (entries: Record<string, string>) => new URLSearchParams(entries).toString();
const typePath = (actionType: string) => `/insights/types/${encodeURIComponent(actionType)}`;

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
          : { label: "Look at the policy", href: `/organisation/policies/${encodeURIComponent(actionType)}` },
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

const unassignedTypes = ({ unassigned, policies }: QuarterFacts): Finding[] =>
  unassigned
    .filter(({ actionType }) => !policies.has(actionType))
    .map(({ actionType, agentName, submissions }) => ({
      id: `unassigned:${actionType}`,
      kind: "unassigned" as const,
      what: actionType,
      sentence: `Agents asked for it ${count(submissions, "time")}, ${agentName} last, and were refused: no policy covers it.`,
      rate: null,
      todo: { label: "See what was asked for, and write a policy", href: "/organisation/policies" },
    }));

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
        sentence: `With ${limitWords(limit)}${unit}, people decided ${within.toLocaleString("en-US")} of ${count(decided, "draft")}: with 95 % confidence fewer than ${percent(bound)} of such drafts are wrong. That part may be ready to run by itself.`,
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
        sentence: `People approved ${times}. With 95 % confidence fewer than ${percent(bound)} of such drafts are wrong: some of it may be ready to run by itself.`,
        rate: rateOf(now.reviewed - wrong, now.reviewed),
        todo: {
          label: "See what may be promoted",
          href: `/insights/promotions/new?${query({ type: actionType, rule: rule.name })}`,
        },
      },
    ];
  });
}

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
                href: `/organisation/policies/${encodeURIComponent(actionType)}`,
              },
      },
    ];
  });
}

function lapsingRules({ policies, rules }: QuarterFacts): Finding[] {
  return (rules ?? []).flatMap(({ actionType, title, rule, now }): Finding[] => {
    const asked = now.reviewed + now.lapsed + now.withdrawn;
    const rate = rateOf(now.breached, asked);
    if (!rate || asked < FEW_CASES || rate.low <= OFTEN_LAPSED || !policies.has(actionType)) return [];
    return [
      {
        id: `lapses:${actionType}:${rule}`,
        kind: "lapses",
        what: ruleWords(title, rule ?? ""),
        sentence: `${count(now.breached, "draft")} of ${asked.toLocaleString("en-US")} ${now.breached === 1 ? "was" : "were"} not decided in time: ${count(now.lapsed, "one", "of them")} expired, the others went on to somebody else.`,
        rate,
        todo: { label: "See where it waits", href: "/insights/bottlenecks" },
      },
    ];
  });
}

function refusedAgents({ agents }: QuarterFacts): Finding[] {
  return (agents ?? []).flatMap(({ actionType, title, agent, now }): Finding[] => {
    const wrong = now.rejected + now.changesRequested;
    const rate = rateOf(wrong, now.reviewed);
    if (!agent || !rate || rate.of < FEW_CASES || rate.low <= OFTEN_REFUSED) return [];
    return [
      {
        id: `refused_agent:${actionType}:${agent.id}`,
        kind: "refused_agent",
        what: `${agent.name}, ${title}`,
        sentence: `People rejected ${now.rejected.toLocaleString("en-US")}${now.changesRequested > 0 ? ` and sent ${now.changesRequested.toLocaleString("en-US")} back,` : ""} of the ${now.reviewed.toLocaleString("en-US")} they decided. What it is told, or what it is asked for, wants a look.`,
        rate,
        todo: { label: "See why they were refused", href: typePath(actionType) },
      },
    ];
  });
}

const disagreeingPeople = ({ attention }: QuarterFacts): Finding[] =>
  attention.flatMap(({ person, total: { overturned } }): Finding[] => {
    if (!overturned || overturned.of < FEW_CASES || overturned.low <= OFTEN_OVERTURNED) return [];
    return [
      {
        id: `disagreement:${person.id}`,
        kind: "disagreement",
        what: person.name,
        sentence: `Overturned ${overturned.count.toLocaleString("en-US")} of the ${count(overturned.of, "sample")} they looked at. Either the rules let too much run, or they and the policy differ: talk it through.`,
        rate: overturned,
        todo: {
          label: "See their figures",
          href: `/insights/attention/people/${encodeURIComponent(person.id)}?days=90`,
        },
      },
    ];
  });

function unusedRules({ policies, rules }: QuarterFacts): Finding[] {
  if (!rules) return [];
  return rulesOf(policies).flatMap(({ actionType, title, rule }): Finding[] => {
    const ofType = rules.filter((row) => row.actionType === actionType);
    const decided = ofType.reduce((sum, { now }) => sum + now.decided, 0);
    const own = ofType.find((row) => row.rule === rule.name);
    if (decided < FEW_CASES || (own && own.now.decided + own.queue.waiting > 0)) return [];
    return [
      {
        id: `unused:${actionType}:${rule.name}`,
        kind: "unused",
        what: ruleWords(title, rule.name),
        sentence: `None of ${count(decided, "draft")} of its action type fell under it. If none ever should, take it out of the policy.`,
        rate: null,
        todo: {
          label: "Look at the policy",
          href: `/organisation/policies/${encodeURIComponent(actionType)}`,
        },
      },
    ];
  });
}

const hasRule = (policies: LoadedPolicies, actionType: string, rule: string): boolean =>
  policies.get(actionType)?.policy.rules.some(({ name }) => name === rule) ?? false;

/** Every rule of the policies in force. */
const rulesOf = (policies: LoadedPolicies) =>
  [...policies.values()].flatMap((policy) =>
    policy.policy.rules.map((rule: CompiledRule) => ({
      actionType: policy.actionType,
      title: titleOf(policy, policy.actionType),
      rule,
    })),
  );

/** The rules that put drafts before people, with their figures. */
const reviewedRules = (policies: LoadedPolicies, rules: readonly FigureRow[] | null) =>
  rulesOf(policies).flatMap((each) => {
    const now = figuresOf(rules, each.actionType, each.rule.name);
    const isReviewed = each.rule.tier !== "prohibited" && !runsBeforeReview(each.rule.route);
    return now && isReviewed ? [{ ...each, now }] : [];
  });

const figuresOf = (
  rules: readonly FigureRow[] | null,
  actionType: string,
  rule: string,
): Figures | undefined => rules?.find((row) => row.actionType === actionType && row.rule === rule)?.now;
