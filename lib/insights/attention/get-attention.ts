import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { isPlainText } from "@/lib/drafts/filter-limits";
import { parseInput } from "@/lib/parse-input";
import { addDays, dayOf, startOf } from "../figures/period";
import { ATTENTION_DAYS } from "./days";
import { readAttention } from "./read-attention";
import type { PersonAttention } from "./types";

export const attentionSchema = z.strictObject({
  /** So many UTC days, today included. */
  days: z.literal(ATTENTION_DAYS).default(30),
});
export type AttentionInput = z.input<typeof attentionSchema>;

/** The last so many UTC days as moments, as all figures count them. */
export const lastDays = (days: number, now: Date): { from: Date; until: Date } => ({
  from: startOf(addDays(dayOf(now), 1 - days)),
  until: now,
});

/** How everybody's attention held, for those who answer for how it goes. @throws CountersignError `forbidden`. */
export async function getAttention(ctx: Context, input: AttentionInput): Promise<PersonAttention[]> {
  requirePermission(ctx.actor, "insights.read");
  const { days } = parseInput(attentionSchema, input);
  return readAttention(ctx, lastDays(days, ctx.now()));
}

/** One person's, for those who oversee; null when they decided nothing. @throws CountersignError `forbidden`. */
export async function getAttentionOf(
  ctx: Context,
  personId: string,
  input: AttentionInput,
): Promise<PersonAttention | null> {
  requirePermission(ctx.actor, "insights.read");
  const { days } = parseInput(attentionSchema, input);
  if (!isPlainText(personId)) return null;
  const [one] = await readAttention(ctx, { ...lastDays(days, ctx.now()), personId });
  return one ?? null;
}
