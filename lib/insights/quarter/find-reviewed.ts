import { FEW_CASES, rateOf } from "../figures/rate";
import { count, policyPath, ruleWords } from "./finding-words";
import { type QuarterFacts, rulesOf } from "./quarter-facts";
import type { Finding } from "./types";

const OFTEN_LAPSED = 0.05;
const OFTEN_REFUSED = 0.2;
const OFTEN_OVERTURNED = 0.1;

/** What people decide, and how: rules whose time runs out, agents they refuse, who overturns much, rules without a use. */
export const findReviewed = (facts: QuarterFacts): Finding[] => [
  ...lapsingRules(facts),
  ...refusedAgents(facts),
  ...disagreeingPeople(facts),
  ...unusedRules(facts),
];

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
        sentence: `${count(now.breached, "draft")} of ${asked.toLocaleString("en-US")} ${now.breached === 1 ? "was" : "were"} not decided in time: ${now.lapsed.toLocaleString("en-US")} expired, the others went on to somebody else.`,
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
        todo: {
          label: "See why they were refused",
          href: `/insights/types/${encodeURIComponent(actionType)}`,
        },
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
          href: policyPath(actionType),
        },
      },
    ];
  });
}
