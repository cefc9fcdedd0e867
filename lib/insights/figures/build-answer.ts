import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { titleOf } from "@/lib/drafts/title-of";
import type { Period } from "./period";
import { EMPTY_QUEUE, type KeyedQueue } from "./read-queue";
import type { KeyedSums } from "./read-sums";
import { sumFigures } from "./sum-figures";
import type { FigureRow, FiguresAnswer, Preparation, RolledDimension } from "./types";

interface Parts {
  type: string;
  name: string;
  now: KeyedSums[];
  before: KeyedSums[];
  queue: FigureRow["queue"];
}

interface Read {
  now: KeyedSums[];
  before: KeyedSums[];
  queues: KeyedQueue[];
  /** What waits in all, if anything does. */
  whole: KeyedQueue | undefined;
}

/** The answer while figures are prepared. */
export const unprepared = (period: Period, preparing: Preparation): FiguresAnswer => ({
  period,
  preparing,
  asOf: null,
  total: { now: sumFigures([]), before: sumFigures([]), queue: EMPTY_QUEUE },
  rows: [],
});

/** Puts what was read by one dimension together, a row for each key. */
export async function buildAnswer(
  ctx: Context,
  { period, by, asOf }: { period: Period; by: RolledDimension; asOf: string | null },
  read: Read,
): Promise<FiguresAnswer> {
  const rows = new Map<string, Parts>();
  const rowOf = (type: string, name: string) => {
    const key = JSON.stringify([type, name]);
    const row = rows.get(key) ?? { type, name, now: [], before: [], queue: EMPTY_QUEUE };
    rows.set(key, row);
    return row;
  };
  const now = read.now.filter(({ dimension }) => dimension === by);
  const before = read.before.filter(({ dimension }) => dimension === by);
  for (const sums of now) rowOf(sums.action_type, sums.name).now.push(sums);
  for (const sums of before) rowOf(sums.action_type, sums.name).before.push(sums);
  for (const { actionType, name, ...queue } of read.queues) rowOf(actionType, name).queue = queue;
  const isOfAgents = by === "agent" || by === "agent_of_any_type";
  const names = isOfAgents ? await agentNames(ctx, [...rows.values()]) : new Map<string, string>();
  const told = [...rows.values()].map(
    ({ type, name, ...parts }): FigureRow => ({
      actionType: type,
      title: type === "" ? "All action types" : titleOf(ctx.policies.get(type), type),
      rule: by === "rule" ? name : null,
      agent: isOfAgents ? { id: name, name: names.get(name) ?? name } : null,
      now: sumFigures(parts.now),
      before: sumFigures(parts.before),
      queue: parts.queue,
    }),
  );
  told.sort((a, b) => b.now.decided - a.now.decided || keyOf(a).localeCompare(keyOf(b)));
  const { actionType: _, name: __, ...queue } = read.whole ?? { actionType: "", name: "", ...EMPTY_QUEUE };
  const total = { now: sumFigures(now), before: sumFigures(before), queue };
  return { period, preparing: null, asOf, total, rows: told };
}

const keyOf = ({ title, rule, agent }: FigureRow) => `${title} ${rule ?? agent?.name ?? ""}`;

async function agentNames(ctx: Context, rows: Parts[]): Promise<Map<string, string>> {
  const found = await ctx.db.rows<{ id: string; name: string }>(
    sql`SELECT id, name FROM agent WHERE id = ANY (${rows.map(({ name }) => name)}::text[])`,
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}
