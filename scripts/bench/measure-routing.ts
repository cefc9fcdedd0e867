import { sql } from "@/lib/db/sql";
import { getDirectory } from "@/lib/directory/load-directory";
import { DEFAULT_APPROVER_RULE } from "@/lib/policy/compile-policy";
import type { Directory } from "@/lib/routing/directory";
import { type ApproverQuestion, resolveApprovers } from "@/lib/routing/resolve-approvers";
import type { BenchDatabase } from "./bench-server";
import { interleave, type Measurement, milliseconds } from "./interleave";
import type { Result } from "./report";
import { addRoutingWorld, departmentId, type RoutingSizes, ruleName } from "./routing-world";

const YEAR_MS = 365 * 86_400_000;

/** Resolving approver rules at moments all over a year, beside reading one row of the same database. */
export async function measureRouting({ db }: BenchDatabase, sizes: RoutingSizes): Promise<Result[]> {
  await addRoutingWorld(db, sizes);
  const directory = await getDirectory(db);
  const { perRound, people, schedules } = sizes;
  let asked = 0;
  const questions = (count: number, rule?: string) =>
    Array.from({ length: count }, () => question(asked++, schedules, rule));
  const ofRules = questions(perRound.resolve);
  const ofEveryone = questions(perRound.everyone, DEFAULT_APPROVER_RULE);

  /** Microseconds for each of `count` pieces of work. */
  const each = async (count: number, work: () => unknown) =>
    ((await milliseconds(async () => work())) * 1000) / count;
  const measured = await interleave(
    [
      { name: "resolve", run: () => each(ofRules.length, () => answerAll(directory, ofRules)) },
      { name: "everyone", run: () => each(ofEveryone.length, () => answerAll(directory, ofEveryone)) },
      {
        name: "load",
        run: () =>
          each(perRound.load, async () => {
            for (let n = 0; n < perRound.load; n++) {
              await db.run(sql`UPDATE directory_state SET version = version + 1`);
              await getDirectory(db);
            }
          }),
      },
      {
        name: "query",
        run: () =>
          each(perRound.query, async () => {
            for (let n = 0; n < perRound.query; n++) {
              await db.row(sql`SELECT name FROM person WHERE id = ${`per_bench_${n % people}`}`);
            }
          }),
      },
    ],
    { rounds: sizes.rounds, warmUp: sizes.warmUp },
  );
  const beside = { unit: "µs" as const, floorName: "single-row query", floor: measured.query! };
  return [
    {
      name: `resolve an approver rule, ${people.toLocaleString("en")} people, ${schedules} schedules`,
      ...beside,
      measured: measured.resolve!,
      aim: { atMost: worthOfOneMillisecond(measured.query!) },
    },
    { name: "… one that asks every approver", ...beside, measured: measured.everyone!, aim: null },
    { name: "… reading everything anew after a change", ...beside, measured: measured.load!, aim: null },
  ];
}

/** How many of this run's single-row queries fit into a millisecond. */
const worthOfOneMillisecond = ({ median }: Measurement): number => Math.round(10_000 / median) / 10;

/** The n-th question: another rule, amount, department and moment than those around it, the same in every run. */
function question(n: number, schedules: number, rule?: string): ApproverQuestion {
  const moment = (n * 0.618_033_988_75) % 1;
  return {
    rule: rule ?? ruleName(n % schedules),
    amount: n % 4 === 3 ? 900 : 120,
    departmentId: departmentId(n),
    required: 1,
    at: new Date(Date.now() - YEAR_MS / 2 + moment * YEAR_MS),
    barred: new Set([`per_bench_${n % 7}`]),
  };
}

/** @throws when a question finds nobody: then something else than resolving was measured. */
function answerAll(directory: Directory, questions: readonly ApproverQuestion[]): void {
  for (const each of questions) {
    if (!resolveApprovers(directory, each).enough) throw new Error(`${each.rule} found nobody at ${each.at}`);
  }
}
