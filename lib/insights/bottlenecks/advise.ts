import type { Advice, Bottlenecks, LapsedRule, PersonLoad, RuleGaps, RuleQueue } from "./types";

/** Under so many cases a share says little. */
const FEW = 20;
/** The share of lapses from which on a rule's time, or its people, are too few: its interval lies above. */
const OFTEN = 0.1;
/** One person with more than this share of all decisions, and so many of them. */
const MOST_OF_ALL = 0.5;
const MANY = 50;
const ONLY_THEY = 5;
const MOST = 12;

const RANK: Record<Advice["severity"], number> = { bad: 0, warn: 1, calm: 2 };
const ruleHref = (rule: string): string => `/organisation/rules/${encodeURIComponent(rule)}`;
const count = (many: number, one: string, more = `${one}s`): string => `${many} ${many === 1 ? one : more}`;

/** What to do about each bottleneck, the worst first. */
export function advise(found: Omit<Bottlenecks, "advice">): Advice[] {
  const deciders = found.people.filter(({ decided }) => decided > 0).length;
  return [
    ...found.queues.flatMap(aboutQueue),
    ...found.gaps.flatMap(aboutGaps),
    ...found.lapses.byRule.flatMap(aboutLapses),
    ...found.people.flatMap((load) => aboutPerson(load, deciders)),
  ]
    .sort((one, other) => RANK[one.severity] - RANK[other.severity])
    .slice(0, MOST);
}

function aboutQueue({ rule, waiting, overdue, stuck, asksNobody }: RuleQueue): Advice[] {
  const href = ruleHref(rule);
  if (stuck > 0) {
    return [
      {
        severity: "bad",
        what: `${count(stuck, "draft")} for ${rule} can be decided by too few people now`,
        why: "Whoever the rule asks is away, not on call, or may not decide their own. Add somebody, or a delegate.",
        href,
        link: "Open the rule",
      },
    ];
  }
  if (overdue > 0) {
    return [
      {
        severity: "bad",
        what: `${overdue} of ${count(waiting, "draft")} for ${rule} ${overdue === 1 ? "is" : "are"} overdue`,
        why: "People are there to decide. Ask them, or ask more people by the rule.",
        href,
        link: "Who is asked",
      },
    ];
  }
  if (!asksNobody) return [];
  const why =
    "What waits now is for other amounts. The next draft of these goes up the chain at once, or waits.";
  return [
    { severity: "warn", what: `${rule} asks nobody now for some amounts`, why, href, link: "Open the rule" },
  ];
}

function aboutGaps({ rule, next, hours, waited, schedules, amounts }: RuleGaps): Advice[] {
  const [schedule] = schedules;
  const href = schedule ? `/organisation/on-call/${encodeURIComponent(schedule.id)}` : ruleHref(rule);
  const link = schedule ? `Open the schedule “${schedule.name}”` : "Open the rule";
  const forAmounts = amounts ? ` for amounts ${amounts}` : "";
  if (waited > 0) {
    return [
      {
        severity: next?.isNow ? "bad" : "warn",
        what: `${count(waited, "draft")} waited while ${rule} asked nobody${forAmounts}`,
        why: `${Math.round(hours)} h of the period were not covered. Extend a layer, add an override, or a second name to the rule.`,
        href,
        link,
      },
    ];
  }
  if (!next) return [];
  const what = next.isNow ? `${rule} asks nobody now${forAmounts}` : `${rule} will ask nobody${forAmounts}`;
  const why = next.isNow
    ? "Nothing has waited because of it yet. What comes goes up the chain at once, or waits."
    : "A gap is coming within two weeks. Nothing waits because of it yet.";
  return [{ severity: next.isNow ? "warn" : "calm", what, why, href, link }];
}

function aboutLapses({ title, rule, approverRule, rate, expired }: LapsedRule): Advice[] {
  if (rate.of < FEW || rate.low < OFTEN) return [];
  const share = `${Math.round(100 * rate.share)}%`;
  return [
    {
      severity: expired > 0 ? "bad" : "warn",
      what: `The time runs out on ${share} of ${title}, rule “${rule}”`,
      why: `${rate.count} of ${rate.of}. Ask more people by ${approverRule}, give it a longer SLA in the policy, or let its safe part run by itself.`,
      href: ruleHref(approverRule),
      link: `Open ${approverRule}`,
    },
  ];
}

function aboutPerson({ person, share, decided, onlyThey, isAway }: PersonLoad, deciders: number): Advice[] {
  const href = `/organisation/people/${encodeURIComponent(person.id)}`;
  if (onlyThey >= ONLY_THEY) {
    return [
      {
        severity: "warn",
        what: `${count(onlyThey, "draft")} can be decided by ${person.name} alone`,
        why: "If they are ill tomorrow, these wait. Add a second person to the rule, or a delegate.",
        href,
        link: `What comes to ${person.name}`,
      },
    ];
  }
  if (isAway || deciders < 2 || share <= MOST_OF_ALL || decided < MANY) return [];
  return [
    {
      severity: "calm",
      what: `${person.name} made ${Math.round(100 * share)}% of all decisions`,
      why: `${decided} in the period, shared by ${deciders} people. Ask more people by the rules that come to them.`,
      href,
      link: `What comes to ${person.name}`,
    },
  ];
}
