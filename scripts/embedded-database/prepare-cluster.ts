import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";

const POSTGRES_MAJOR = "18";

/**
 * Makes sure that `dataDir` holds a complete PostgreSQL cluster and returns its path. A new one is
 * made under another name and renamed when it is whole, so that a start killed half way leaves nothing
 * that looks like a database. One that is there is never remade. Throws with what to do.
 */
export async function prepareCluster(dataDir: string): Promise<string> {
  const cluster = join(dataDir, "cluster");
  if (existsSync(cluster)) {
    requireWhole(cluster);
    return cluster;
  }
  const unfinished = join(dataDir, "cluster.unfinished");
  if (existsSync(unfinished)) {
    process.stderr.write("the first start of the database was interrupted; starting it afresh\n");
    rmSync(unfinished, { recursive: true });
  }
  const db = await PGlite.create(unfinished);
  await db.close();
  renameSync(unfinished, cluster);
  return cluster;
}

function requireWhole(cluster: string): void {
  const version = join(cluster, "PG_VERSION");
  if (!existsSync(version) || !existsSync(join(cluster, "global", "pg_control"))) {
    throw new Error(
      `${cluster} is damaged: it is not a whole PostgreSQL data directory. Restore it from a backup, or move it away to start empty`,
    );
  }
  const major = readFileSync(version, "utf8").trim();
  if (major !== POSTGRES_MAJOR) {
    throw new Error(
      `${cluster} was made by PostgreSQL ${major}; this version reads ${POSTGRES_MAJOR}. Dump it with the version that made it`,
    );
  }
}
