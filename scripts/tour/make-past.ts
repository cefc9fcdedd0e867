import { join } from "node:path";
import { openDatabase } from "@/lib/db/database";
import { migrate } from "@/lib/db/migrate";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { seedDemo } from "@/prisma/seed";
import { startEmbeddedDatabase } from "../embedded-database/start-embedded";
import { setTheStage } from "./set-the-stage";
import { tourPast } from "./tour-past";

/**
 * Gives a demo organisation eight weeks of past before the product starts on it: a worker that ran meanwhile would take
 * what waits for overdue.
 */
export async function makePast(dataDir: string): Promise<void> {
  const database = await startEmbeddedDatabase({ dataDir: join(dataDir, "database"), port: 0 });
  try {
    await migrate(database.url);
    const db = openDatabase(database.url, 2);
    try {
      await recordPolicyVersions(db, loadPolicies("policies"));
      await seedDemo(db);
      await setTheStage(db, tourPast);
    } finally {
      await db.close();
    }
  } finally {
    await database.stop();
  }
}
