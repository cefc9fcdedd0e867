import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a running launcher tells other commands, and tests, about itself. */
export interface Runtime {
  /** The launcher's process id, and those of what it started, by name. */
  pid: number;
  processes: Record<string, number | undefined>;
  /** The web server's address on this machine. */
  url: string;
  databaseUrl: string;
}

const fileOf = (dataDir: string) => join(dataDir, "runtime.json");

/** Writes `runtime.json`, readable by its owner alone, in one stroke. */
export function writeRuntime(dataDir: string, runtime: Runtime): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(`${fileOf(dataDir)}.new`, `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${fileOf(dataDir)}.new`, fileOf(dataDir));
}

/** The launcher that runs on this data folder, or null when none does. */
export function readRuntime(dataDir: string): Runtime | null {
  try {
    const runtime = JSON.parse(readFileSync(fileOf(dataDir), "utf8")) as Runtime;
    process.kill(runtime.pid, 0);
    return runtime;
  } catch {
    return null;
  }
}

/** Removes `runtime.json`, when the launcher stops. */
export function removeRuntime(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}
