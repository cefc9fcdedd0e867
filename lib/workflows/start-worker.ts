import { randomUUID } from "node:crypto";
import { DBOS } from "@dbos-inc/dbos-sdk";
import pg from "pg";
import { closeChecks } from "@/lib/checks/close-checks";
import { seedChecks } from "@/lib/checks/seed-checks";
import { readConfig } from "@/lib/config";
import type { Context, SystemActor } from "@/lib/context";
import { openDatabase } from "@/lib/db/database";
import { escalateUnattended } from "@/lib/drafts/escalate-unattended";
import { holdBackWaiting } from "@/lib/executions/hold-back-waiting";
import { deleteOldLookups } from "@/lib/facts/lookup-cache";
import { gatherCases } from "@/lib/insights/backtest/gather-cases";
import { refreshFigures } from "@/lib/insights/figures/refresh-figures";
import { tellOfLeases } from "@/lib/insights/promotion/tell-of-leases";
import { deleteOldPresence } from "@/lib/live/presence";
import { type LoadedPolicies, loadPolicies } from "@/lib/policy-files/load-policies";
import { indexDrafts } from "@/lib/search/index-drafts";
import "./definitions/deliver-callback";
import "./definitions/escalate-draft";
import "./definitions/execute-draft";
import "./definitions/open-pull-request";
import "./definitions/write-draft";
import { deleteFinishedRuns } from "./delete-finished-runs";
import { APPLICATION_NAME, APPLICATION_VERSION, QUEUE_OF } from "./enqueue";
import { beat, stopBeating } from "./heartbeat";
import { reclaimOrphans } from "./reclaim-orphans";
import { recoverDeadWorkers } from "./recover-dead-workers";
import { repeat } from "./repeat";
import { requeueLostWork } from "./requeue-lost-work";
import { startEmbedding } from "./start-embedding";
import { setWorkerContext } from "./worker-context";
import { workflowLogger } from "./workflow-logger";

export interface Worker {
  executorId: string;
  /** Takes no more work, lets what runs finish for at most ten seconds, and disconnects. */
  stop(): Promise<void>;
}

/** Per process: how many at once, and how often an idle queue is looked at. */
const QUEUES = [
  { name: QUEUE_OF.execute_draft, workerConcurrency: 20, minPollingIntervalMs: 100 },
  { name: QUEUE_OF.escalate_draft, workerConcurrency: 20, minPollingIntervalMs: 200 },
  { name: QUEUE_OF.deliver_callback, workerConcurrency: 10, minPollingIntervalMs: 200 },
  { name: QUEUE_OF.write_draft, workerConcurrency: 5, minPollingIntervalMs: 200 },
];
const WORKFLOW_POOL_SIZE = 10;
const DRAIN_MS = 10_000;
/** A worker that is paused or cut off in the middle of a transaction keeps its locks no longer than this. */
const IDLE_IN_TRANSACTION_MS = 10_000;

/**
 * Starts the worker of this process: workflows on their queues, heartbeat, recovery of dead workers' work. At most one
 * per process; any number of processes share one database. Returns when it takes work.
 * @throws Error when the database cannot be reached or is not migrated, PolicyError on bad policies.
 */
export async function startWorker(options: {
  databaseUrl: string;
  /** Unique per process; a name of one's own makes logs readable. */
  executorId?: string;
  policies?: LoadedPolicies;
  now?: () => Date;
}): Promise<Worker> {
  if (DBOS.isInitialized()) throw new Error("A worker is already running in this process.");
  const config = readConfig();
  const policies = options.policies ?? loadPolicies(config.POLICIES_DIR);
  const executorId = options.executorId ?? `worker-${process.pid}-${randomUUID().slice(0, 8)}`;
  const databaseUrl = withIdleLimit(options.databaseUrl);
  const db = openDatabase(databaseUrl, config.DATABASE_POOL_SIZE);
  const ctx: Context<SystemActor> = {
    actor: { kind: "system", name: "worker" },
    db,
    policies,
    now: options.now ?? (() => new Date()),
  };
  const pool = openWorkflowPool(databaseUrl);
  try {
    // Before any work is taken: work in flight without a heartbeat counts as a dead worker's.
    await beat(db, executorId);
    setWorkerContext(ctx);
    await launch(databaseUrl, pool, executorId);
  } catch (error) {
    await DBOS.shutdown().catch(() => {});
    await stopBeating(db, executorId).catch(() => {});
    await Promise.all([db.close(), pool.end()]);
    throw error;
  }
  const loops = [
    repeat("heartbeat", 2_000, () => beat(db, executorId)),
    repeat("recovery of dead workers", 3_000, () => recoverDeadWorkers(db, executorId)),
    repeat("recovery of orphans", 3_000, () => reclaimOrphans(db, executorId)),
    repeat("holding back to review", 2_000, () => holdBackWaiting(ctx)),
    repeat("indexing of drafts", 1_000, () => indexDrafts(db, policies)),
    startEmbedding(ctx, executorId),
    repeat("checks of attention", 10_000, async () => {
      await closeChecks(ctx);
      await seedChecks(ctx);
    }),
    repeat("adding up of figures", 15_000, () => refreshFigures(ctx)),
    repeat("putting aside of past drafts", 20_000, () => gatherCases(ctx)),
    repeat("telling of leases", 300_000, () => tellOfLeases(ctx)),
    repeat("search for drafts that nobody may decide", 15_000, () => escalateUnattended(ctx)),
    repeat("search for lost work", 30_000, () => requeueLostWork(db, ctx.now())),
    repeat("deletion of finished runs", 60_000, () => deleteFinishedRuns(db)),
    repeat("deletion of old presence", 60_000, () => deleteOldPresence(db, ctx.now())),
    repeat("deletion of old lookups", 600_000, () => deleteOldLookups(db, ctx.now())),
  ];
  return {
    executorId,
    async stop() {
      await Promise.all(loops.slice(1).map((loop) => loop.stop()));
      await DBOS.shutdown({ workflowCompletionTimeoutMS: DRAIN_MS });
      await loops[0]?.stop();
      await stopBeating(db, executorId).catch(() => {});
      setWorkerContext(null);
      await Promise.all([db.close(), pool.end()]);
    },
  };
}

/** The limit as a start-up option, so that setting it costs no statement and leaks to nobody on a shared backend. */
function withIdleLimit(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const given = url.searchParams.get("options") ?? "";
  if (!given.includes("idle_in_transaction_session_timeout")) {
    const limit = `-c idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`;
    url.searchParams.set("options", `${given} ${limit}`.trim());
  }
  return url.toString();
}

/** The durable-execution library's own connections. One lost at the wrong moment must not end the process. */
function openWorkflowPool(databaseUrl: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: WORKFLOW_POOL_SIZE,
    connectionTimeoutMillis: 15_000,
    application_name: "countersign workflows",
  });
  pool.on("error", (error) => console.error(`worker: an idle connection was lost (${error.message})`));
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** LISTEN is not used: these workflows neither send messages nor wait for events, and queues are polled anyway. */
async function launch(databaseUrl: string, pool: pg.Pool, executorId: string): Promise<void> {
  DBOS.setConfig({
    name: APPLICATION_NAME,
    systemDatabaseUrl: databaseUrl,
    systemDatabasePool: pool,
    systemDatabaseSchemaName: "dbos",
    applicationVersion: APPLICATION_VERSION,
    executorID: executorId,
    runMigrations: false,
    useListenNotify: false,
    enableOTLP: false,
    tracingEnabled: false,
    logger: workflowLogger(),
  });
  await DBOS.launch();
  for (const { name, ...queue } of QUEUES) {
    await DBOS.registerQueue(name, { ...queue, onConflict: "always_update" });
  }
}
