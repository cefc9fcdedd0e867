export type Tone = "calm" | "soon" | "late";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in its largest unit, rounded down: "3 d", "5 h", "12 min", "now" under a minute. */
export function formatSpan(ms: number): string {
  if (ms >= 2 * DAY) return `${Math.floor(ms / DAY)} d`;
  if (ms >= HOUR) return `${Math.floor(ms / HOUR)} h`;
  if (ms >= MINUTE) return `${Math.floor(ms / MINUTE)} min`;
  return "now";
}

/** How long ago, for people: "now", "5 min", "3 h". Times ahead of the clock count as now. */
export const formatAge = (at: string, nowMs: number): string => formatSpan(nowMs - Date.parse(at));

/**
 * What is left until `dueAt`, and how urgent that is: `soon` under two hours, `late` once it has passed.
 * `nowMs` is milliseconds since 1970.
 */
export function formatTimeLeft(dueAt: string, nowMs: number): { text: string; tone: Tone } {
  const left = Date.parse(dueAt) - nowMs;
  if (left <= 0) {
    const over = formatSpan(-left);
    return { text: over === "now" ? "due now" : `${over} over`, tone: "late" };
  }
  const span = formatSpan(left);
  return { text: span === "now" ? "< 1 min" : span, tone: left < 2 * HOUR ? "soon" : "calm" };
}

/** An instant in UTC, to the second, the same on server and browser: "2026-11-20 09:30:05 UTC". */
export function formatUtc(at: string): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
