import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";

export interface EmbeddedDatabaseOptions {
  /** Made when missing; belongs to the embedded database alone. */
  dataDir: string;
  /** 0 takes a free port. */
  port: number;
  /** How long a client may leave a transaction open without a word; 60,000 unless given. */
  idleInTransactionMs?: number;
  /** How often checkpoints and vacuums that are due run; 15,000 unless given. */
  maintenanceMs?: number;
  /** Called once when the process ends without `stop` or `kill`; `reason` is what it said last. */
  onExit?: (exit: { code: number | null; signal: NodeJS.Signals | null; reason: string }) => void;
}

export interface EmbeddedDatabase {
  url: string;
  pid: number;
  /** Closes the database cleanly; resolves when the process is gone. */
  stop(): Promise<void>;
  /** Sends a signal (for fault tests); resolves when the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** A clean stop that takes longer than this ends in SIGKILL, which loses no committed row either. */
const STOP_TIMEOUT_MS = 20_000;

/**
 * Starts the embedded database in a process of its own and resolves when it serves. Rejects with the
 * message it gave when it cannot: port taken, directory in use, directory damaged. The process ends by
 * itself when this one dies, and does not get this terminal's Ctrl-C: whoever started it stops it.
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const child = spawnProcess(options);
  let reason = "";
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on("line", (line) => {
    reason = line;
  });
  child.stdout?.resume();
  let started = false;
  let stopping = false;
  const ended = new Promise<void>((done) => {
    child.once("close", (code, signal) => {
      done();
      if (started && !stopping) options.onExit?.({ code, signal, reason });
    });
  });

  const url = await new Promise<string>((ready, reject) => {
    child.once("error", reject);
    child.once("message", (message: { url: string }) => ready(message.url));
    child.once("close", (code, signal) => {
      reject(new Error(reason || `the embedded database ended at once (${signal ?? code})`));
    });
  });

  started = true;

  async function kill(signal: NodeJS.Signals): Promise<void> {
    stopping = true;
    child.kill(signal);
    await ended;
  }
  return {
    url,
    pid: child.pid as number,
    kill,
    async stop() {
      const impatient = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
      await kill("SIGTERM");
      clearTimeout(impatient);
    },
  };
}

function spawnProcess(options: EmbeddedDatabaseOptions): ChildProcess {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  const args = ["--data-dir", resolve(options.dataDir), "--port", `${options.port}`];
  if (options.idleInTransactionMs !== undefined) {
    args.push("--idle-in-transaction-ms", `${options.idleInTransactionMs}`);
  }
  if (options.maintenanceMs !== undefined) {
    args.push("--maintenance-ms", `${options.maintenanceMs}`);
  }
  return spawn(process.execPath, ["--import", tsx, main, ...args], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true,
  });
}
