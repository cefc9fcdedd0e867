import type { Rate } from "../figures/types";

/** How one person's attention held in a period: over everything they decided, or over one action type. */
export interface AttentionFigures {
  /** Decisions on drafts and looks afterwards; what was taken back, and checks, are not among them. */
  decisions: number;
  /** Seconds on the screen of those that were measured: half of them lie between low and high. */
  seconds: { timed: number; median: number; low: number; high: number } | null;
  /** Decided along with others in a batch. */
  inBatches: Rate | null;
  /** Of approvals: quicker than the policy asks, after being asked once more. */
  quick: Rate | null;
  /** Of decisions: approved as proposed. */
  approved: Rate | null;
  /** Of looks at what ran by itself: overturned. */
  overturned: Rate | null;
  /** Of checks of attention: caught. */
  caught: Rate | null;
  /** Approvals as proposed since the last decision that was anything else. */
  streak: number;
}

/** One hour of work: the first begins with the first decision after a pause of an hour or more. */
export interface WorkHour {
  /** 1 is the first; the last stands for all later ones. */
  hour: number;
  decisions: number;
  medianSeconds: number | null;
  approved: Rate | null;
}

export interface AttentionRow extends AttentionFigures {
  actionType: string;
  title: string;
}

export interface PersonAttention {
  person: { id: string; name: string };
  total: AttentionFigures;
  /** Most decided first. */
  byType: AttentionRow[];
  hours: WorkHour[];
}

/** Later hours of work are taken together. */
export const LAST_WORK_HOUR = 5;
