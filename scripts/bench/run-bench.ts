import { cpus } from "node:os";
import { build } from "@/scripts/launcher/prepare.mjs";
import { killAllProcesses } from "@/scripts/launcher/start-process";
import { step } from "@/scripts/launcher/step.mjs";
import { type BenchServer, openBenchServer } from "./bench-server";
import { createBenchWorld } from "./bench-world";
import { cleanUp, cleanUpOnSignals, onCleanUp } from "./clean-up";
import { measureBacktest } from "./measure-backtest";
import { measureDecide } from "./measure-decide";
import { measureInbox } from "./measure-inbox";
import { measureInsights } from "./measure-insights";
import { measureKeys } from "./measure-keys";
import { measureLikeness } from "./measure-likeness";
import { measureNearest } from "./measure-nearest";
import { measurePolicies } from "./measure-policies";
import { measureRouting } from "./measure-routing";
import { measureSubmit } from "./measure-submit";
import { type BenchOptions, needsDatabase } from "./parse-options";
import { formatTable, type Result, writeReport } from "./report";
import { policiesSizes, sizesFor } from "./sizes";

/** Measures what was asked for, shows the table and writes the report; leaves nothing behind. */
export async function runBench(options: BenchOptions): Promise<void> {
  cleanUpOnSignals();
  onCleanUp(killAllProcesses);
  try {
    await measureAll(options);
  } finally {
    await cleanUp();
  }
}

async function measureAll({ quick, million, only }: BenchOptions): Promise<void> {
  const at = new Date().toISOString();
  const wanted = (name: string) => only.length === 0 || only.includes(name);
  const results: Result[] = [];
  const measure: Measure = async (name, title, aimed, work) => {
    if (!wanted(name)) return;
    const measured = await step(title, work);
    results.push(...measured.map((result) => (aimed && !quick ? result : { ...result, aim: null })));
  };

  await measure("policies", "Evaluate policies", true, () => measurePolicies(policiesSizes(quick)));
  await measure("likeness", "Likeness of drafts", true, async () => measureLikeness());
  const database = needsDatabase({ only })
    ? await measureDatabase(measure, { quick, million, wanted })
    : null;

  console.log(`\n${formatTable(results)}\n`);
  const machine = cpus();
  const file = writeReport("bench-results", {
    at,
    node: process.version,
    cpus: `${machine.length} × ${machine[0]?.model ?? "unknown"}`,
    database: database && { kind: database.kind, version: database.version },
    quick,
    sizes: {
      policies: policiesSizes(quick),
      ...(database ? sizesFor(database.kind, { quick, million }) : {}),
    },
    results,
  });
  console.log(`${database ? `${database.version}; every` : "Every"} sample is in ${file}`);
}

/** Measures a part, if it is wanted; `aimed` says whether its aims are about this machine's set-up. */
type Measure = (name: string, title: string, aimed: boolean, work: () => Promise<Result[]>) => Promise<void>;

/** The parts that need a database; answers the server they ran on. */
async function measureDatabase(
  measure: Measure,
  { quick, million, wanted }: { quick: boolean; million: boolean; wanted: (name: string) => boolean },
): Promise<BenchServer> {
  if (wanted("submit") || wanted("keys")) await build();
  const server = await step("Database server", () => openBenchServer(process.env.DATABASE_URL || undefined));
  const sizes = sizesFor(server.kind, { quick, million });
  const world = async (name: string) => createBenchWorld(await server.createDatabase(name));
  // The aims are about a real server; elsewhere the numbers stand by themselves.
  const aimed = server.kind === "postgres";

  await measure("submit", "Submit through HTTP", aimed, async () =>
    measureSubmit(await world("submit"), sizes.submit),
  );
  await measure("decide", "Decide through the verb", aimed, async () =>
    measureDecide(await world("decide"), sizes.decide),
  );
  await measure("nearest", "Nearest examples", aimed, async () =>
    measureNearest(await world("nearest"), sizes.nearest),
  );
  await measure("inbox", "Open the inbox", aimed, () => measureInbox(server, sizes.inbox));
  await measure("keys", "Press keys in a browser", true, async () =>
    measureKeys(await world("keys"), sizes.keys),
  );
  await measure("backtest", "Replay past drafts", aimed, async () =>
    measureBacktest(await world("backtest"), sizes.backtest),
  );
  await measure("routing", "Resolve approvers", aimed, async () =>
    measureRouting(await server.createDatabase("routing"), sizes.routing),
  );
  await measure("insights", "Open insights", aimed, () => measureInsights(server, sizes.insights));
  return server;
}
