import { sql } from "@/lib/db/sql";
import { backtestPolicy } from "@/lib/insights/backtest/backtest-policy";
import { columnsOf } from "@/lib/insights/backtest/columns";
import { gatherCases } from "@/lib/insights/backtest/gather-cases";
import { readCases } from "@/lib/insights/backtest/read-cases";
import { replayPolicies } from "@/lib/insights/backtest/replay-policies";
import { promotedRule, withRule } from "@/lib/insights/promotion/write-rule";
import type { BenchWorld } from "./bench-world";
import { interleave, milliseconds } from "./interleave";
import { APPROVED_UP_TO, loadDecided } from "./load-decided";
import type { Result } from "./report";

export interface BacktestSizes {
  drafts: number;
  /** How many rows are read one by one, beside it. */
  singleRows: number;
  rounds: number;
  warmUp: number;
}

/**
 * A backtest of a promotion over decided drafts, beside reading so many rows one by one: what a person does who looks at
 * that many of the drafts. As a process does it first, with what a worker has put aside and without; as it goes on (a
 * manager tries another limit); and the replay alone.
 */
export async function measureBacktest(world: BenchWorld, sizes: BacktestSizes): Promise<Result[]> {
  await loadDecided(world, sizes.drafts);
  const { policies } = world.agent;
  const baseline = policies.get("refund")!;
  const rule = promotedRule(baseline, {
    ruleIndex: 1,
    fact: "amount",
    direction: "lte",
    value: APPROVED_UP_TO,
    only: null,
    sampleReview: 0.1,
    lease: { until: "2099-12-31", promotion: "prm_bench" },
  });
  const candidate = withRule(baseline, 1, rule);
  const since = new Date(Date.now() - 100 * 24 * 60 * 60 * 1000);
  const question = { baseline, candidate, since, until: new Date() };
  const backtest = (db: BenchWorld["db"]) => backtestPolicy({ db, policies }, question);
  const first = await backtest(world.db);
  if (first.drafts !== sizes.drafts || first.added.wrong !== 0 || first.added.decided === 0) {
    throw new Error(`The backtest is wrong: ${JSON.stringify(first.added)}`);
  }
  const columns = columnsOf([candidate, baseline]);
  const read = () =>
    readCases({ db: world.db, policies }, { actionType: "refund", columns, since, until: question.until });
  const past = await read();
  while ((await gatherCases(world.agent)) > 0);
  await world.db.pool.query("VACUUM (ANALYZE) backtest_piece");
  const measured = await interleave(
    [
      { name: "again", run: () => milliseconds(() => backtest(world.db)) },
      // Another handle on the same pool remembers nothing yet.
      { name: "first", run: () => milliseconds(() => backtest(Object.create(world.db))) },
      {
        name: "unaided",
        run: () => milliseconds(async () => replayPolicies(await read(), baseline, candidate)),
      },
      { name: "replay", run: () => milliseconds(async () => replayPolicies(past, baseline, candidate)) },
      { name: "rows", run: () => milliseconds(() => readOneByOne(world, sizes.singleRows)) },
    ],
    sizes,
  );
  const beside = {
    unit: "ms" as const,
    floorName: `${sizes.singleRows} single rows`,
    floor: measured.rows!,
    aim: null,
  };
  const count = sizes.drafts.toLocaleString("en");
  return [
    { name: `backtest ${count} drafts`, ...beside, measured: measured.again!, aim: { atMost: 1 } },
    { name: "… the first of a process", ...beside, measured: measured.first! },
    { name: "… without what a worker put aside", ...beside, measured: measured.unaided! },
    { name: "… the replay alone", ...beside, measured: measured.replay! },
  ];
}

async function readOneByOne({ db }: BenchWorld, count: number): Promise<void> {
  for (let row = 1; row <= count; row++) {
    const id = `drf_${String(row).padStart(26, "0")}`;
    await db.row(sql`
      SELECT draft.id, classification.facts, decision.verdict, decision.seconds_on_screen
      FROM draft JOIN classification ON classification.draft_id = draft.id
      LEFT JOIN decision ON decision.draft_id = draft.id AND decision.undone_at IS NULL
      WHERE draft.id = ${id}`);
  }
}
