import { z } from "zod";
import * as most from "./filter-limits";

const text = (length: number) => z.string().max(length).refine(most.isPlainText, "a text that is not empty");
export const choices = z.array(text(most.MOST_CHOICE_LENGTH)).max(most.MOST_CHOICES).optional();
const amount = z.number().min(-most.MOST_AMOUNT).max(most.MOST_AMOUNT).optional();
const hours = z.number().positive().max(most.MOST_HOURS).optional();

/** What narrows any list of drafts. Left out, or empty, a filter lets everything through. */
export const draftFiltersSchema = z.strictObject({
  /** Words of the draft, each the beginning of one. More than is ever typed is cut off. */
  q: z
    .string()
    .transform((typed) => typed.slice(0, most.MOST_SEARCHED))
    .optional(),
  types: choices,
  tiers: z.array(z.enum(most.FILTER_TIERS)).max(most.FILTER_TIERS.length).optional(),
  /** Names or ids. */
  agents: choices,
  /** `type:id`, or the id alone. */
  subject: text(most.MOST_SUBJECT_LENGTH).optional(),
  /** In the draft's own currency's main unit. */
  minAmount: amount,
  maxAmount: amount,
});
export type DraftFilters = z.output<typeof draftFiltersSchema>;

export const inboxFiltersSchema = draftFiltersSchema.extend({
  olderThanHours: hours,
  /** Also what is overdue. */
  dueWithinHours: hours,
  escalated: z.literal(true).optional(),
  held: z.literal(true).optional(),
});
export type InboxFilters = z.output<typeof inboxFiltersSchema>;
