import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createFixture, type Fixture } from "@/lib/executions/draft-fixture";
import { deleteFinishedRuns } from "./delete-finished-runs";
import { enqueueWorkflow } from "./enqueue";
import { beat } from "./heartbeat";
import { recoverDeadWorkers } from "./recover-dead-workers";
import { startWorker } from "./start-worker";

let database: TestDatabase;
let fixture: Fixture;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await createFixture(database.db);
});
afterAll(async () => {
  fixture?.remove();
  await database?.drop();
});

const silence = (executorId: string) =>
  database.db.run(
    sql`UPDATE worker_heartbeat SET beat_at = now() - interval '1 minute' WHERE executor_id = ${executorId}`,
  );
/** A run in flight on `executorId` for so many seconds, as its worker left it. */
async function leaveRun(id: string, executorId: string, seconds: number): Promise<void> {
  await database.db.transaction(async (tx) =>
    enqueueWorkflow(tx, "execute_draft", { id, args: ["drf_none"] }),
  );
  await database.db.run(sql`
    UPDATE dbos.workflow_status SET status = 'PENDING', executor_id = ${executorId},
      started_at_epoch_ms = (extract(epoch FROM now()) - ${seconds}) * 1000 WHERE workflow_uuid = ${id}`);
}

describe("the recovery of dead workers", () => {
  it("gives each dead worker to one of several that look at once, and leaves the living alone", async () => {
    for (const id of ["dead-1", "dead-2", "alive"]) await beat(database.db, id);
    for (const id of ["dead-1", "dead-2"]) await silence(id);
    const callers = ["a", "b", "c", "d", "e"];
    const taken = await Promise.all(callers.map((own) => recoverDeadWorkers(database.db, own)));
    expect(taken.flat().sort()).toEqual(["dead-1", "dead-2"]);
    const left = await database.db.rows<{ id: string }>(sql`SELECT executor_id AS id FROM worker_heartbeat`);
    expect(left).toEqual([{ id: "alive" }]);
  });

  it("finds work under an id without a heartbeat, unless it was only just taken", async () => {
    await leaveRun("execute:drf_none:1", "vanished", 60);
    await leaveRun("execute:drf_none:2", "starting", 1);
    await leaveRun("execute:drf_none:3", "alive", 60);
    expect(await recoverDeadWorkers(database.db, "me")).toEqual(["vanished"]);
    expect(await recoverDeadWorkers(database.db, "vanished")).toEqual([]);
  });
});

describe("a worker in this process", () => {
  it("finishes what a dead one left, deletes runs that ended a week ago, and can be started again", async () => {
    const { url: databaseUrl, db } = database;
    const statusOf = async (id: string) =>
      (
        await db.row<{ status: string }>(
          sql`SELECT status FROM dbos.workflow_status WHERE workflow_uuid = ${id}`,
        )
      )?.status;
    await silence("alive");
    for (const executorId of ["first", "second"]) {
      const worker = await startWorker({ databaseUrl, executorId, policies: fixture.policies });
      await expect.poll(() => statusOf("execute:drf_none:3"), { timeout: 30_000 }).toBe("SUCCESS");
      await expect(startWorker({ databaseUrl, policies: fixture.policies })).rejects.toThrow(
        "already running",
      );
      if (executorId === "second") {
        const age = 8 * 86_400_000;
        await db.run(sql`
          UPDATE dbos.workflow_status SET completed_at = completed_at - ${age} WHERE workflow_uuid = 'execute:drf_none:3'`);
        expect(await deleteFinishedRuns(db)).toBe(1);
        expect(await deleteFinishedRuns(db)).toBe(0);
        expect(await statusOf("execute:drf_none:3")).toBeUndefined();
        const steps = await db.rows(
          sql`SELECT 1 FROM dbos.operation_outputs WHERE workflow_uuid = 'execute:drf_none:3'`,
        );
        expect(steps).toEqual([]);
      }
      await worker.stop();
    }
    expect(await db.rows(sql`SELECT 1 FROM worker_heartbeat`)).toEqual([]);
  });
});
