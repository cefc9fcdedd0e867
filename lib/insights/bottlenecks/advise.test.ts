import { expect, it } from "vitest";
import { rateOf } from "../figures/rate";
import { advise } from "./advise";
import type { Bottlenecks, LapsedRule, PersonLoad, RuleGaps, RuleQueue } from "./types";

const nothing: Omit<Bottlenecks, "advice"> = {
  period: "30d",
  span: { from: "2026-10-22", to: "2026-11-20" },
  zone: "UTC",
  queues: [],
  people: [],
  resolved: { drafts: 0, isAll: true },
  lapses: { byRule: [], byHour: [], drafts: 0, isAll: true },
  gaps: [],
  unattended: { count: 0, isAll: true, latest: [] },
};
const queue = (more: Partial<RuleQueue>): RuleQueue => ({
  rule: "finance",
  waiting: 3,
  oldestSeconds: 60,
  medianSeconds: 60,
  overdue: 0,
  dueSoon: 0,
  escalated: 0,
  asked: ["Ann"],
  asksNobody: false,
  stuck: 0,
  ...more,
});
const lapse = (lapsed: number, of: number): LapsedRule => ({
  actionType: "refund",
  title: "Refund",
  rule: "medium",
  approverRule: "finance",
  lapsed,
  escalated: lapsed,
  expired: 0,
  rate: rateOf(lapsed, of)!,
});
const person = (more: Partial<PersonLoad>): PersonLoad => ({
  person: { id: "per_ann", name: "Ann" },
  decided: 0,
  share: 0,
  medianSeconds: null,
  totalSeconds: 0,
  mayDecide: 0,
  onlyThey: 0,
  isAway: false,
  ...more,
});
const gaps = (more: Partial<RuleGaps>): RuleGaps => ({
  rule: "finance",
  amounts: null,
  count: 1,
  hours: 16,
  longest: [],
  waited: 0,
  next: null,
  schedules: [{ id: "sch 1", name: "Week" }],
  ...more,
});

it("nothing needs doing where nothing is wrong, and few cases are no reason", () => {
  const calm = {
    ...nothing,
    queues: [queue({})],
    lapses: { ...nothing.lapses, byRule: [lapse(3, 10), lapse(2, 100)] },
    people: [
      person({ decided: 49, share: 0.9 }),
      person({ decided: 60, share: 0.5 }),
      person({ onlyThey: 4 }),
      person({ decided: 90, share: 0.9, isAway: true }),
    ],
    gaps: [gaps({})],
  };
  expect(advise(calm)).toEqual([]);
});

it("the worst comes first, each with where to go", () => {
  const advice = advise({
    ...nothing,
    queues: [queue({ overdue: 2 }), queue({ rule: "legal", stuck: 1 })],
    lapses: { ...nothing.lapses, byRule: [lapse(30, 100)] },
    people: [
      person({ onlyThey: 7 }),
      person({ decided: 90, share: 0.9 }),
      person({ decided: 10, share: 0.1 }),
    ],
    gaps: [
      gaps({
        rule: "legal",
        next: { start: "2026-11-21T00:00:00Z", end: "2026-11-22T00:00:00Z", isNow: false },
      }),
      gaps({ waited: 4 }),
    ],
  });
  expect(advice.map(({ severity, what, href }) => [severity, what, href])).toEqual([
    ["bad", "2 of 3 drafts for finance are overdue", "/organisation/rules/finance"],
    ["bad", "1 draft for legal can be decided by too few people now", "/organisation/rules/legal"],
    ["warn", "4 drafts waited while finance asked nobody", "/organisation/on-call/sch%201"],
    ["warn", "The time runs out on 30% of Refund, rule “medium”", "/organisation/rules/finance"],
    ["warn", "7 drafts can be decided by Ann alone", "/organisation/people/per_ann"],
    ["calm", "legal will ask nobody", "/organisation/on-call/sch%201"],
    ["calm", "Ann made 90% of all decisions", "/organisation/people/per_ann"],
  ]);
});
