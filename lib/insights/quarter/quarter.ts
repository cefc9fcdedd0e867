import type { DaySpan } from "../figures/period";

/** A quarter of the calendar, in UTC, by its name: `2026-Q4`. */
export const QUARTER = /^(\d{4})-Q([1-4])$/;

/** The quarter that a moment is in. */
export const quarterOf = (at: Date): string =>
  `${at.getUTCFullYear()}-Q${Math.floor(at.getUTCMonth() / 3) + 1}`;

/** The quarter before or after, by `by` quarters. */
export function stepQuarter(quarter: string, by: number): string {
  const [, year, number] = QUARTER.exec(quarter)!;
  return quarterOf(new Date(Date.UTC(Number(year), (Number(number) - 1 + by) * 3, 1)));
}

/** Its days, both included; of the quarter that is running those up to today. */
export function daysOfQuarter(quarter: string, now: Date): DaySpan {
  const [, year, number] = QUARTER.exec(quarter)!;
  const first = Date.UTC(Number(year), (Number(number) - 1) * 3, 1);
  const end = Date.UTC(Number(year), Number(number) * 3, 0);
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return { from: day(first), to: day(Math.max(first, Math.min(end, now.getTime()))) };
}

/** The fourth quarter of 2026. */
export function quarterWords(quarter: string): string {
  const [, year, number] = QUARTER.exec(quarter)!;
  return `Quarter ${number} of ${year}`;
}
