import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { forgetHeartbeats, startWorkerProcess, type WorkerProcess } from "@/lib/workflows/worker-process";
import { drafted, type ModelServer, startModelServer } from "./model-fixture";
import { requestDraft } from "./request-draft";

let database: TestDatabase;
let model: ModelServer;
let ann: Context<PersonActor>;
let environment: Record<string, string>;
const workers: WorkerProcess[] = [];
const refund = drafted({ amount: 200, currency: "USD", reason: "broken" });

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  await world.person("admin", { roles: ["admin"] });
  ann = await world.person("ann");
});
afterAll(() => database?.drop());
beforeEach(async () => {
  model = await startModelServer();
  environment = { DATABASE_URL: database.url, DRAFTING_MODEL: "scripted", OPENAI_BASE_URL: model.url };
  Object.assign(process.env, environment);
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.kill()));
  await model.stop();
});

async function startOne(): Promise<WorkerProcess> {
  const worker = await startWorkerProcess(environment);
  workers.push(worker);
  return worker;
}
async function kill(worker: WorkerProcess): Promise<void> {
  await worker.kill();
  await forgetHeartbeats(database.db);
}
const request = async () => {
  const input = {
    action_type: "refund",
    text: "The lamp arrived broken.",
    subject: { type: "customer", id: "cus_1" },
  };
  return (await requestDraft(ann, input, { idempotencyKey: null })).id;
};
const until = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 60_000, interval: 50 });
const statusOf = async (id: string) =>
  (await database.db.row<{ status: string }>(sql`SELECT status FROM draft_request WHERE id = ${id}`))?.status;
const draftsOf = (id: string) =>
  database.db.rows<{ id: string }>(sql`SELECT id FROM draft WHERE idempotency_key = ${id}`);

/** What must hold after any accident: one draft, one event of it, and the request knows it. */
async function expectSubmittedOnce(id: string): Promise<void> {
  await until(async () => expect(await statusOf(id)).toBe("submitted"));
  const drafts = await draftsOf(id);
  expect(drafts).toHaveLength(1);
  const events = await database.db.rows<{ verb: string }>(sql`
    SELECT verb FROM audit_event WHERE event->>'draft_request' = ${id} ORDER BY id`);
  expect(events.map(({ verb }) => verb)).toEqual(["draft_request.created", "draft.submitted"]);
  expect(await database.db.row(sql`SELECT draft_id FROM draft_request WHERE id = ${id}`)).toEqual({
    draft_id: drafts[0]!.id,
  });
}

/** Makes every write that `when` describes fail, until the answer is called. */
async function failing(when: string): Promise<() => Promise<unknown>> {
  const statement = (text: string) => database.db.pool.query(text);
  await statement(`
    CREATE OR REPLACE FUNCTION fail_here() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not now'; END $$;
    CREATE TRIGGER fail_here BEFORE ${when} EXECUTE FUNCTION fail_here()`);
  return () => statement(`DROP TRIGGER fail_here ON ${/ON (\w+)/.exec(when)![1]}`);
}

describe("when the worker is killed", () => {
  it("while the model writes, another asks it again", async () => {
    model.script({ ...refund, afterMs: 60_000 }, refund);
    const first = await startOne();
    const id = await request();
    await until(() => expect(model.calls).toHaveLength(1));
    await kill(first);
    expect(await statusOf(id)).toBe("writing");
    await startOne();
    await expectSubmittedOnce(id);
    expect(model.calls).toHaveLength(2);
  });

  it("between writing and submitting, the model is not asked again", async () => {
    model.script(refund);
    const heal = await failing("INSERT ON draft FOR EACH ROW");
    const first = await startOne();
    const id = await request();
    await until(async () => expect(await statusOf(id)).toBe("checking"));
    await kill(first);
    await heal();
    await startOne();
    await expectSubmittedOnce(id);
    expect(model.calls).toHaveLength(1);
  });

  it("right after submitting, the draft is found and no second one made", async () => {
    model.script(refund);
    const heal = await failing("UPDATE ON draft_request FOR EACH ROW WHEN (NEW.status = 'submitted')");
    const first = await startOne();
    const id = await request();
    await until(async () => expect(await draftsOf(id)).toHaveLength(1));
    await kill(first);
    // Also when whoever asked may not ask any more: what is submitted is submitted.
    await database.db.run(sql`UPDATE person SET disabled_at = now() WHERE id = 'per_ann'`);
    await heal();
    await startOne();
    await expectSubmittedOnce(id);
    expect(model.calls).toHaveLength(1);
    await database.db.run(sql`UPDATE person SET disabled_at = NULL WHERE id = 'per_ann'`);
  });

  it("with a score of requests under way, each becomes one draft", async () => {
    model.script({ ...refund, afterMs: 150 });
    const first = await startOne();
    const ids = await Promise.all(Array.from({ length: 20 }, request));
    await until(() => expect(model.calls.length).toBeGreaterThan(8));
    await kill(first);
    await Promise.all([startOne(), startOne()]);
    for (const id of ids) await expectSubmittedOnce(id);
  });
});
