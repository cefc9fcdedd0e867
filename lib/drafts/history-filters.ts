import { z } from "zod";
import { HISTORY_OUTCOMES, HISTORY_PERIODS, isCalendarDay, isPlainText, isTimeZone } from "./filter-limits";
import { choices, draftFiltersSchema } from "./inbox-filters";

const day = z.string().refine(isCalendarDay, "a day such as 2026-11-20").optional();

/** What narrows the history. Left out, a filter lets everything through. */
export const historyFiltersSchema = draftFiltersSchema.extend({
  outcomes: z.array(z.enum(HISTORY_OUTCOMES)).max(HISTORY_OUTCOMES.length).optional(),
  /** `me`, or a person's id: what they decided. */
  decidedBy: z.string().max(100).refine(isPlainText, "me, or a person's id").optional(),
  /** Names of rules that it was decided under. Policies may have rules of one name: chosen types tell them apart. */
  rules: choices,
  /** Whether it ran by itself. */
  automatic: z.boolean().optional(),
  /** Whether it was decided before Countersign, and brought in from a file: figures count those apart. */
  imported: z.boolean().optional(),
  /** Decided in the time up to now; instead of `from` and `to`. */
  period: z.enum(HISTORY_PERIODS).optional(),
  /** Decided on these days, both included, in `zone`. */
  from: day,
  to: day,
  zone: z.string().refine(isTimeZone, "a time zone such as Europe/Berlin").optional(),
});
export type HistoryFilters = z.output<typeof historyFiltersSchema>;
