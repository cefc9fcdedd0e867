import type { Instant } from "@/lib/drafts/types";
import type { DaySpan } from "../figures/period";
import type { Rate } from "../figures/types";

/** Stretches that bottlenecks are looked at over: longer ones say what was, not what to do. */
export const BOTTLENECK_PERIODS = ["7d", "30d", "90d"] as const;
export type BottleneckPeriod = (typeof BOTTLENECK_PERIODS)[number];

/** What waits for one approver rule now. Ages are seconds since it came to this rule. */
export interface RuleQueue {
  rule: string;
  waiting: number;
  oldestSeconds: number;
  medianSeconds: number;
  overdue: number;
  /** Due within two hours, and not overdue yet. */
  dueSoon: number;
  /** Has escalated to this rule from another. */
  escalated: number;
  /** Whom the rule asks now, by name, over all its amounts. */
  asked: string[];
  /** For some amount it asks nobody now. */
  asksNobody: boolean;
  /** Waiting drafts that fewer people may decide than have to. */
  stuck: number;
}

/** What one person did in the period, and what waits for them now. */
export interface PersonLoad {
  person: { id: string; name: string };
  decided: number;
  /** Of all that people decided in the period. */
  share: number;
  medianSeconds: number | null;
  totalSeconds: number;
  /** Waiting drafts that they may decide now, and those that nobody else may. */
  mayDecide: number;
  onlyThey: number;
  isAway: boolean;
}

/** How often the time ran out on what one rule of a policy sent to people. */
export interface LapsedRule {
  actionType: string;
  title: string;
  rule: string;
  approverRule: string;
  /** Escalated, expired, or decided too late: each draft once. */
  lapsed: number;
  escalated: number;
  expired: number;
  rate: Rate;
}

/** Drafts by the hour of the week in which they began to wait, in the zone of the business hours. */
export interface HourCell {
  /** 1 is Monday. */
  weekday: number;
  hour: number;
  drafts: number;
  lapsed: number;
}

/** A time in which an approver rule asks nobody. */
export interface Gap {
  start: Instant;
  end: Instant;
  /** Drafts that waited for the rule in the course of it. */
  waited: number;
}

/** The times in which an approver rule asks nobody, by the schedules and absences that are entered now. */
export interface RuleGaps {
  rule: string;
  /** For which amounts; null for all. */
  amounts: string | null;
  /** In the period up to now: how many, hours in all, and the longest ones. */
  count: number;
  hours: number;
  longest: Gap[];
  waited: number;
  /** The one that lasts now, or the next that comes. */
  next: { start: Instant; end: Instant; isNow: boolean } | null;
  schedules: { id: string; name: string }[];
}

/** A draft that came to a rule on which too few people could decide, and nobody up its chain either. */
export interface Unattended {
  draftId: string;
  summary: string;
  approverRule: string | null;
  at: Instant;
}

/** Something to do about a bottleneck. */
export interface Advice {
  severity: "bad" | "warn" | "calm";
  what: string;
  why: string;
  href: string;
  link: string;
}

export interface Bottlenecks {
  period: BottleneckPeriod;
  /** The UTC days of the period. */
  span: DaySpan;
  zone: string;
  queues: RuleQueue[];
  people: PersonLoad[];
  /** Of so many waiting drafts, the most urgent, was it looked who may decide them. */
  resolved: { drafts: number; isAll: boolean };
  lapses: {
    byRule: LapsedRule[];
    byHour: HourCell[];
    /** Of so many decided drafts; not all of the period when there were too many. */
    drafts: number;
    isAll: boolean;
  };
  gaps: RuleGaps[];
  unattended: { count: number; isAll: boolean; latest: Unattended[] };
  advice: Advice[];
}
