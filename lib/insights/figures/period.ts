import { z } from "zod";
import { isCalendarDay } from "@/lib/drafts/filter-limits";
import { CountersignError } from "@/lib/errors";

export const PERIOD_PRESETS = ["7d", "30d", "90d", "12m"] as const;
export type PeriodPreset = (typeof PERIOD_PRESETS)[number];

const MOST_DAYS = 1_096;
const DAY_MS = 86_400_000;
const DAYS_OF: Record<PeriodPreset, number> = { "7d": 7, "30d": 30, "90d": 90, "12m": 365 };

const day = z.string().refine(isCalendarDay, "a day such as 2026-11-20");

/** The days up to today, or days of one's own, both included. */
export const periodSchema = z.union([
  z.enum(PERIOD_PRESETS),
  z
    .strictObject({ from: day, to: day })
    .refine(({ from, to }) => from <= to, { path: ["to"], message: "not before its first day" })
    .refine(({ from, to }) => daysBetween(from, to) < MOST_DAYS, {
      path: ["from"],
      message: "at most three years",
    }),
]);
export type PeriodInput = z.input<typeof periodSchema>;

/** UTC days, both included, as `YYYY-MM-DD`. */
export interface DaySpan {
  from: string;
  to: string;
}

/** A stretch of UTC days, and as many days before it to compare with. */
export interface Period extends DaySpan {
  days: number;
  before: DaySpan;
  /** Null for days of one's own. */
  preset: PeriodPreset | null;
}

/** Which UTC day it is. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The day so many days later. */
export const addDays = (from: string, days: number): string =>
  dayOf(new Date(Date.parse(from) + days * DAY_MS));

/** The moment at which a UTC day begins. */
export const startOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** Days as moments: from the first one's beginning to before `until`, the end of the last. */
export const momentsOf = ({ from, to }: DaySpan): { from: Date; until: Date } => ({
  from: startOf(from),
  until: startOf(addDays(to, 1)),
});

/** How many days `to` is after `from`. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

export const earliest = (...days: string[]): string => days.sort()[0]!;
export const latest = (...days: string[]): string => days.sort().at(-1)!;

/** The first day of the month of `from`, so many months later. */
export function monthOf(from: string, later = 0): string {
  const [year, month] = from.split("-").map(Number);
  return dayOf(new Date(Date.UTC(year!, month! - 1 + later, 1)));
}

/**
 * The days of a period as of `now`. Days to come are left out.
 * @throws CountersignError `invalid_request` when it begins after today.
 */
export function resolvePeriod(input: z.output<typeof periodSchema>, now: Date): Period {
  const today = dayOf(now);
  if (typeof input === "string") {
    return between(addDays(today, 1 - DAYS_OF[input]), today, input);
  }
  if (input.from > today) throw new CountersignError("invalid_request", "The period begins after today.");
  return between(input.from, earliest(input.to, today), null);
}

function between(from: string, to: string, preset: PeriodPreset | null): Period {
  const days = daysBetween(from, to) + 1;
  return { from, to, days, before: { from: addDays(from, -days), to: addDays(from, -1) }, preset };
}
