import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { type EmbeddedDatabase, type EmbeddedDatabaseOptions, startEmbeddedDatabase } from "./start-embedded";

const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const pglite = JSON.parse(readFileSync(join(modules, "@electric-sql/pglite/package.json"), "utf8"));
/** Making a cluster takes seconds; it depends on PGlite's version only. */
const TEMPLATE = join(modules, ".cache", `embedded-template-${pglite.version}`);

/** Data directories, embedded databases and clients of one test file. */
export class TestDatabases {
  private readonly root = mkdtempSync(join(tmpdir(), "countersign-embedded-"));
  private readonly started: EmbeddedDatabase[] = [];
  private readonly clients: (pg.Client | pg.Pool)[] = [];
  private directories = 0;

  /** A path that does not exist yet. */
  freshDirectory(): string {
    return join(this.root, `data-${++this.directories}`);
  }

  /** A data directory with an empty database that was stopped cleanly: a copy of one made once. */
  async emptyDatabase(): Promise<string> {
    if (!existsSync(TEMPLATE)) {
      const made = this.freshDirectory();
      await (await this.start({ dataDir: made })).stop();
      const beside = `${TEMPLATE}.${process.pid}`;
      cpSync(made, beside, { recursive: true });
      try {
        renameSync(beside, TEMPLATE);
      } catch {
        rmSync(beside, { recursive: true }); // another test file was first
      }
    }
    const dataDir = this.freshDirectory();
    cpSync(TEMPLATE, dataDir, { recursive: true });
    return dataDir;
  }

  async start(options: Partial<EmbeddedDatabaseOptions> = {}): Promise<EmbeddedDatabase> {
    const dataDir = options.dataDir ?? (await this.emptyDatabase());
    const database = await startEmbeddedDatabase({ port: 0, ...options, dataDir });
    this.started.push(database);
    return database;
  }

  /** A connected client whose connection may be cut without failing the test. */
  async connect(url: string): Promise<pg.Client> {
    const client = new pg.Client(url);
    client.on("error", () => {});
    this.clients.push(client);
    await client.connect();
    return client;
  }

  pool(url: string, max: number): pg.Pool {
    const pool = new pg.Pool({ connectionString: url, max });
    pool.on("error", () => {});
    this.clients.push(pool);
    return pool;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.clients.map((client) => client.end()));
    await Promise.allSettled(this.started.map((database) => database.kill("SIGKILL")));
    rmSync(this.root, { recursive: true, force: true });
  }
}
