import type { DraftStatus } from "./types";

/** The one table of allowed moves. A submission's first status is the move from null. */
const MOVES: Record<DraftStatus | "submitted", readonly DraftStatus[]> = {
  submitted: ["blocked", "approved", "pending"],
  pending: ["pending", "approved", "rejected", "changes_requested", "expired", "withdrawn"],
  approved: ["executing", "failed", "blocked", "expired", "pending"],
  executing: ["executed", "failed"],
  blocked: [],
  executed: [],
  failed: [],
  rejected: ["pending"],
  changes_requested: ["pending"],
  expired: [],
  withdrawn: [],
};

/** Whether a draft in `from` may move to `to`. */
export const mayMove = (from: DraftStatus | "submitted", to: DraftStatus): boolean =>
  MOVES[from].includes(to);
