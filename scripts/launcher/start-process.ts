import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Running } from "./keep-alive";
import { readLines } from "./read-lines";

const GUARD = new URL("./exit-with-parent.mjs", import.meta.url).href;
const root = fileURLToPath(new URL("../../", import.meta.url));
const STOP_MS = 20_000;
const READY_MS = 90_000;

export interface ProcessSpec {
  /** Path in the checkout. TypeScript runs under tsx. */
  script: string;
  args?: string[];
  env: NodeJS.ProcessEnv;
  /** Resolves when the process serves; without it, the process says so itself with the message `{ready: true}`. */
  isReady?: () => Promise<boolean>;
  onLine: (line: string) => void;
}

const alive = new Set<ChildProcess>();

/** Ends every process started here at once. */
export function killAllProcesses(): void {
  for (const child of alive) child.kill("SIGKILL");
}

/**
 * Starts a Node program that ends with this process, however that ends, and resolves when it is ready.
 * In a process group of its own, so that Ctrl-C in a terminal reaches the launcher alone, which stops things in order.
 * @throws Error with the last lines it printed when it ends before it is ready.
 */
export function startProcess(
  spec: ProcessSpec,
  { onExit, signal }: { onExit: (reason: string) => void; signal: AbortSignal },
): Promise<Running> {
  const tsx = spec.script.endsWith(".ts") ? ["--import", "tsx"] : [];
  const child = spawn(
    process.execPath,
    ["--no-deprecation", "--import", GUARD, ...tsx, spec.script, ...(spec.args ?? [])],
    {
      cwd: root,
      env: spec.env,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      detached: true,
    },
  );
  alive.add(child);
  const lastLines: string[] = [];
  const onLine = (line: string) => {
    lastLines.push(line);
    if (lastLines.length > 20) lastLines.shift();
    spec.onLine(line);
  };
  readLines(child.stdout!, onLine);
  readLines(child.stderr!, onLine);

  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, by) => resolve(by ? `killed by ${by}` : `exit code ${code}`));
  }).finally(() => alive.delete(child));
  const stop = async () => {
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(force);
  };

  return new Promise((resolve, reject) => {
    let ready = false;
    const finish = () => {
      if (ready) return;
      ready = true;
      clearTimeout(tooLate);
      resolve({ pid: child.pid!, stop });
    };
    const tooLate = setTimeout(() => {
      child.kill("SIGKILL");
    }, READY_MS);
    signal.addEventListener("abort", () => {
      if (!ready) child.kill("SIGKILL");
    });
    child.on("message", (message) => {
      if ((message as { ready?: unknown } | null)?.ready === true) finish();
    });
    if (spec.isReady) void pollUntil(spec.isReady, () => ready).then(finish);
    void ended.then((reason) => {
      clearTimeout(tooLate);
      if (ready) onExit(reason);
      else {
        ready = true;
        reject(new Error([`${reason}, before it was ready`, ...lastLines].join("\n")));
      }
    });
  });
}

async function pollUntil(check: () => Promise<boolean>, giveUp: () => boolean): Promise<void> {
  while (!giveUp() && !(await check())) await new Promise((resolve) => setTimeout(resolve, 100));
}
