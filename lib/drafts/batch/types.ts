import type { CheckResult, Instant, Outcome, Tier } from "../types";
import type { Comparison } from "./compare-columns";
import type { AsideReason } from "./find-outliers";

/** The drafts of one action type and rule that wait for one person. */
export interface BatchGroup {
  actionType: string;
  /** The action type as people say it. */
  title: string;
  rule: string;
  tier: Tier;
  count: number;
  /** When the most urgent of them is due. */
  dueAt: Instant;
}

/** A past decision like this draft, as a row has room for it. */
export interface BatchPrecedent {
  exampleId: string;
  draftId: string;
  outcome: Outcome;
  summary: string;
  reason: string | null;
  /** Cosine similarity, −1 to 1. */
  similarity: number;
}

/** One draft of a batch. */
export interface BatchItem {
  id: string;
  summary: string;
  subject: { type: string; id: string };
  agentName: string;
  amount: number | null;
  currency: string | null;
  approverRule: string;
  escalationLevel: number;
  held: boolean;
  approvalsRequired: number;
  dueAt: Instant;
  /** The three most similar past decisions, nearest first. */
  precedents: BatchPrecedent[];
  minReadingSeconds: number;
  /** For how long an approval can be taken back. */
  undoSeconds: number;
  /** Of everything that the draft's review shows; a decision must name it. */
  screenHash: string;
}

/** What is decided in one go, and what is put aside for a look of its own. */
export interface Batch {
  /** Null when nothing waits. */
  group: BatchGroup | null;
  items: BatchItem[];
  aside: { item: BatchItem; reasons: AsideReason[] }[];
  /** Of `items`. */
  comparison: Comparison;
  /** What waits, most urgent first; counted among the `counted` most urgent drafts only. */
  groups: BatchGroup[];
  /** More waits than was counted: the counts are what there is at least. */
  isMore: boolean;
}

/** What came of one draft of a batch. */
export type BatchResult =
  | {
      draftId: string;
      ok: true;
      verdict: "approve" | "reject" | "request_changes";
      /** Until then it can be taken back; null when it cannot. */
      undoUntil: Instant | null;
      /** More people have to approve before it executes. */
      approvalsMissing: number;
      /** What turned out stricter goes on to somebody else. */
      movedTo: { approverRule: string; reason: string } | null;
      /** Set when it was a check of attention: nothing else came of it. */
      check?: CheckResult;
    }
  | { draftId: string; ok: false; code: string; message: string };
