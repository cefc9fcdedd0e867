export const RECENT_DAYS = 30;
/** So many of an agent's latest drafts are counted: a busy one costs no more than a quiet one. */
export const MOST_COUNTED = 500;

/** How an agent's drafts of the last thirty days fared; `submitted` stops at five hundred. */
export interface RecentDrafts {
  submitted: number;
  /** Approved, on their way or executed. */
  through: number;
  /** Rejected, or sent back for changes. */
  rejected: number;
  waiting: number;
  failed: number;
  blocked: number;
}
