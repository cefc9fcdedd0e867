import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type Database, openDatabase } from "@/lib/db/database";
import { migrate } from "@/lib/db/migrate";
import { startEmbeddedDatabase } from "@/scripts/embedded-database/start-embedded";
import { onCleanUp } from "./clean-up";

/** A migrated, empty database of the bench's own. */
export interface BenchDatabase {
  url: string;
  db: Database;
}

/** Where the bench makes its databases. Everything it makes is gone after clean-up. */
export interface BenchServer {
  kind: "postgres" | "embedded";
  /** What the server says of itself. */
  version: string;
  createDatabase(name: string): Promise<BenchDatabase>;
}

/** As many connections as a web process has unless configured otherwise. */
const POOL_SIZE = 10;

/** The server behind `url`; without one, an embedded database in a temporary folder for each database asked for. */
export async function openBenchServer(url: string | undefined): Promise<BenchServer> {
  if (url === undefined) {
    const version = "PGlite behind the embedded gateway";
    return { kind: "embedded", version, createDatabase: createEmbedded };
  }
  const { rows } = await admin(url, (client) => client.query<{ version: string }>("SELECT version()"));
  return {
    kind: "postgres",
    version: rows[0]!.version.split(" (")[0]!,
    createDatabase: (name) => createOn(url, name),
  };
}

async function createOn(server: string, purpose: string): Promise<BenchDatabase> {
  const name = `countersign_bench_${purpose}_${randomBytes(4).toString("hex")}`;
  await admin(server, (client) => client.query(`CREATE DATABASE ${name}`));
  onCleanUp(() => admin(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return open(url.toString());
}

async function createEmbedded(purpose: string): Promise<BenchDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), `countersign-bench-${purpose}-`));
  onCleanUp(() => rmSync(dataDir, { recursive: true, force: true }));
  const server = await startEmbeddedDatabase({ dataDir, port: 0 });
  onCleanUp(() => server.stop());
  return open(server.url);
}

async function open(url: string): Promise<BenchDatabase> {
  await migrate(url);
  const db = openDatabase(url, POOL_SIZE);
  onCleanUp(async () => {
    await db.close();
    // The server sees the clients leave a moment later, and would report those it has to throw out.
    await new Promise((done) => setTimeout(done, 100));
  });
  return { url, db };
}

async function admin<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
