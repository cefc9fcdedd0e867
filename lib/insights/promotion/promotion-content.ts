import { z } from "zod";
import type { Backtest } from "../backtest/replay-policies";
import type { LimitEvidence } from "./find-threshold";
import type { FileChange } from "./make-patch";

/** What a promotion lets run, in words and in numbers. */
export interface PromotionLimit {
  fact: string;
  direction: "lte" | "gte";
  value: number;
  only: { fact: string; value: string | boolean } | null;
}

/** What a promotion is worked out from: a reviewed rule, and what was decided under it in a stretch of time. */
export interface PromotionFrame {
  actionType: string;
  title: string;
  currency: string | null;
  /** The rule that people review by now. */
  rule: { index: number; name: string; when: string; route: string };
  /** In force when it was worked out. */
  policyVersionId: string;
  /** Drafts submitted in this time, ISO 8601. */
  since: string;
  until: string;
  /** The share of wrong ones that the manager accepts. */
  tolerance: number;
  includeImported: boolean;
}

/** Everything that a promotion froze: kept as canonical JSON, whose hash accepting names. */
export interface PromotionContent extends PromotionFrame {
  v: 1;
  id: string;
  limit: PromotionLimit;
  sampleReview: number;
  leaseUntil: string;
  ruleName: string;
  /** Promoted rules that it takes the place of: their lease ends, or they were held back when it was proposed. */
  replacedRules?: { name: string; until: string; isHeld: boolean }[];
  /** What the reviewed rule decided in that time. */
  history: { drafts: number; decided: number; wrong: number };
  backtest: Backtest;
  curve: LimitEvidence[];
  files: FileChange[];
  movedCases: string[];
  addedCases: string[];
  removedChecks: string[];
}

export const PERIODS = [30, 90, 180, 365] as const;

/** What a manager asks the wizard. */
export const planSchema = z.strictObject({
  actionType: z.string().min(1).max(100),
  /** The name of a rule that people review by. */
  rule: z.string().min(1).max(100),
  /** The share of wrong ones that the manager accepts. */
  tolerance: z.number().min(0.001).max(0.5).default(0.05),
  days: z.union(PERIODS.map((days) => z.literal(days))).default(90),
  includeImported: z.boolean().default(false),
  /** The number to limit; the one that lets through most, when left out. */
  fact: z.string().max(100).optional(),
});
export type PlanInput = z.input<typeof planSchema>;
