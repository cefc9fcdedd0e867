import type { z } from "zod";
import { openStretches, toWindow } from "./open-windows";
import { DAY_MS, dayOf, HOUR_MS, type WallClock, wallClock } from "./wall-clock";
import { dateSchema, listOf, strict, timeZoneSchema, windowSchema } from "./wall-clock-schema";

/**
 * When a business is open: windows on the wall clock of a zone. On holidays no window begins; one that began the
 * evening before goes on past midnight. Daylight saving is treated as in schedules.
 */
export const businessCalendarSchema = strict({
  time_zone: timeZoneSchema,
  open: listOf(windowSchema, 50, "windows in which work is done"),
  holidays: listOf(dateSchema, 1000, "dates as YYYY-MM-DD", 0).default([]),
});
export type BusinessCalendar = z.output<typeof businessCalendarSchema>;

/** How far ahead open hours are looked for. */
export const BUSINESS_HORIZON_MS = 10 * 366 * DAY_MS;
const WEEK_MS = 7 * DAY_MS;

/**
 * The first instant at which so many open hours have passed since `from`; real hours, also on the nights when clocks
 * change. None, or a negative number of them, have passed at `from` itself. When the calendar does not hold that many
 * within the horizon, the answer is `from` plus the horizon. Calendars are remembered by identity and must not be
 * changed in place.
 */
export function addBusinessHours(from: Date, hours: number, calendar: BusinessCalendar): Date {
  let missing = Math.round(hours * HOUR_MS);
  if (!(missing > 0)) return from;
  const horizon = from.getTime() + BUSINESS_HORIZON_MS;
  for (const { start, end } of stretchesOf(calendar, from.getTime(), horizon)) {
    if (missing <= end - start) return new Date(start + missing);
    missing -= end - start;
  }
  return new Date(horizon);
}

/**
 * How many open hours lie between two instants, in real time with its fractions; zero when `until` is not after `from`.
 * Counts no further than the horizon.
 */
export function businessHoursBetween(from: Date, until: Date, calendar: BusinessCalendar): number {
  const last = Math.min(until.getTime(), from.getTime() + BUSINESS_HORIZON_MS);
  let passed = 0;
  for (const { start, end } of stretchesOf(calendar, from.getTime(), last)) passed += end - start;
  return passed / HOUR_MS;
}

/** Open time in order, week by week, so that nothing beyond what is asked for is computed. */
function* stretchesOf(calendar: BusinessCalendar, from: number, until: number) {
  const { clock, windows, holidays } = compileCalendar(calendar);
  for (let start = from; start < until; start += WEEK_MS) {
    yield* openStretches(clock, windows, { start, end: Math.min(start + WEEK_MS, until) }, holidays);
  }
}

interface CompiledCalendar {
  clock: WallClock;
  windows: ReturnType<typeof toWindow>[];
  holidays: ReadonlySet<number>;
}

const compiled = new WeakMap<BusinessCalendar, CompiledCalendar>();

function compileCalendar(calendar: BusinessCalendar): CompiledCalendar {
  const known = compiled.get(calendar);
  if (known) return known;
  const fresh = {
    clock: wallClock(calendar.time_zone),
    windows: calendar.open.map(toWindow),
    holidays: new Set(calendar.holidays.map(dayOf)),
  };
  compiled.set(calendar, fresh);
  return fresh;
}
