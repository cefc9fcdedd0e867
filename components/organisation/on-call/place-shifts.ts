import type { Shift } from "@/lib/routing/on-call";
import { DAY_MINUTES, dateOf, dayOf, wallClock } from "@/lib/routing/wall-clock";

/** A week on a zone's calendar. */
export interface Week {
  /** Seven dates, YYYY-MM-DD. */
  dates: string[];
  /** Where each day begins, and the last one ends, in epoch milliseconds. */
  bounds: number[];
}

/** `count` weeks from a Monday on. */
export function weeksFrom(monday: string, count: number, zone: string): Week[] {
  const clock = wallClock(zone);
  return Array.from({ length: count }, (_, week) => {
    const days = Array.from({ length: 8 }, (_, index) => dayOf(monday) + 7 * week + index);
    return { dates: days.slice(0, 7).map(dateOf), bounds: days.map((day) => clock(day * DAY_MINUTES)) };
  });
}

/** How far into a week an instant is, 0 to 1: every day is a seventh, however many hours it has. */
export function placeInWeek({ bounds }: Week, instant: number): number {
  if (instant <= bounds[0]!) return 0;
  for (let day = 0; day < 7; day++) {
    const [start, end] = [bounds[day]!, bounds[day + 1]!];
    if (instant < end) return (day + (instant - start) / (end - start)) / 7;
  }
  return 1;
}

export interface Bar {
  shift: Shift;
  /** Shares of the week's width. */
  left: number;
  width: number;
}

/** The parts of shifts that lie in a week. */
export function placeShifts(week: Week, shifts: readonly Shift[]): Bar[] {
  const [start, end] = [week.bounds[0]!, week.bounds[7]!];
  return shifts
    .filter((shift) => shift.start.getTime() < end && shift.end.getTime() > start)
    .map((shift) => {
      const left = placeInWeek(week, shift.start.getTime());
      return { shift, left, width: placeInWeek(week, shift.end.getTime()) - left };
    });
}
