import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { parseInput } from "@/lib/parse-input";
import { scheduleSchema } from "@/lib/routing/schedule";
import type { Finding } from "@/lib/routing/schedule-check";
import { DAY_MS } from "@/lib/routing/wall-clock";
import { findingsOf, type ScheduleTimeline, timelineOf } from "./schedule-timeline";
import { readOverrides } from "./stored-schedule";

const LONGEST_MS = 62 * DAY_MS;

const inputSchema = z
  .strictObject({
    definition: scheduleSchema,
    /** Whose overrides lie on top; null for a new schedule. */
    scheduleId: z.string().max(100).nullable(),
    from: z.date(),
    until: z.date(),
  })
  .refine(({ from, until }) => from < until && until.getTime() - from.getTime() <= LONGEST_MS, {
    path: ["until"],
    error: "later than the start, by at most 62 days",
  });

/**
 * How a schedule would look if it were published now, and what publishing would find. Stores nothing.
 * @throws CountersignError `forbidden`, `invalid_request`.
 */
export async function previewSchedule(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<ScheduleTimeline & { findings: Finding[] }> {
  requirePermission(ctx.actor, "organisation.write");
  const { definition, scheduleId, from, until } = parseInput(inputSchema, input);
  const overrides = scheduleId === null ? [] : await readOverrides(ctx.db, scheduleId);
  const timeline = await timelineOf(ctx.db, { definition, overrides, from, until });
  return { ...timeline, findings: await findingsOf(ctx.db, definition, overrides, ctx.now()) };
}
