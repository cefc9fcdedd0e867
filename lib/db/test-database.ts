import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { type Database, openDatabase } from "./database";
import { migrate } from "./migrate";

const TEMPLATE = "countersign_test_template";

/** A migrated database of the caller's own, and how to get rid of it. */
export interface TestDatabase {
  url: string;
  db: Database;
  drop(): Promise<void>;
}

/**
 * Creates a migrated, empty database for one test file. On a real server (TEST_DATABASE_URL) it is cloned from a
 * template that the first caller migrates; otherwise an embedded server of its own starts on a copy of one.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  return server ? cloneTemplate(server) : startEmbedded();
}

async function cloneTemplate(server: string): Promise<TestDatabase> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  const name = `countersign_test_${randomBytes(6).toString("hex")}`;
  try {
    // One at a time: a template cannot be copied while anyone is connected to it.
    await admin.query("SELECT pg_advisory_lock(20261120)");
    const { rows } = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [templateName()]);
    if (rows.length === 0) {
      await admin.query(`CREATE DATABASE ${templateName()}`);
      await migrate(withDatabase(server, templateName()));
    }
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${templateName()}`);
  } finally {
    await admin.end();
  }
  const url = withDatabase(server, name);
  const db = openDatabase(url, 24);
  return {
    url,
    db,
    async drop() {
      await db.close();
      const client = new pg.Client({ connectionString: server });
      await client.connect();
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await client.end();
    },
  };
}

/** The template is made anew for each run, so that it never holds an older schema. */
const templateName = () => `${TEMPLATE}_${process.env.TEST_RUN_ID ?? process.ppid}`;

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.toString();
}

async function startEmbedded(): Promise<TestDatabase> {
  const { copyTemplate } = await import("@/scripts/embedded-database/copy-template");
  const { startEmbeddedDatabase } = await import("@/scripts/embedded-database/start-embedded");
  const dataDir = join(mkdtempSync(join(tmpdir(), "countersign-test-")), "data");
  await copyTemplate({ name: "migrated", version: schemaVersion() }, dataDir, async (made) => {
    const server = await startEmbeddedDatabase({ dataDir: made, port: 0 });
    await migrate(server.url);
    await server.stop();
  });
  const server = await startEmbeddedDatabase({ dataDir, port: 0 });
  const db = openDatabase(server.url, 24);
  return {
    url: server.url,
    db,
    async drop() {
      await db.close();
      await server.stop();
      rmSync(dirname(dataDir), { recursive: true, force: true });
    },
  };
}

/** What a migrated, empty database is made of: our migrations, and the packages that bring the rest. */
function schemaVersion(): string {
  const hash = createHash("sha256");
  const migrations = "prisma/migrations";
  for (const name of readdirSync(migrations, { recursive: true, encoding: "utf8" }).sort()) {
    if (name.endsWith(".sql")) hash.update(name).update(readFileSync(join(migrations, name)));
  }
  for (const name of ["@electric-sql/pglite", "@electric-sql/pglite-pgvector", "@dbos-inc/dbos-sdk"]) {
    hash.update(readFileSync(join("node_modules", name, "package.json")));
  }
  return hash.digest("hex").slice(0, 16);
}
