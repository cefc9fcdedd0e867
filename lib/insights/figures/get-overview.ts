import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { isPlainText } from "@/lib/drafts/filter-limits";
import { parseInput } from "@/lib/parse-input";
import { buildAnswer, unprepared } from "./build-answer";
import { periodSchema, resolvePeriod } from "./period";
import { readQueue } from "./read-queue";
import { readSeries } from "./read-series";
import { readState } from "./read-state";
import { readSums } from "./read-sums";
import { histogramOf } from "./spread";
import { decideSpread } from "./sum-figures";
import type { FiguresAnswer, RolledDimension, Series } from "./types";

const inputSchema = z.strictObject({
  period: periodSchema,
  /** Of one action type alone. */
  actionType: z.string().max(200).refine(isPlainText, "no character NUL").optional(),
});

/** Where the distribution of times to decide is cut, in seconds. */
const DECIDE_EDGES = [60, 300, 900, 3_600, 4 * 3_600, 86_400, 3 * 86_400, 7 * 86_400];

export interface Overview {
  byType: FiguresAnswer;
  /** A row for each agent. */
  byAgent: FiguresAnswer;
  /** Asked for one action type alone; otherwise without rows. */
  byRule: FiguresAnswer;
  series: Series;
  /** How many decisions of people took less than each of DECIDE_EDGES, and the last for all beyond. */
  decideHistogram: number[];
}

/**
 * All that a page of insights shows of a period, read at once: figures by action type and agent, of one action type by
 * rule too, and the volume over time.
 * @throws CountersignError `forbidden`, `invalid_request`.
 */
export async function getOverview(ctx: Context, input: z.input<typeof inputSchema>): Promise<Overview> {
  requirePermission(ctx.actor, "insights.read");
  const { period: asked, actionType = null } = parseInput(inputSchema, input);
  const period = resolvePeriod(asked, ctx.now());
  const { rolledUntil, asOf, preparing } = await readState(ctx);
  if (preparing) {
    const none = unprepared(period, preparing);
    const series = { daysPerStep: 1, total: [], byType: {} };
    return { byType: none, byAgent: none, byRule: none, series, decideHistogram: [] };
  }
  const agent = actionType === null ? "agent_of_any_type" : "agent";
  const dimensions: RolledDimension[] =
    actionType === null ? ["action_type", agent] : ["action_type", agent, "rule"];
  const wanted = { dimensions, actionType, rolledUntil };
  const queueBy = (by: RolledDimension | "all") => readQueue(ctx, { by, actionType });
  const [now, before, whole, types, agents, rules] = await Promise.all([
    readSums(ctx, { ...wanted, span: period }),
    readSums(ctx, { ...wanted, span: period.before }),
    queueBy("all"),
    queueBy("action_type"),
    queueBy(agent),
    actionType === null ? [] : queueBy("rule"),
  ]);
  const answer = (by: RolledDimension, queues: typeof types) =>
    buildAnswer(ctx, { period, by, asOf }, { now, before, queues, whole: whole[0] });
  const [byType, byAgent, byRule, series] = await Promise.all([
    answer("action_type", types),
    answer(agent, agents),
    answer("rule", rules),
    readSeries(ctx, { period, actionType, rolledUntil, live: now }),
  ]);
  const ofTypes = now.filter(({ dimension }) => dimension === "action_type");
  return {
    byType,
    byAgent,
    byRule,
    series,
    decideHistogram: histogramOf(decideSpread(ofTypes), DECIDE_EDGES),
  };
}
