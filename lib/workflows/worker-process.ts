import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

export interface WorkerProcess {
  child: ChildProcess;
  /** What it has printed so far, both streams. */
  output(): string;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
}

/** Starts `scripts/worker.ts` as a process of its own, for tests of what happens when it dies. Resolves when it is ready. */
export async function startWorkerProcess(environment: Record<string, string>): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/worker.ts"], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  child.stdout?.on("data", (chunk) => (output += chunk));
  child.stderr?.on("data", (chunk) => (output += chunk));
  const exited = once(child, "exit");
  await Promise.race([
    once(child, "message"),
    exited.then(() => Promise.reject(new Error(`the worker ended before it was ready:\n${output}`))),
  ]);
  return {
    child,
    output: () => output,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async stop() {
      child.kill("SIGTERM");
      await exited;
      return child.exitCode;
    },
  };
}

/** Makes all heartbeats a minute old: what the dead left is taken over at once, instead of after ten seconds of silence. */
export const forgetHeartbeats = (db: Queryable): Promise<number> =>
  db.run(sql`UPDATE worker_heartbeat SET beat_at = beat_at - interval '1 minute'`);
