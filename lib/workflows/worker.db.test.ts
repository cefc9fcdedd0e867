import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { APPROVER, createFixture, type Fixture, SECRET } from "@/lib/executions/draft-fixture";
import { type DemoShop, type Faults, startDemoShop } from "@/scripts/demo-shop";
import { enqueueWorkflow } from "./enqueue";
import { requeueLostWork } from "./requeue-lost-work";
import { forgetHeartbeats, startWorkerProcess, type WorkerProcess } from "./worker-process";

let database: TestDatabase;
let fixture: Fixture;
let shop: DemoShop;
let environment: Record<string, string>;
const processes: WorkerProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await createFixture(database.db);
});
afterAll(async () => {
  fixture?.remove();
  await database?.drop();
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map((one) => one.kill()));
  await shop?.close();
});

async function openShop(faults?: Faults): Promise<void> {
  shop = await startDemoShop({ port: 0, secret: SECRET, faults });
  environment = {
    DATABASE_URL: database.url,
    POLICIES_DIR: fixture.policiesDir,
    SHOP_URL: shop.url,
    SHOP_SECRET: SECRET,
    WEBHOOK_SECRET: SECRET,
    OUTGOING_ALLOWED_HOSTS: `${new URL(shop.url).host},127.0.0.1`,
  };
}

async function startOne(): Promise<WorkerProcess> {
  const one = await startWorkerProcess(environment);
  processes.push(one);
  return one;
}

const until = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 60_000, interval: 100 });
const statusOf = async (id: string) =>
  (await database.db.row<{ status: string }>(sql`SELECT status FROM draft WHERE id = ${id}`))?.status;
const unfinishedRuns = () =>
  database.db.rows<{ id: string }>(sql`
    SELECT workflow_uuid AS id FROM dbos.workflow_status WHERE status IN ('PENDING', 'ENQUEUED', 'DELAYED', 'ERROR')`);
const approveMany = (count: number) =>
  Promise.all(Array.from({ length: count }, () => fixture.approved({ enqueue: true })));

/** What must hold after any accident: executed, one outcome, one key, the receiver acted once. */
async function expectExecutedOnce(ids: string[]): Promise<void> {
  await until(async () => {
    for (const id of ids) expect(await statusOf(id)).toBe("executed");
  });
  for (const id of ids) {
    expect(await fixture.verbs(id)).toEqual(["execution.started", "execution.succeeded"]);
    expect(shop.ledger.filter((entry) => entry.id === id)).toHaveLength(1);
  }
  for (const { id, idempotencyKey } of shop.deliveries) expect(idempotencyKey).toBe(id);
  await until(async () => expect(await unfinishedRuns()).toEqual([]));
}

describe("a worker", () => {
  beforeEach(() => openShop({ failFirst: 1 }));

  it("executes what is enqueued, again after a passing failure, tells the agent, and stops in order", async () => {
    const callbacks: { headers: Record<string, string>; body: string }[] = [];
    const agent = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      callbacks.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(callbacks.length === 1 ? 500 : 200).end();
    });
    await new Promise<void>((resolve) => agent.listen(0, "127.0.0.1", resolve));
    const { port } = agent.address() as AddressInfo;
    environment.OUTGOING_ALLOWED_HOSTS += `,127.0.0.1:${port}`;

    const worker = await startOne();
    const callbackUrl = `http://127.0.0.1:${port}/cb`;
    const id = await fixture.approved({ enqueue: true, callbackUrl });
    await expectExecutedOnce([id]);
    expect(shop.deliveries).toHaveLength(2);

    await until(() => expect(callbacks).toHaveLength(2));
    const told = new Webhook(SECRET).verify(callbacks[1]!.body, callbacks[1]!.headers);
    expect(told).toMatchObject({
      type: "execution.succeeded",
      draft_id: id,
      status: "executed",
      verdicts: [],
    });
    expect(callbacks[0]?.headers["webhook-id"]).toBe(callbacks[1]?.headers["webhook-id"]);
    agent.closeAllConnections();
    agent.close();

    expect(await worker.stop()).toBe(0);
    expect(worker.output()).toMatch(/^worker: ready as \S+\n$/);
    expect(await database.db.rows(sql`SELECT 1 FROM worker_heartbeat`)).toEqual([]);
  });

  it("lets a pending draft's timer fire at its time", async () => {
    await startOne();
    const dueAt = new Date(Date.now() + 1_500);
    const id = await fixture.pending({ dueAt });
    await database.db.transaction(async (tx) =>
      enqueueWorkflow(tx, "escalate_draft", { id: `escalate:${id}:0`, args: [id, 0], delayUntil: dueAt }),
    );
    expect(await statusOf(id)).toBe("pending");
    await until(async () => expect(await statusOf(id)).toBe("expired"));
  });
});

describe("when a worker is killed", () => {
  it("another finishes what was in flight, with the same key and one outcome each", async () => {
    await openShop({ answerAfterMs: 400 });
    const first = await startOne();
    const ids = await approveMany(60);
    await until(() => expect(shop.deliveries.length).toBeGreaterThan(25));
    await first.kill();
    expect((await unfinishedRuns()).length).toBeGreaterThan(0);
    await Promise.all([startOne(), startOne()]);
    await expectExecutedOnce(ids);
    expect(shop.deliveries.length).toBeGreaterThan(ids.length);
  });

  it("between two steps, another goes on without repeating the one that was done", async () => {
    await openShop();
    await database.db.run(sql`
      CREATE FUNCTION fail_here() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not now'; END $$`);
    await database.db.run(sql`
      CREATE TRIGGER fail_here BEFORE UPDATE OF finished_at ON execution FOR EACH ROW EXECUTE FUNCTION fail_here()`);
    const first = await startOne();
    const [id] = await approveMany(1);
    await until(async () => {
      const done = await database.db.rows(sql`
        SELECT 1 FROM dbos.operation_outputs WHERE workflow_uuid = ${`execute:${id}`} AND function_name = 'deliver'`);
      expect(done).toHaveLength(1);
    });
    await first.kill();
    await forgetHeartbeats(database.db);
    await database.db.run(sql`DROP TRIGGER fail_here ON execution`);
    await startOne();
    await expectExecutedOnce([id!]);
    expect(shop.deliveries).toHaveLength(1);
  });

  // On the embedded database a paused client in a transaction holds up everyone until the gateway dismisses it.
  it.skipIf(!process.env.TEST_DATABASE_URL)("only paused, and comes back, it does no harm", async () => {
    await openShop({ answerAfterMs: 1_000 });
    const first = await startOne();
    const ids = await approveMany(10);
    await until(() => expect(shop.deliveries.length).toBeGreaterThan(0));
    first.child.kill("SIGSTOP");
    await startOne();
    await expectExecutedOnce(ids);
    first.child.kill("SIGCONT");
    const more = await approveMany(10);
    await expectExecutedOnce([...ids, ...more]);
  });
});

describe("when the database goes away", () => {
  it.skipIf(!process.env.TEST_DATABASE_URL)("the worker waits for it and goes on", async () => {
    const own = vi.spyOn(console, "error").mockImplementation(() => {});
    await openShop({ answerAfterMs: 50 });
    const worker = await startOne();
    const ids: string[] = [];
    for (let round = 0; round < 5; round++) {
      ids.push(...(await approveMany(5)));
      await database.db
        .run(sql`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`)
        .catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    own.mockRestore();
    await expectExecutedOnce(ids).catch((error: Error) => {
      throw new Error(
        `${error.message}; the worker (exit code ${worker.child.exitCode}) said: ${worker.output()}`,
      );
    });
    expect(worker.child.exitCode).toBeNull();
  });
});

describe("work whose run is lost", () => {
  it("gets a new one, once; what merely waits does not", async () => {
    const old = new Date(Date.now() - 120_000);
    const lost = await fixture.approved({ createdAt: old });
    const waiting = await fixture.approved({ createdAt: old, enqueue: true });
    const fresh = await fixture.approved();
    const overdue = await fixture.pending({ dueAt: old });
    const alarm = vi.spyOn(console, "error").mockImplementation(() => {});
    const now = new Date();
    expect(await requeueLostWork(database.db, now)).toBe(2);
    expect(await requeueLostWork(database.db, new Date(now.getTime() + 1))).toBe(0);
    expect(alarm).toHaveBeenCalledTimes(1);
    alarm.mockRestore();

    await openShop();
    await startOne();
    await until(async () => expect(await statusOf(overdue)).toBe("expired"));
    await expectExecutedOnce([lost, waiting]);
    expect(await statusOf(fresh)).toBe("approved");
  });
});

describe("a worker that was down for a day", () => {
  it("does for each draft the one thing that is due by now, once", async () => {
    await openShop();
    const HOUR = 3_600_000;
    const now = Date.now();
    const rule = { bands: [{ up_to: null, mode: "all", ask: [{ kind: "person", id: APPROVER }] }] };
    await database.db.run(sql`
      INSERT INTO approver_rule (name, description, definition) VALUES ('second_rule', '', ${JSON.stringify(rule)}::jsonb)`);
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const dueAt = new Date(now - (24 - n) * HOUR);
      const waitingSince = new Date(dueAt.getTime() - 8 * HOUR);
      const escalation = [
        { after_hours: 8, to: "second_rule" },
        { after_hours: 16, to: "third_rule" },
      ];
      const id = await fixture.pending({ waitingSince, dueAt, escalation, route: "named_approver" });
      ids.push(id);
      // As the submission sets it: for the first reminder, a day and more ago.
      const delayUntil = new Date(waitingSince.getTime() + 4 * HOUR);
      await database.db.transaction(async (tx) =>
        enqueueWorkflow(tx, "escalate_draft", { id: `escalate:${id}:0`, args: [id, 0], delayUntil }),
      );
    }
    // Twice, and at once: as many workers as there are come back together.
    await Promise.all([startOne(), startOne()]);
    await until(async () => {
      for (const id of ids) expect(await fixture.verbs(id)).toEqual(["draft.escalated"]);
    });
    const told = await database.db.rows<{ draft_id: string; kind: string }>(sql`
      SELECT draft_id, kind FROM notice WHERE draft_id = ANY (${ids}::text[]) ORDER BY draft_id`);
    expect(told).toEqual(ids.toSorted().map((id) => ({ draft_id: id, kind: "escalated" })));
    const levels = await database.db.rows<{ level: number; fresh: boolean }>(sql`
      SELECT DISTINCT escalation_level AS level, due_at > now() + interval '7 hours' AS fresh
      FROM draft WHERE id = ANY (${ids}::text[])`);
    expect(levels).toEqual([{ level: 1, fresh: true }]);
  });
});
