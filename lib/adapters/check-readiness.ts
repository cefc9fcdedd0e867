import { getDatabase } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { getPolicies } from "./context";

const ALIVE_SECONDS = 15;

/** Whether the deployment can do its work, part by part, each with a sentence when it cannot. No secrets, no stacks. */
export async function checkReadiness() {
  const [database, policies, worker] = await Promise.all([
    check("The database does not answer.", async () =>
      Boolean(await getDatabase().row(sql`SELECT 1 AS one`)),
    ),
    check("The policies cannot be read; the log says why.", async () => (await getPolicies()).size > 0),
    check("No worker is running: start one with `npm run worker`.", async () => {
      const row = await getDatabase().row<{ alive: boolean }>(sql`
        SELECT EXISTS (SELECT 1 FROM worker_heartbeat
                       WHERE beat_at > now() - make_interval(secs => ${ALIVE_SECONDS})) AS alive`);
      return row?.alive ?? false;
    }),
  ]);
  const ready = database === "ok" && policies === "ok" && worker === "ok";
  return { ready, database, policies, worker };
}

async function check(problem: string, passes: () => Promise<boolean>): Promise<string> {
  try {
    return (await passes()) ? "ok" : problem;
  } catch (error) {
    console.error("readiness:", error);
    return problem;
  }
}
