import { DAY_MINUTES, DAY_MS, minuteOf, type WallClock, weekdayOf } from "./wall-clock";
import type { WindowDefinition } from "./wall-clock-schema";

/** Time from `start` up to but not including `end`, in epoch milliseconds. */
export interface Stretch {
  start: number;
  end: number;
}

export interface OpenWindow {
  weekdays: ReadonlySet<number>;
  /** Minutes after midnight of the day it begins on; `until` is later than `from`, past 1440 on the next day. */
  from: number;
  until: number;
}

/** A window with its times as minutes. */
export function toWindow({ weekdays, from, until }: WindowDefinition): OpenWindow {
  const [begin, end] = [minuteOf(from), minuteOf(until)];
  return { weekdays: new Set(weekdays), from: begin, until: end > begin ? end : end + DAY_MINUTES };
}

const NO_DAYS: ReadonlySet<number> = new Set();

/**
 * The time between two instants that lies in some window, in order, overlapping and adjoining windows joined. Windows
 * that begin on a day in `closed` (days since 1970-01-01) do not count. A window that daylight saving swallows is
 * empty.
 */
export function openStretches(
  clock: WallClock,
  windows: readonly OpenWindow[],
  { start, end }: Stretch,
  closed: ReadonlySet<number> = NO_DAYS,
): Stretch[] {
  const found: Stretch[] = [];
  // Two days back: a local date is at most one day off UTC's, and a window ends at most one day after it began.
  const lastDay = Math.floor(end / DAY_MS) + 1;
  for (let day = Math.floor(start / DAY_MS) - 2; day <= lastDay; day++) {
    if (closed.has(day)) continue;
    const weekday = weekdayOf(day);
    for (const window of windows) {
      if (!window.weekdays.has(weekday)) continue;
      const opens = Math.max(start, clock(day * DAY_MINUTES + window.from));
      const closes = Math.min(end, clock(day * DAY_MINUTES + window.until));
      if (opens < closes) found.push({ start: opens, end: closes });
    }
  }
  return join(found);
}

function join(stretches: Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const next of stretches.sort((one, two) => one.start - two.start)) {
    const last = joined.at(-1);
    if (last && next.start <= last.end) last.end = Math.max(last.end, next.end);
    else joined.push(next);
  }
  return joined;
}
