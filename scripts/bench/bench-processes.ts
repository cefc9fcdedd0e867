import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readConfig } from "@/lib/config";
import { startProcess } from "@/scripts/launcher/start-process";
import { onCleanUp } from "./clean-up";
import type { Load, LoadResult } from "./load-generator";

/**
 * Starts the production web server on `databaseUrl` as the launcher does, and answers its address. With `demo`, people
 * sign in by choosing who they are.
 */
export async function startWeb(databaseUrl: string, { demo = false } = {}): Promise<string> {
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: databaseUrl,
    POLICIES_DIR: resolve(readConfig().POLICIES_DIR),
    PORT: `${port}`,
    LISTEN_ADDRESSES: "127.0.0.1",
    // One key does the work of many agents here.
    RATE_LIMIT_PER_SECOND: "1000000",
    AUTH_SECRET: randomBytes(32).toString("base64"),
    ...(demo ? { DEMO: "true", AUTH_URL: url } : {}),
  };
  let stopping = false;
  const web = await startProcess(
    { script: "scripts/launcher/web.mjs", env, onLine: (line) => console.error(`  web │ ${line}`) },
    {
      onExit: (reason) => {
        if (!stopping) console.error(`  web │ ended: ${reason}`);
      },
      signal: new AbortController().signal,
    },
  );
  onCleanUp(() => {
    stopping = true;
    return web.stop();
  });
  return demo ? url : `http://127.0.0.1:${port}`;
}

/** Starts the load generator and answers how to have it put load on a server: it resolves to requests per second. */
export function startLoadGenerator(): (load: Load) => Promise<number> {
  const child = fork(fileURLToPath(new URL("./load-generator.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
    detached: true,
  });
  onCleanUp(() => child.kill());
  return (load) =>
    new Promise((done, fail) => {
      const ended = () => fail(new Error("the load generator ended; what it said stands above"));
      child.once("exit", ended);
      child.once("message", (result: LoadResult) => {
        child.off("exit", ended);
        done(result.perSecond);
      });
      child.send(load);
    });
}

function findFreePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
