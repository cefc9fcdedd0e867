import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureSystemDatabase } from "@dbos-inc/dbos-sdk/internal/system_database";
import pg from "pg";

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/**
 * Applies the migrations of `prisma/migrations` that the database at `url` lacks, each in one transaction, and then
 * those of the durable-execution library. Keeps Prisma's own `_prisma_migrations`, so that `prisma migrate status`
 * agrees. Safe to run from several processes at once. Resolves to the names applied.
 * @throws Error when an applied migration was edited since or is unknown to this checkout.
 */
export async function migrate(url: string, root = process.cwd()): Promise<string[]> {
  const migrations = readMigrations(join(root, "prisma/migrations"));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const applied: string[] = [];
  try {
    await client.query(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
      "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
      "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
      "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`);
    for (const migration of migrations) {
      if (await applyOne(client, migration, migrations)) applied.push(migration.name);
    }
  } finally {
    await client.end();
  }
  await migrateWorkflows(url);
  return applied;
}

async function applyOne(client: pg.Client, migration: Migration, all: Migration[]): Promise<boolean> {
  await client.query("BEGIN");
  try {
    await client.query("LOCK TABLE _prisma_migrations IN EXCLUSIVE MODE");
    const { rows } = await client.query<{ migration_name: string; checksum: string }>(
      "SELECT migration_name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL",
    );
    const unknown = rows.find((row) => !all.some(({ name }) => name === row.migration_name));
    if (unknown) {
      throw new Error(
        `The database has migration ${unknown.migration_name}, which this version does not know. ` +
          "It belongs to a newer Countersign: start that one, or restore a backup.",
      );
    }
    const existing = rows.find((row) => row.migration_name === migration.name);
    if (existing && existing.checksum !== migration.checksum) {
      throw new Error(`Migration ${migration.name} was changed after it had been applied. Restore the file.`);
    }
    if (!existing) {
      await client.query(migration.sql);
      await client.query(
        "INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) VALUES ($1, $2, now(), $3, 1)",
        [randomUUID(), migration.checksum, migration.name],
      );
    }
    await client.query("COMMIT");
    return !existing;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function migrateWorkflows(url: string): Promise<void> {
  const quiet = { info() {}, debug() {}, warn() {}, error: console.error };
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  try {
    await ensureSystemDatabase(url, quiet as never, pool, "dbos", false);
  } finally {
    await pool.end();
  }
}
