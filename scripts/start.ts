import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readConfig } from "@/lib/config";
import { openDatabase } from "@/lib/db/database";
import { migrate } from "@/lib/db/migrate";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { seedDemo } from "@/prisma/seed";
import { claimPort, findFreePort } from "./launcher/claim-port";
import { greeting } from "./launcher/greeting";
import { type KeptAlive, keepAlive, type Running } from "./launcher/keep-alive";
import { listenForSignals } from "./launcher/listen-for-signals";
import { loadSecrets } from "./launcher/load-secrets";
import { plainly, plainlyOnDatabase } from "./launcher/plainly";
import { planStart } from "./launcher/plan-start";
import { readRuntime, removeRuntime, writeRuntime } from "./launcher/runtime-file";
import { startProcess } from "./launcher/start-process";
import { PlainError, step } from "./launcher/step.mjs";
import { whenReady } from "./launcher/when-ready";

const STOP_ORDER = ["web", "worker", "shop", "database"];
const root = fileURLToPath(new URL("../", import.meta.url));

/**
 * Starts everything Countersign consists of and keeps it running until a signal or a crash that does not heal; then
 * ends it in order and exits the process. Resolves once it serves.
 * @throws when it cannot start; what was started by then has been ended.
 */
export async function startCountersign(): Promise<void> {
  const config = await plainly(() => readConfig());
  const plan = planStart(config, process.env, root);
  const other = plan.embedded && readRuntime(plan.dataDir);
  if (other) {
    throw new PlainError(
      `Countersign is already running on ${plan.dataDir}: ${other.url} (process ${other.pid}). ` +
        "Stop that one, or give this one a folder and a port of its own: DATA_DIR=.data2 PORT=3001 npm start",
    );
  }
  const port = await claimPort(config.PORT, plan.addresses);
  const kept: KeptAlive[] = [];
  let ownsRuntime = false;
  let stopping: Promise<void> | null = null;

  /** Ends what runs: first what takes requests, last the database that everybody uses. */
  const stopAll = () => {
    stopping ??= (async () => {
      await port.release();
      const turn = ({ name }: KeptAlive) => STOP_ORDER.indexOf(name);
      for (const each of [...kept].sort((a, b) => turn(a) - turn(b))) await each.stop();
      if (ownsRuntime) removeRuntime(plan.dataDir);
    })();
    return stopping;
  };
  const exit = async (code: number) => {
    await stopAll().catch((error) => console.error(error));
    process.exit(code);
  };
  listenForSignals(() => stopping !== null, exit);

  const environment: NodeJS.ProcessEnv = { ...process.env };
  const saveRuntime = () => {
    if (stopping || !environment.DATABASE_URL) return;
    const processes = Object.fromEntries(kept.map((each) => [each.name, each.pid()]));
    const url = `http://localhost:${config.PORT}`;
    writeRuntime(plan.dataDir, { pid: process.pid, processes, url, databaseUrl: environment.DATABASE_URL });
    ownsRuntime = true;
  };
  const keep = async (name: string, start: Parameters<typeof keepAlive>[1]) => {
    const each = await keepAlive(name, start, {
      report: (sentence) => console.log(`! ${sentence}`),
      restarted: saveRuntime,
      giveUp: (reason) => {
        if (stopping) return;
        console.error(`\nStopping everything: ${reason}`);
        void exit(1);
      },
    });
    kept.push(each);
    if (stopping) await each.stop();
    saveRuntime();
  };
  const program = (name: string, script: string, more: Partial<Parameters<typeof startProcess>[0]> = {}) =>
    keep(name, (hooks) =>
      startProcess(
        {
          script,
          env: { ...environment },
          onLine: (line) => console.log(`${name.padEnd(8)} │ ${line}`),
          ...more,
        },
        hooks,
      ),
    );

  try {
    const policies = await step("Policies", () => plainly(() => loadPolicies(config.POLICIES_DIR)));
    if (plan.embedded)
      await step("Embedded database", () => plainly(() => keepDatabase(plan.dataDir, environment, keep)));
    const databaseUrl = environment.DATABASE_URL!;
    await step("Migrations", async () => {
      const applied = await plainlyOnDatabase(databaseUrl, () => migrate(databaseUrl, root));
      return applied.length > 0 ? `${applied.length} applied` : "up to date";
    });
    const db = openDatabase(databaseUrl, 1);
    try {
      await recordPolicyVersions(db, policies);
      if (plan.demo) await step("Demo organisation", async () => ((await seedDemo(db)) ? "seeded" : "kept"));
    } finally {
      await db.close();
    }
    Object.assign(environment, {
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      PORT: String(config.PORT),
      DATA_DIR: plan.dataDir,
      DEMO: plan.demo ? "1" : "0",
      ...(plan.demo || plan.embedded ? withoutGiven(await plainly(() => loadSecrets(plan.dataDir))) : {}),
    });
    const shopArgs = plan.demo ? await chooseShop(plan.dataDir, environment) : null;
    await step(shopArgs ? "Web server, worker and demo shop" : "Web server and worker", async () => {
      await port.release();
      const web = { ...environment, LISTEN_ADDRESSES: port.addresses.join(",") };
      const starts = [
        program("worker", "scripts/worker.ts"),
        program("web", "scripts/launcher/web.mjs", { env: web }),
        ...(shopArgs ? [program("shop", "scripts/demo-shop.ts", { args: shopArgs })] : []),
      ];
      // All of them are waited for, so that a failure of one leaves none behind that nobody knows of.
      const failed = (await Promise.allSettled(starts)).find((start) => start.status === "rejected");
      if (failed) throw failed.reason;
      await whenReady(config.PORT, port.addresses);
    });
    console.log(`\n${greeting(plan, policies.size)}`);
  } catch (error) {
    if (!stopping) {
      await stopAll();
      throw error;
    }
    await stopping;
  }
}

type Keep = (name: string, start: Parameters<typeof keepAlive>[1]) => Promise<void>;

/** The embedded database, on one port for as long as the launcher lives, so that clients find it again after a crash. */
async function keepDatabase(dataDir: string, environment: NodeJS.ProcessEnv, keep: Keep): Promise<void> {
  const { startEmbeddedDatabase } = await import("./embedded-database/start-embedded");
  await keep("database", async ({ onExit }): Promise<Running> => {
    const port = environment.DATABASE_URL ? Number(new URL(environment.DATABASE_URL).port) : 0;
    const database = await startEmbeddedDatabase({
      dataDir: join(dataDir, "database"),
      port,
      onExit: ({ code, signal, reason }) =>
        onExit([signal ?? `exit code ${code}`, reason].filter(Boolean).join(": ")),
    });
    environment.DATABASE_URL = database.url;
    return { pid: database.pid, stop: database.stop };
  });
}

/** Gives the demo's webhooks somewhere to go: a shop that executes what was approved. Resolves to its arguments. */
async function chooseShop(dataDir: string, environment: NodeJS.ProcessEnv): Promise<string[]> {
  const port = await findFreePort();
  environment.RETAIL_WEBHOOK_URL ||= `http://127.0.0.1:${port}/webhooks/countersign`;
  environment.OUTGOING_ALLOWED_HOSTS = [environment.OUTGOING_ALLOWED_HOSTS, `127.0.0.1:${port}`]
    .filter(Boolean)
    .join(",");
  return ["--port", String(port), "--ledger", join(dataDir, "demo-shop.jsonl")];
}

/** What the environment does not set already. */
function withoutGiven<Settings extends object>(settings: Settings): Partial<Settings> {
  return Object.fromEntries(
    Object.entries(settings).filter(([name]) => !process.env[name]),
  ) as Partial<Settings>;
}
