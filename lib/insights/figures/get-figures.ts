import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { isPlainText } from "@/lib/drafts/filter-limits";
import { parseInput } from "@/lib/parse-input";
import { buildAnswer, unprepared } from "./build-answer";
import { periodSchema, resolvePeriod } from "./period";
import { readQueue } from "./read-queue";
import { readState } from "./read-state";
import { readSums } from "./read-sums";
import type { FiguresAnswer } from "./types";

const figuresInputSchema = z.strictObject({
  /** `7d`, `30d`, `90d`, `12m` up to today, or `{from, to}`, both included. UTC days. */
  period: periodSchema,
  by: z.enum(["action_type", "rule", "agent", "agent_of_any_type"]),
  /** Of one action type alone. */
  actionType: z.string().max(200).refine(isPlainText, "no character NUL").optional(),
});
export type FiguresInput = z.input<typeof figuresInputSchema>;

/**
 * The figures of a period, and of as many days before, by action type, by rule or by agent (of each action type, or whatever
 * the type). Always what the drafts
 * themselves say, but for what happened to drafts of earlier days in the last moments: a worker adds those up anew. Costs
 * about the same for a million decisions as for a thousand: only what was decided since midnight UTC is counted on the spot.
 * @throws CountersignError `forbidden`, `invalid_request`.
 */
export async function getFigures(ctx: Context, input: FiguresInput): Promise<FiguresAnswer> {
  requirePermission(ctx.actor, "insights.read");
  const { period: asked, by, actionType = null } = parseInput(figuresInputSchema, input);
  const period = resolvePeriod(asked, ctx.now());
  const { rolledUntil, asOf, preparing } = await readState(ctx);
  if (preparing) return unprepared(period, preparing);
  const wanted = { dimensions: [by], actionType, rolledUntil };
  const [now, before, queues, whole] = await Promise.all([
    readSums(ctx, { ...wanted, span: period }),
    readSums(ctx, { ...wanted, span: period.before }),
    readQueue(ctx, { by, actionType }),
    readQueue(ctx, { by: "all", actionType }),
  ]);
  return buildAnswer(ctx, { period, by, asOf }, { now, before, queues, whole: whole[0] });
}
