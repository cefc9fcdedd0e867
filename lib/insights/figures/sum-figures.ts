import { rateOf } from "./rate";
import { addSpreads, quantileOf, type Spread, sizeOf } from "./spread";
import type { Figures } from "./types";

const COUNTED = [
  "decided",
  "auto_execute",
  "execute_then_review",
  "batch_review",
  "named_approver",
  "automatic",
  "approved",
  "edited",
  "rejected",
  "changes_requested",
  "lapsed",
  "withdrawn",
  "blocked",
  "escalated",
  "breached",
  "executed",
  "failed",
  "mismatched",
  "sampled",
  "upheld",
  "overturned",
  "decisions",
  "in_batches",
  "quick",
  "imported",
  "checks",
] as const;
type Counts = Record<(typeof COUNTED)[number], number>;

/** Rows of the table `figure` added up. */
export interface FigureSums extends Counts {
  /** How long it took people to decide. */
  deciding: Spread;
  /** For how long they had it on their screens. */
  looking: Spread;
}

/** How long it took people to decide, of all these rows. */
export const decideSpread = (rows: readonly FigureSums[]): Spread =>
  addSpreads(rows.map(({ deciding }) => deciding));

/** Rows added up, with what follows from their sums. */
export function sumFigures(rows: readonly FigureSums[]): Figures {
  const sums = Object.fromEntries(
    COUNTED.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]),
  ) as Counts;
  const deciding = decideSpread(rows);
  const looking = addSpreads(rows.map(({ looking }) => looking));
  const reviewed = sums.approved + sums.rejected + sums.changes_requested;
  const median = quantileOf(deciding, 0.5);
  const p90 = quantileOf(deciding, 0.9);
  return {
    decided: sums.decided,
    byRoute: {
      autoExecute: sums.auto_execute,
      executeThenReview: sums.execute_then_review,
      batchReview: sums.batch_review,
      namedApprover: sums.named_approver,
    },
    automatic: sums.automatic,
    reviewed,
    approved: sums.approved,
    edited: sums.edited,
    rejected: sums.rejected,
    changesRequested: sums.changes_requested,
    lapsed: sums.lapsed,
    withdrawn: sums.withdrawn,
    blocked: sums.blocked,
    approvalRate: rateOf(sums.approved, reviewed),
    editRate: rateOf(sums.edited, reviewed),
    decideSeconds: median === null || p90 === null ? null : { median, p90 },
    escalated: sums.escalated,
    breached: sums.breached,
    executed: sums.executed,
    failed: sums.failed,
    mismatched: sums.mismatched,
    samples: {
      chosen: sums.sampled,
      waiting: sums.sampled - sums.upheld - sums.overturned,
      upheld: sums.upheld,
      overturned: sums.overturned,
    },
    attention: {
      decisions: sums.decisions,
      inBatches: sums.in_batches,
      quick: sums.quick,
      timed: sizeOf(looking),
      medianSeconds: quantileOf(looking, 0.5),
    },
    imported: sums.imported,
    checks: sums.checks,
  };
}
