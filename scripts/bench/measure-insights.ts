import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { getOverview } from "@/lib/insights/figures/get-overview";
import { listEditedFields } from "@/lib/insights/figures/list-edited-fields";
import { listRefusals } from "@/lib/insights/figures/list-refusals";
import type { PeriodInput } from "@/lib/insights/figures/period";
import { refreshFigures } from "@/lib/insights/figures/refresh-figures";
import type { BenchServer } from "./bench-server";
import { type BenchWorld, createBenchWorld } from "./bench-world";
import { interleave, milliseconds } from "./interleave";
import { loadDecisions } from "./load-year";
import type { Result } from "./report";

export interface InsightsSizes {
  year: number;
  month: number;
  openings: number;
  warmUp: number;
}

interface Filled {
  ctx: Context<PersonActor>;
  period: PeriodInput;
  expected: number;
  addedUpMs: number;
}

const TYPE = "refund";

/** Opening insights on a year of very many decisions beside a month of few, both as their pages do it. */
export async function measureInsights(server: BenchServer, sizes: InsightsSizes): Promise<Result[]> {
  const month = await fill(server, "month", { count: sizes.month, days: 30, period: "30d" });
  const year = await fill(server, "year", { count: sizes.year, days: 365, period: "12m" });
  const rounds = { rounds: sizes.openings, warmUp: sizes.warmUp };
  const compare = (open: (filled: Filled) => Promise<unknown>) =>
    interleave(
      [
        { name: "year", run: () => milliseconds(() => open(year)) },
        { name: "month", run: () => milliseconds(() => open(month)) },
      ],
      rounds,
    );
  const overview = await compare(async ({ ctx, period, expected }) => {
    const { byType } = await getOverview(ctx, { period });
    if (byType.total.now.decided < expected * 0.95)
      throw new Error(`only ${byType.total.now.decided} are counted`);
  });
  const ofType = await compare(({ ctx, period }) =>
    Promise.all([
      getOverview(ctx, { period, actionType: TYPE }),
      listRefusals(ctx, { period, actionType: TYPE }),
      listEditedFields(ctx, { period, actionType: TYPE }),
    ]),
  );
  const refresh = await compare(({ ctx }) => refreshFigures(ctx));
  const plainly = await milliseconds(() => countPlainly(year.ctx));
  const floorName = `a month with ${sizes.month.toLocaleString("en")}`;
  const beside = (name: string, measured: typeof overview): Result => ({
    name,
    unit: "ms",
    measured: measured.year!,
    floorName,
    floor: measured.month!,
    aim: { atMost: 1.5 },
  });
  return [
    beside(`open insights: a year with ${sizes.year.toLocaleString("en")}`, overview),
    beside("… of one action type", ofType),
    beside("… a worker's look for what has changed", refresh),
    {
      name: "… all days added up from nothing",
      unit: "ms",
      measured: { median: year.addedUpMs, samples: [year.addedUpMs] },
      floorName: "counting outcomes in plain SQL once",
      floor: { median: plainly, samples: [plainly] },
      aim: null,
    },
  ];
}

async function fill(
  server: BenchServer,
  name: string,
  { count, days, period }: { count: number; days: number; period: PeriodInput },
): Promise<Filled> {
  const world = await createBenchWorld(await server.createDatabase(`insights_${name}`));
  await loadDecisions(world, count, days);
  const [approver] = world.approvers;
  const ctx = { ...approver!, actor: { ...approver!.actor, roles: ["manager" as const] } };
  const addedUpMs = await milliseconds(async () => {
    while (!(await refreshFigures(ctx)));
  });
  await vacuumFigures(world);
  return { ctx, period, expected: count, addedUpMs };
}

const vacuumFigures = ({ db }: BenchWorld) => db.pool.query("VACUUM (ANALYZE) figure");

/** What one figure of the page would cost without anything added up. */
const countPlainly = ({ db }: Context) =>
  db.rows(sql`
    SELECT action_type, status, count(*) FROM draft WHERE decided_at > now() - interval '1 year' GROUP BY 1, 2`);
