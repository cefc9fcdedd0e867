import { readConfig } from "@/lib/config";
import { startWorker, type Worker } from "@/lib/workflows/start-worker";

const RETRY_MS = 2_000;

/** Connection refused, host unknown, server starting or stopping: worth waiting for. */
const isAway = (error: unknown): boolean => {
  const reasons =
    error instanceof AggregateError ? error.errors : [error, (error as { cause?: unknown })?.cause];
  return reasons.some((reason) => {
    const { code, message } = (reason ?? {}) as { code?: string; message?: string };
    return (
      /^(ECONN|ENOTFOUND|ETIMEDOUT|EPIPE|EAI_|57P0|08)/.test(code ?? "") ||
      /timeout|terminated/i.test(message ?? "")
    );
  });
};

let stopping = false;

async function startWhenReachable(databaseUrl: string): Promise<Worker> {
  for (let said = false; ; said = true) {
    try {
      return await startWorker({ databaseUrl });
    } catch (error) {
      if (stopping) process.exit(0);
      if (!isAway(error)) throw error;
      if (!said) console.error("worker: the database cannot be reached, waiting for it");
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

const { DATABASE_URL } = readConfig();
if (!DATABASE_URL) {
  console.error("worker: DATABASE_URL is not set. `npm start` starts a worker beside the embedded database.");
  process.exit(1);
}

const starting = startWhenReachable(DATABASE_URL);
for (const signal of ["SIGTERM", "SIGINT", "disconnect"]) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    // A worker that cannot stop in order is as good as killed: others take over what it leaves.
    setTimeout(() => process.exit(1), 15_000).unref();
    await (await starting).stop();
    process.exit(0);
  });
}
process.on("unhandledRejection", (error) => console.error("worker: unexpected failure", error));

try {
  const worker = await starting;
  console.log(`worker: ready as ${worker.executorId}`);
  process.send?.({ ready: true });
} catch (error) {
  console.error(`worker: cannot start: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
