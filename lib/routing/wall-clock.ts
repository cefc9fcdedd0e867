import { Temporal } from "temporal-polyfill";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const DAY_MINUTES = 24 * 60;

/** A date "YYYY-MM-DD" as days since 1970-01-01. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** The date "YYYY-MM-DD" of a day counted since 1970-01-01. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** A time of day "HH:MM" as minutes since midnight. */
export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** The ISO weekday, 1 (Monday) to 7 (Sunday), of a day counted since 1970-01-01, which was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/**
 * Reads a zone's wall clock: takes minutes since 1970-01-01T00:00 on that clock, answers the instant in epoch
 * milliseconds. Later readings never give earlier instants.
 */
export type WallClock = (wallMinute: number) => number;

const MAX_REMEMBERED = 4096;
const clocks = new Map<string, WallClock>();

/**
 * The wall clock of an IANA zone. When daylight saving skips a reading it means the instant as long after the change
 * as the reading is into the gap (02:30 becomes 03:30); when a reading occurs twice it means the first time
 * (Temporal's disambiguation "compatible"). Remembers answers, because a look-up in Intl takes microseconds.
 */
export function wallClock(timeZone: string): WallClock {
  const known = clocks.get(timeZone);
  if (known) return known;
  const remembered = new Map<number, number>();
  const clock: WallClock = (wallMinute) => {
    const answer = remembered.get(wallMinute);
    if (answer !== undefined) return answer;
    const reading = new Date(wallMinute * MINUTE_MS);
    const instant = new Temporal.PlainDateTime(
      reading.getUTCFullYear(),
      reading.getUTCMonth() + 1,
      reading.getUTCDate(),
      reading.getUTCHours(),
      reading.getUTCMinutes(),
    ).toZonedDateTime(timeZone, { disambiguation: "compatible" }).epochMilliseconds;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(wallMinute, instant);
    return instant;
  };
  clocks.set(timeZone, clock);
  return clock;
}
