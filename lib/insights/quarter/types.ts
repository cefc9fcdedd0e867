import type { Instant } from "@/lib/drafts/types";
import type { DaySpan } from "../figures/period";
import type { Preparation, Rate } from "../figures/types";

export const FINDING_KINDS = [
  "overturned",
  "lease",
  "hold",
  "unassigned",
  "promotable",
  "promotable_part",
  "unlooked",
  "lapses",
  "refused_agent",
  "disagreement",
  "unused",
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** One thing to do something about: what was found, in what numbers, and where to go with it. */
export interface Finding {
  /** The same finding has the same id from one look to the next. */
  id: string;
  kind: FindingKind;
  /** What it is about. */
  what: string;
  sentence: string;
  /** The share that it rests on, with its interval. */
  rate: Rate | null;
  todo: { label: string; href: string };
}

/** Somebody went through a quarter. */
export interface SignOff {
  id: string;
  person: string;
  signedAt: Instant;
  note: string | null;
  /** How many findings there were then, and how many of them were marked as looked at. */
  findings: number;
  lookedAt: number;
}

export interface QuarterReview {
  quarter: string;
  days: DaySpan;
  isRunning: boolean;
  /** Set for as long as figures are prepared: findings that rest on them are missing then. */
  preparing: Preparation | null;
  findings: Finding[];
  /** The newest first. */
  signOffs: SignOff[];
}
