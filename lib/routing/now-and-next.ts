import { shiftsBetween } from "./on-call";
import type { Override, Schedule } from "./schedule";
import { DAY_MS } from "./wall-clock";

export interface NowAndNext {
  /** Null when nobody is on call. `until` is when somebody else takes over; null when that is over a year away. */
  now: { personId: string; until: Date | null } | null;
  /** Whoever comes after them, nobody included; null when nothing changes within a year. */
  next: { personId: string | null; from: Date } | null;
}

/** Looked ahead in steps, because most schedules change hands soon, and some never do. */
const HORIZONS_DAYS = [15, 120, 366];

/** Who is on call at an instant, and who takes over when. */
export function nowAndNext(schedule: Schedule, overrides: readonly Override[], at: Date): NowAndNext {
  let personId: string | null = null;
  for (const days of HORIZONS_DAYS) {
    const until = new Date(at.getTime() + days * DAY_MS);
    const shifts = shiftsBetween(schedule, overrides, at, until);
    personId = shifts[0]?.personId ?? null;
    const next = shifts.find((shift) => shift.personId !== personId);
    if (!next) continue;
    return {
      now: personId === null ? null : { personId, until: next.start },
      next: { personId: next.personId, from: next.start },
    };
  }
  return { now: personId === null ? null : { personId, until: null }, next: null };
}
