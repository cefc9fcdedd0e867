import type { Tier } from "./types";

// What filters take at most, for forms and addresses in the browser as for the server's schemas.
export const FILTER_TIERS = ["low", "medium", "high", "prohibited"] as const satisfies Tier[];
export const MOST_CHOICES = 50;
export const MOST_CHOICE_LENGTH = 200;
export const MOST_SEARCHED = 200;
export const MOST_SUBJECT_LENGTH = 401;
export const MOST_HOURS = 24 * 366;
/** Amounts are `numeric(18, 2)`. */
export const MOST_AMOUNT = 1e15;

/** What became of decided drafts, as history sorts them. `edited` is among `approved` too. */
export const HISTORY_OUTCOMES = [
  "approved",
  "edited",
  "rejected",
  "changes_requested",
  "expired",
  "withdrawn",
  "blocked",
  "failed",
] as const;
export type HistoryOutcome = (typeof HISTORY_OUTCOMES)[number];

/** Stretches of time that end now. */
export const HISTORY_PERIODS = ["today", "7d", "30d"] as const;
export type HistoryPeriod = (typeof HISTORY_PERIODS)[number];

export const isCalendarDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text &&
  text > "1900";

export function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return text.length <= 60;
  } catch {
    return false;
  }
}

/** The database takes no text with a zero character in it. */
export const isPlainText = (text: string): boolean => text.length > 0 && !text.includes("\0");
