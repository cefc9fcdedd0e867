import { hostname } from "node:os";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

/** How long a worker may be silent, in milliseconds by the database's clock, before the others take its work over. */
export const DEAD_AFTER_MS = 10_000;

/** Says that this worker lives. Also brings its row back, should the others have given it up while it was paused. */
export async function beat(db: Queryable, executorId: string): Promise<void> {
  await db.run(sql`
    INSERT INTO worker_heartbeat (executor_id, host, pid, started_at, beat_at)
    VALUES (${executorId}, ${hostname()}, ${process.pid}, now(), now())
    ON CONFLICT (executor_id) DO UPDATE SET beat_at = now()`);
}

/** Says that this worker has stopped. What it left unfinished is then taken over like a dead worker's. */
export async function stopBeating(db: Queryable, executorId: string): Promise<void> {
  await db.run(sql`DELETE FROM worker_heartbeat WHERE executor_id = ${executorId}`);
}
