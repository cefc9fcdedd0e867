import type { BacktestSizes } from "./measure-backtest";
import type { DecideSizes } from "./measure-decide";
import type { InboxSizes } from "./measure-inbox";
import type { InsightsSizes } from "./measure-insights";
import type { KeysSizes } from "./measure-keys";
import type { NearestSizes } from "./measure-nearest";
import type { PoliciesSizes } from "./measure-policies";
import type { SubmitSizes } from "./measure-submit";
import type { RoutingSizes } from "./routing-world";

export interface Sizes {
  submit: SubmitSizes;
  decide: DecideSizes;
  nearest: NearestSizes;
  inbox: InboxSizes;
  keys: KeysSizes;
  routing: RoutingSizes;
  backtest: BacktestSizes;
  insights: InsightsSizes;
}

/** Needs no database, so there is one full size. */
const POLICIES: PoliciesSizes = {
  rules: 50,
  facts: 20,
  rounds: 9,
  warmUp: 2,
  perRound: { countersign: 40_000, engine: 1_000 },
};

export const policiesSizes = (quick: boolean): PoliciesSizes =>
  quick ? { ...POLICIES, rounds: 1, warmUp: 0, perRound: { countersign: 1_000, engine: 50 } } : POLICIES;

/** What the aims are about. */
const FULL: Sizes = {
  submit: { rounds: 5, warmUp: 1, perRound: { 1: 400, 16: 2000 } },
  decide: { rounds: 5, warmUp: 1, perRound: { 1: 300, 16: 1500 } },
  nearest: { examples: [10_000, 100_000], queries: 300, warmUp: 50 },
  inbox: { openings: 200, warmUp: 20, pending: 10_000, decided: 200_000, smallPending: 100 },
  keys: { pending: 10_000, rounds: 4, warmUp: 1, presses: 20 },
  backtest: { drafts: 100_000, singleRows: 500, rounds: 9, warmUp: 2 },
  routing: {
    people: 1_000,
    schedules: 50,
    rounds: 9,
    warmUp: 2,
    perRound: { resolve: 5_000, everyone: 100, load: 5, query: 500 },
  },
  insights: { year: 1_000_000, month: 10_000, openings: 60, warmUp: 10 },
};

/** The embedded database builds its index on one thread, in memory of its own: a tenth of the library. */
const EMBEDDED: Sizes = {
  submit: { rounds: 5, warmUp: 1, perRound: { 1: 200, 16: 800 } },
  decide: { rounds: 5, warmUp: 1, perRound: { 1: 200, 16: 600 } },
  nearest: { ...FULL.nearest, examples: [10_000] },
  inbox: FULL.inbox,
  keys: { ...FULL.keys, pending: 2_000 },
  routing: FULL.routing,
  backtest: { ...FULL.backtest, drafts: 20_000 },
  insights: { ...FULL.insights, year: 100_000 },
};

/** Whether everything still runs; the numbers say nothing. */
const QUICK: Sizes = {
  submit: { rounds: 1, warmUp: 0, perRound: { 1: 20, 16: 60 } },
  decide: { rounds: 1, warmUp: 0, perRound: { 1: 10, 16: 40 } },
  nearest: { examples: [1_600], queries: 20, warmUp: 2 },
  inbox: { openings: 10, warmUp: 2, pending: 300, decided: 2_000, smallPending: 100 },
  keys: { pending: 200, rounds: 1, warmUp: 0, presses: 5 },
  backtest: { drafts: 1_000, singleRows: 20, rounds: 1, warmUp: 0 },
  routing: {
    ...FULL.routing,
    rounds: 1,
    warmUp: 0,
    perRound: { resolve: 50, everyone: 5, load: 1, query: 20 },
  },
  insights: { year: 5_000, month: 500, openings: 5, warmUp: 1 },
};

/** How much is measured of what; a million examples only where they are asked for. */
export function sizesFor(
  kind: "postgres" | "embedded",
  { quick, million }: { quick: boolean; million: boolean },
): Sizes {
  const sizes = quick ? QUICK : kind === "embedded" ? EMBEDDED : FULL;
  if (!million) return sizes;
  return { ...sizes, nearest: { ...sizes.nearest, examples: [...sizes.nearest.examples, 1_000_000] } };
}
