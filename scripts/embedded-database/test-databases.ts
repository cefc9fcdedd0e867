import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { copyTemplate } from "./copy-template";
import { type EmbeddedDatabase, type EmbeddedDatabaseOptions, startEmbeddedDatabase } from "./start-embedded";

const pglite = readFileSync("node_modules/@electric-sql/pglite/package.json", "utf8");

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
    const dataDir = this.freshDirectory();
    const template = { name: "empty", version: JSON.parse(pglite).version };
    await copyTemplate(template, dataDir, async (made) => (await this.start({ dataDir: made })).stop());
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
