import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { titleOf } from "@/lib/drafts/title-of";
import { parseInput } from "@/lib/parse-input";
import { periodSchema, resolvePeriod } from "./period";
import { EMPTY_QUEUE, readQueue } from "./read-queue";
import { readState } from "./read-state";
import { type KeyedSums, readSums } from "./read-sums";
import { sumFigures } from "./sum-figures";
import type { FigureRow, FiguresAnswer } from "./types";

const inputSchema = z.strictObject({
  /** `7d`, `30d`, `90d`, `12m` up to today, or `{from, to}`, both included. UTC days. */
  period: periodSchema,
  by: z.enum(["action_type", "rule", "agent"]),
  /** Of one action type alone. */
  actionType: z.string().max(200).optional(),
});
export type FiguresInput = z.input<typeof inputSchema>;

/**
 * The figures of a period, and of as many days before, by action type, by rule or by agent. Always what the drafts
 * themselves say, but for what happened to drafts of earlier days in the last minute. Costs the same for a million
 * decisions as for a thousand: only what was decided since midnight UTC is counted on the spot.
 * @throws CountersignError `forbidden`, `invalid_request`.
 */
export async function getFigures(ctx: Context, input: FiguresInput): Promise<FiguresAnswer> {
  requirePermission(ctx.actor, "insights.read");
  const { period: asked, by, actionType = null } = parseInput(inputSchema, input);
  const period = resolvePeriod(asked, ctx.now());
  const { rolledUntil, preparing } = await readState(ctx);
  if (preparing) return { period, preparing, total: totalOf([], [], EMPTY_QUEUE), rows: [] };
  const wanted = { dimensions: [by], actionType, rolledUntil };
  const [now, before, queues, whole] = await Promise.all([
    readSums(ctx, { ...wanted, span: period }),
    readSums(ctx, { ...wanted, span: period.before }),
    readQueue(ctx, { by, actionType }),
    readQueue(ctx, { by: "all", actionType }),
  ]);
  const rows = new Map<string, Parts>();
  const rowOf = (type: string, name: string) => {
    const key = JSON.stringify([type, name]);
    const row = rows.get(key) ?? { type, name, now: [], before: [], queue: EMPTY_QUEUE };
    rows.set(key, row);
    return row;
  };
  for (const sums of now) rowOf(sums.action_type, sums.name).now.push(sums);
  for (const sums of before) rowOf(sums.action_type, sums.name).before.push(sums);
  for (const { actionType: type, name, ...queue } of queues) rowOf(type, name).queue = queue;
  const names = by === "agent" ? await agentNames(ctx, [...rows.values()]) : new Map<string, string>();
  const told = [...rows.values()].map(
    ({ type, name, ...parts }): FigureRow => ({
      actionType: type,
      title: titleOf(ctx.policies.get(type), type),
      rule: by === "rule" ? name : null,
      agent: by === "agent" ? { id: name, name: names.get(name) ?? name } : null,
      now: sumFigures(parts.now),
      before: sumFigures(parts.before),
      queue: parts.queue,
    }),
  );
  told.sort((a, b) => b.now.decided - a.now.decided || keyOf(a).localeCompare(keyOf(b)));
  const { actionType: _, name: __, ...queue } = whole[0] ?? { actionType: "", name: "", ...EMPTY_QUEUE };
  return { period, preparing: null, total: totalOf(now, before, queue), rows: told };
}

interface Parts {
  type: string;
  name: string;
  now: KeyedSums[];
  before: KeyedSums[];
  queue: FigureRow["queue"];
}

const keyOf = ({ title, rule, agent }: FigureRow) => `${title} ${rule ?? agent?.name ?? ""}`;

const totalOf = (
  now: KeyedSums[],
  before: KeyedSums[],
  queue: FigureRow["queue"],
): FiguresAnswer["total"] => ({
  now: sumFigures(now),
  before: sumFigures(before),
  queue,
});

async function agentNames(ctx: Context, rows: Parts[]): Promise<Map<string, string>> {
  const found = await ctx.db.rows<{ id: string; name: string }>(
    sql`SELECT id, name FROM agent WHERE id = ANY (${rows.map(({ name }) => name)}::text[])`,
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}
