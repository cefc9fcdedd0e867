import { cpus } from "node:os";
import { build } from "@/scripts/launcher/prepare.mjs";
import { killAllProcesses } from "@/scripts/launcher/start-process";
import { step } from "@/scripts/launcher/step.mjs";
import { openBenchServer } from "./bench-server";
import { createBenchWorld } from "./bench-world";
import { cleanUp, cleanUpOnSignals, onCleanUp } from "./clean-up";
import { measureDecide } from "./measure-decide";
import { measureInbox } from "./measure-inbox";
import { measureNearest } from "./measure-nearest";
import { measureSubmit } from "./measure-submit";
import type { BenchOptions } from "./parse-options";
import { formatTable, type Result, writeReport } from "./report";
import { sizesFor } from "./sizes";

/** Measures what was asked for, shows the table and writes the report; leaves nothing behind. */
export async function runBench({ quick, only }: BenchOptions): Promise<void> {
  cleanUpOnSignals();
  onCleanUp(killAllProcesses);
  try {
    await measureAll({ quick, only });
  } finally {
    await cleanUp();
  }
}

async function measureAll({ quick, only }: BenchOptions): Promise<void> {
  const at = new Date().toISOString();
  const wanted = (name: string) => only.length === 0 || only.includes(name);
  if (wanted("submit")) await build();
  const server = await step("Database server", () => openBenchServer(process.env.DATABASE_URL || undefined));
  const sizes = sizesFor(server.kind, quick);
  const world = async (name: string) => createBenchWorld(await server.createDatabase(name));
  const results: Result[] = [];
  // The aims are about a real server at full size; elsewhere the numbers stand by themselves.
  const aimed = server.kind === "postgres" && !quick;
  const measure = async (name: string, title: string, work: () => Promise<Result[]>) => {
    if (!wanted(name)) return;
    const measured = await step(title, work);
    results.push(...measured.map((result) => (aimed ? result : { ...result, aim: null })));
  };

  await measure("submit", "Submit through HTTP", async () =>
    measureSubmit(await world("submit"), sizes.submit),
  );
  await measure("decide", "Decide through the verb", async () =>
    measureDecide(await world("decide"), sizes.decide),
  );
  await measure("nearest", "Nearest examples", async () =>
    measureNearest(await world("nearest"), sizes.nearest),
  );
  await measure("inbox", "Open the inbox", () => measureInbox(server, sizes.inbox));

  console.log(`\n${formatTable(results)}\n`);
  const machine = cpus();
  const file = writeReport("bench-results", {
    at,
    node: process.version,
    cpus: `${machine.length} × ${machine[0]?.model ?? "unknown"}`,
    database: { kind: server.kind, version: server.version },
    quick,
    sizes,
    results,
  });
  console.log(`${server.version}; every sample is in ${file}`);
}
