import type { Period } from "./period";

/** By what figures are added up: agents also whatever the action type, so that all of them are few rows. */
export type RolledDimension = Dimension | "agent_of_any_type";

/** By what figures are told apart. Rules and agents are those of an action type: two types may have a rule of one name. */
export type Dimension = "action_type" | "rule" | "agent";

/** A share of `of` cases with its 95 % interval (Wilson). There is none of no cases: then it is null, never 0. */
export interface Rate {
  count: number;
  of: number;
  share: number;
  low: number;
  high: number;
}

/**
 * What came of the drafts that stopped waiting in a period, each counted once, on the UTC day of its decision. Drafts of
 * agents only: imports and checks are counted apart and are in nothing else. What was decided and taken back waits again
 * and does not count. Times are seconds; quantiles are within 2 % of exact, null where nothing was measured.
 */
export interface Figures {
  /** All that stopped waiting: automatic + reviewed + lapsed + withdrawn + blocked. */
  decided: number;
  byRoute: { autoExecute: number; executeThenReview: number; batchReview: number; namedApprover: number };
  /** The policy let it run, without a person. */
  automatic: number;
  /** Decided by people: approved + rejected + changesRequested. */
  reviewed: number;
  /** By people; edited ones are among them. */
  approved: number;
  edited: number;
  rejected: number;
  changesRequested: number;
  /** Nobody decided in time (status expired). */
  lapsed: number;
  withdrawn: number;
  /** Forbidden by policy when it was submitted. */
  blocked: number;
  /** Of what people decided. */
  approvalRate: Rate | null;
  editRate: Rate | null;
  /** From submission to a person's decision. */
  decideSeconds: { median: number; p90: number } | null;
  /** Handed on to somebody else, or held past its time, before it was decided. */
  escalated: number;
  /** Escalated or lapsed: each once. */
  breached: number;
  executed: number;
  failed: number;
  /** Failed because another payload was executed than the one decided. */
  mismatched: number;
  /** Of what ran by itself: chosen for a look afterwards, and what people said. Overturned ones are counted here alone. */
  samples: { chosen: number; waiting: number; upheld: number; overturned: number };
  /** How people decided: a quorum's decisions are counted one by one here. */
  attention: {
    decisions: number;
    inBatches: number;
    /** Quicker than the policy asks. */
    quick: number;
    /** Decisions whose time on the screen was measured, and their median. */
    timed: number;
    medianSeconds: number | null;
  };
  /** Counted apart: decided elsewhere, and seeded to test attention. */
  imported: number;
  checks: number;
}

/** What waits now, whatever the period. */
export interface QueueFigures {
  waiting: number;
  /** Since it was submitted. */
  oldestSeconds: number | null;
  medianSeconds: number | null;
  overdue: number;
}

export interface FigureRow {
  /** Empty where a row is of an agent, whatever the action type. */
  actionType: string;
  /** The action type as people say it. */
  title: string;
  /** The rule that a draft was decided under: after an edit, the one that the edited payload falls under. */
  rule: string | null;
  agent: { id: string; name: string } | null;
  now: Figures;
  /** The same over as many days before. */
  before: Figures;
  queue: QueueFigures;
}

/** Some earlier days are not counted yet: there is nothing to show but how far it is. */
export interface Preparation {
  daysDone: number;
  daysInAll: number;
}

/** Figures of a period; `rows` is empty, and `total` all 0, for as long as they are prepared. */
export interface FiguresAnswer {
  period: Period;
  preparing: Preparation | null;
  /** Where so much is decided that a worker counts today too: as of when, ISO 8601. Null where today is as of now. */
  asOf: string | null;
  total: { now: Figures; before: Figures; queue: QueueFigures };
  /** Most decided first. Rows without anything decided in the period are there if something waits or was decided before. */
  rows: FigureRow[];
}

/** What one stretch of days holds: steps are equally long, but for the first, and the last ends with the period. */
export interface SeriesStep {
  from: string;
  to: string;
  automatic: number;
  /** Approved as proposed. */
  approved: number;
  edited: number;
  rejected: number;
  changesRequested: number;
  lapsed: number;
  /** Withdrawn, or forbidden by policy. */
  other: number;
}

/** The volume of a period over time, in all and by action type, in the same steps. */
export interface Series {
  daysPerStep: number;
  total: SeriesStep[];
  byType: Record<string, SeriesStep[]>;
}
