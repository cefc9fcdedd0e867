import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findFreePort } from "@/scripts/launcher/claim-port";
import type { Runtime } from "@/scripts/launcher/runtime-file";

export interface Product {
  url: string;
  port: number;
  dataDir: string;
  launcher: ChildProcess;
  /** Everything it printed so far. */
  output: () => string;
  /** What the launcher says of itself; null before it has started its first process and after its end. */
  runtime: () => Runtime | null;
  /** Resolves when it serves; rejects with its output when it ends before. */
  ready: Promise<void>;
  /** Resolves to its exit code, null when it was killed. */
  ended: Promise<number | null>;
  /** Stops it as Ctrl-C would. Deletes its data unless it was given a folder. */
  stop: () => Promise<void>;
}

/** Runs what `npm start` runs, as the demo on an embedded database of its own, or with `environment` on top. */
export async function launchProduct(
  given: { dataDir?: string; port?: number; environment?: NodeJS.ProcessEnv | Record<string, string> } = {},
): Promise<Product> {
  const dataDir = given.dataDir ?? mkdtempSync(join(tmpdir(), "countersign-e2e-"));
  const port = given.port ?? (await findFreePort());
  const launcher = spawn(process.execPath, [resolve("scripts/start.mjs")], {
    env: {
      ...process.env,
      NODE_ENV: undefined,
      DATABASE_URL: "",
      DEMO: "",
      AUTH_URL: "",
      PORT: String(port),
      DATA_DIR: dataDir,
      NO_COLOR: "1",
      FORCE_COLOR: undefined,
      ...given.environment,
    } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  const ready = new Promise<void>((done, reject) => {
    const take = (chunk: Buffer) => {
      output += chunk;
      if (output.includes("Countersign is ready")) done();
    };
    launcher.stdout!.on("data", take);
    launcher.stderr!.on("data", take);
    launcher.once("close", () => reject(new Error(`Countersign did not start:\n${output}`)));
  });
  ready.catch(() => {});
  const ended = once(launcher, "close").then(([code]) => code as number | null);

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dataDir,
    launcher,
    output: () => output,
    runtime: () => {
      const file = join(dataDir, "runtime.json");
      return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Runtime) : null;
    },
    ready,
    ended,
    stop: async () => {
      launcher.kill("SIGTERM");
      await ended;
      if (!given.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
