import { createServer, type Server } from "node:net";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { openBackend } from "./backend";
import { lockDataDirectory } from "./data-directory-lock";
import { Gateway } from "./gateway";
import { startMaintenance } from "./maintenance";
import { prepareCluster } from "./prepare-cluster";

/**
 * The embedded database: `tsx scripts/embedded-database/main.ts --data-dir DIR --port N [--host 127.0.0.1]
 * [--idle-in-transaction-ms 60000] [--maintenance-ms 15000]`. Port 0 takes a free one. Prints `{"ready":true,"url":…}` when it
 * serves; says on stderr, in one line, why it cannot. Ends cleanly on SIGTERM, SIGINT and when the
 * process that started it is gone.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      "data-dir": { type: "string" },
      port: { type: "string" },
      host: { type: "string", default: "127.0.0.1" },
      "idle-in-transaction-ms": { type: "string", default: "60000" },
      "maintenance-ms": { type: "string", default: "15000" },
    },
  });
  const port = wholeNumber("--port", values.port);
  if (port > 65535) throw new Error(`--port ${port}: ports end at 65535`);
  const idleInTransactionMs = wholeNumber("--idle-in-transaction-ms", values["idle-in-transaction-ms"]);
  const maintenanceMs = wholeNumber("--maintenance-ms", values["maintenance-ms"]);
  if (!values["data-dir"]) throw new Error("--data-dir is missing");
  if (!/^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(values.host)) {
    throw new Error(`--host ${values.host}: the embedded database has no passwords and serves loopback only`);
  }
  const dataDir = resolve(values["data-dir"]);

  let stopRequested = () => {};
  const stop = new Promise<void>((request) => {
    stopRequested = request;
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stopRequested);
  process.on("disconnect", stopRequested);

  const unlock = lockDataDirectory(dataDir);
  const server = createServer({ allowHalfOpen: true });
  try {
    await listen(server, port, values.host);
    const backend = await openBackend(await prepareCluster(dataDir), (reason) =>
      fail(`the embedded database crashed: ${reason}`),
    );
    const gateway = new Gateway(backend, { idleInTransactionMs });
    server.on("connection", (socket) => gateway.accept(socket));
    const stopMaintenance = startMaintenance(gateway, maintenanceMs);
    announce(server, values.host);
    await stop;
    server.close();
    stopMaintenance();
    await gateway.close();
    await backend.close();
  } finally {
    unlock();
  }
  process.exit(0);
}

function wholeNumber(option: string, text: string | undefined): number {
  if (text === undefined) throw new Error(`${option} is missing`);
  if (!/^\d+$/.test(text)) throw new Error(`${option} ${text}: not a whole number`);
  return Number(text);
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return reject(error);
      reject(new Error(`port ${port} is taken on ${host}; stop what uses it, or choose another`));
    });
    server.listen(port, host, resolve);
  });
}

function announce(server: Server, host: string): void {
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("the server has no port");
  const name = host.includes(":") ? `[${host}]` : host;
  const message = { ready: true, url: `postgresql://postgres@${name}:${address.port}/postgres` };
  process.stdout.write(`${JSON.stringify(message)}\n`);
  process.send?.(message);
}

function fail(reason: string): never {
  process.stderr.write(`${reason.replace(/\s*\n\s*/g, " ")}\n`);
  process.exit(1);
}

process.on("uncaughtException", (error) => fail(`the embedded database failed: ${error.message}`));
main().catch((error: Error) => fail(error.message));
