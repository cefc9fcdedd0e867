import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { openDatabase } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { nearestOfEach } from "@/lib/drafts/batch/nearest-of-each";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { getReview } from "@/lib/drafts/get-review";
import { submitDraft } from "@/lib/drafts/submit-draft";
import { startWorkerProcess } from "@/lib/workflows/worker-process";
import { backfillEmbeddings } from "./backfill-embeddings";
import { BUILTIN_EMBEDDER } from "./embedder-builtin";
import { adoptEmbedder } from "./embedder-lease";
import { type EmbeddingServer, startEmbeddingServer } from "./embedding-server";
import { getEmbeddingProgress } from "./get-embedding-progress";
import { nearestExamples } from "./nearest-examples";
import { configuredEmbedder } from "./remote-embedder";

let database: TestDatabase;
let world: TestWorld;
let agent: Context<KeyActor>;
let ann: Context<PersonActor>;
let server: EmbeddingServer;
let serial = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createTestWorld(database.db);
  const owner = await world.person("owner", { roles: ["admin"] });
  ann = await world.person("ann", { rules: ["finance_oncall"] });
  agent = (await world.agent("shop", owner.actor.personId)).ctx;
});
afterAll(() => database?.drop());
beforeEach(async () => {
  server = await startEmbeddingServer();
  vi.spyOn(console, "error").mockImplementation(() => {});
  await configure("words-a");
});
afterEach(async () => {
  for (const name of ["EMBEDDING_MODEL", "OPENAI_BASE_URL", "EMBEDDING_DIMENSIONS"]) delete process.env[name];
  vi.restoreAllMocks();
  await server.close();
  await database.db.run(sql`DELETE FROM example`);
  await database.db.run(sql`DELETE FROM embedder`);
  await database.db.run(
    sql`UPDATE draft SET status = 'withdrawn', decided_at = now(), closed_at = now() WHERE status = 'pending'`,
  );
});

async function configure(model: string): Promise<string> {
  process.env.EMBEDDING_MODEL = model;
  process.env.OPENAI_BASE_URL = server.baseUrl;
  const { name } = configuredEmbedder()!;
  await adoptEmbedder(database.db, name);
  return name;
}

async function submit(reason = "damaged"): Promise<string> {
  const { id } = await submitDraft(
    agent,
    {
      action_type: "refund",
      payload: { order_id: `ord_${++serial}`, amount: 120, currency: "USD", reason },
      summary: `Refund because it is ${reason}`,
      evidence: [],
      subject: { type: "customer", id: `cus_${serial}` },
    },
    { idempotencyKey: null },
  );
  return id;
}

async function decide(id: string): Promise<string> {
  const { screenHash, precedents } = await getReview(ann, id);
  const precedentIds = precedents.map(({ exampleId }) => exampleId);
  await decideDraft(ann, { draftId: id, screenHash, verdict: "approve", precedentIds });
  return id;
}

/** As many drafts that were rejected, each with its example. */
async function addExamples(count: number): Promise<void> {
  const { agentId, keyId } = agent.actor;
  await database.db.run(sql`
    WITH made AS (
      INSERT INTO draft (id, action_type, status, tier, agent_id, api_key_id, subject_type, subject_id, summary, payload,
                         payload_hash, policy_version_id, classification_id, decided_at)
      SELECT 'drf_made_' || ${++serial}::int || '_' || n, 'refund', 'rejected', 'medium', ${agentId}, ${keyId}, 'customer',
             'cus_' || n, 'Refund ' || n, '{}', '', version.id, '', now()
      FROM generate_series(1, ${count}::int) AS n JOIN policy_version AS version ON version.action_type = 'refund'
      RETURNING *
    )
    INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, proposed_payload,
                         final_payload, policy_version_id, decided_at)
    SELECT 'exm_' || id, id, action_type, 'rejected', summary, subject_type, subject_id, payload, payload,
           policy_version_id, now()
    FROM made`);
}

const embed = (workerId = "one", db = database.db) =>
  backfillEmbeddings({ db, policies: world.policies }, { remote: configuredEmbedder()!, workerId });
const embedderOf = async (table: "draft" | "example", draftId: string) => {
  const row = await database.db.row<{ embedder: string | null; dimensions: number | null }>(
    table === "draft"
      ? sql`SELECT remote_embedder AS embedder, vector_dims(remote_embedding) AS dimensions FROM draft WHERE id = ${draftId}`
      : sql`SELECT remote_embedder AS embedder, vector_dims(remote_embedding) AS dimensions FROM example WHERE draft_id = ${draftId}`,
  );
  return row?.embedder && { embedder: row.embedder, dimensions: row.dimensions };
};
const searchedBy = async (draftId: string) =>
  (await nearestExamples(database.db, { draftId, actionType: "refund" })).map(({ embedder }) => embedder);
const retryNow = () => database.db.run(sql`UPDATE embedder SET retry_at = NULL`);

describe("a draft that waits", () => {
  it("gets its vector from a worker, and its example has both with the decision", async () => {
    const name = configuredEmbedder()!.name;
    const id = await submit();
    expect(server.requests).toEqual([]);
    expect(await embed()).toBe(1);
    expect(await embedderOf("draft", id)).toEqual({ embedder: name, dimensions: 48 });
    await decide(id);
    expect(await embedderOf("example", id)).toEqual({ embedder: name, dimensions: 48 });
    expect(await embed()).toBe(0);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.input[0]).toContain("Refund because it is damaged");
    const row = await database.db.row(sql`SELECT embedder FROM example WHERE draft_id = ${id}`);
    expect(row).toEqual({ embedder: BUILTIN_EMBEDDER });
    // Whoever is done leaves it to the others at once.
    await submit();
    expect(await embed("another")).toBe(1);
  });

  // On the embedded database one transaction at a time is open: nothing is locked there.
  it.skipIf(!process.env.TEST_DATABASE_URL).each(["draft", "example"] as const)(
    "waits for no decision: a row of %s that is locked gets its vector the next time",
    async (table) => {
      const id = table === "draft" ? await submit() : await decide(await submit());
      const column = table === "draft" ? "id" : "draft_id";
      const deciding = await database.db.pool.connect();
      try {
        await deciding.query("BEGIN");
        await deciding.query(`SELECT FROM ${table} WHERE ${column} = $1 FOR UPDATE`, [id]);
        expect(await embed()).toBe(0);
        expect(await embedderOf(table, id)).toBeNull();
        expect(server.requests, "asked for once in a turn").toHaveLength(1);
      } finally {
        await deciding.query("COMMIT");
        deciding.release();
      }
      expect(await embed()).toBe(1);
      expect(await embedderOf(table, id)).toMatchObject({ dimensions: 48 });
    },
  );

  it("is compared by the endpoint's vectors once it and the library have them, by the built-in ones before", async () => {
    const name = configuredEmbedder()!.name;
    await decide(await submit());
    const asked = await submit();
    expect(await searchedBy(asked)).toEqual([BUILTIN_EMBEDDER]);
    await embed();
    expect(await searchedBy(asked)).toEqual([name]);
    expect((await nearestOfEach(ann, "refund", [asked])).get(asked)).toHaveLength(1);
    const late = await submit();
    expect(await searchedBy(late)).toEqual([BUILTIN_EMBEDDER]);
    const both = await nearestOfEach(ann, "refund", [asked, late]);
    expect([both.get(asked)?.length, both.get(late)?.length]).toEqual([1, 1]);
    // Decided before its vector came: nobody may miss it.
    await decide(late);
    expect(await searchedBy(asked)).toEqual([BUILTIN_EMBEDDER, BUILTIN_EMBEDDER]);
    await embed();
    expect(await searchedBy(asked)).toEqual([name, name]);
  });

  it("goes to the endpoint in few requests, each within bounds", async () => {
    const ids = await Promise.all(Array.from({ length: 150 }, () => submit()));
    expect(await embed()).toBe(150);
    expect(server.requests.map(({ input }) => input.length)).toEqual([64, 64, 22]);
    await Promise.all(ids.map((id) => decide(id)));
    await configure("words-b");
    expect(await embed()).toBe(150);
    expect(server.mostAtOnce()).toBeLessThanOrEqual(4);
  });
});

describe("an endpoint that fails", () => {
  it("is left alone for as long as it asks, and what waited meanwhile comes later", async () => {
    Object.assign(server.faults, { failFirst: 1, failWith: 429, failHeaders: { "retry-after": "600" } });
    await decide(await submit());
    const asked = await submit();
    expect(await embed()).toBe(0);
    expect(await embed()).toBe(0);
    expect(server.requests).toHaveLength(1);
    const row = await database.db.row<{ wait: number }>(
      sql`SELECT extract(epoch FROM retry_at - now())::float8 AS wait FROM embedder`,
    );
    expect(row!.wait).toBeGreaterThan(590);
    expect(await getEmbeddingProgress(database.db)).toMatchObject({
      total: 1,
      done: 0,
      active: BUILTIN_EMBEDDER,
      lastError: expect.stringContaining("429"),
      since: expect.any(String),
    });
    expect(await searchedBy(asked)).toEqual([BUILTIN_EMBEDDER]);
    await retryNow();
    expect(await embed()).toBe(2);
    expect(await getEmbeddingProgress(database.db)).toMatchObject({ done: 1, lastError: null, since: null });
  });

  it("does not stand in the way of submission and decision while it is away", async () => {
    await server.close();
    const id = await submit();
    expect(await embed()).toBe(0);
    await decide(id);
    const { lastError, since } = await getEmbeddingProgress(database.db);
    expect(lastError).toContain("cannot be reached");
    expect(since).not.toBeNull();
    const before = await database.db.row<{ wait: number }>(
      sql`SELECT extract(epoch FROM retry_at - now())::float8 AS wait FROM embedder`,
    );
    await retryNow();
    await embed();
    const after = await database.db.row<{ wait: number; failures: number }>(
      sql`SELECT extract(epoch FROM retry_at - now())::float8 AS wait, failures FROM embedder`,
    );
    expect(after?.failures).toBe(2);
    expect(after!.wait).toBeGreaterThan(before!.wait);
    server = await startEmbeddingServer();
    await configure("words-a");
    expect(await embed()).toBe(1);
    expect(await embedderOf("example", id)).toMatchObject({ dimensions: 48 });
  });

  it.each([
    ["vectors of another length than is set", { answerDimensions: 32 }, "set it to 32"],
    ["fewer vectors than texts", { loseOne: true }, "vectors for 1 texts"],
  ])("writes nothing when it answers %s, and says so", async (_, faults, said) => {
    process.env.EMBEDDING_DIMENSIONS = "16";
    await configure("words-a");
    Object.assign(server.faults, faults);
    const id = await submit();
    expect(await embed()).toBe(0);
    expect(await embedderOf("draft", id)).toBeNull();
    expect((await getEmbeddingProgress(database.db)).lastError).toContain(said);
  });

  it("writes nothing when its vectors turn out of another length than before", async () => {
    const first = await submit();
    await embed();
    server.faults.answerDimensions = 32;
    const second = await submit();
    expect(await embed()).toBe(0);
    expect(await embedderOf("draft", second)).toBeNull();
    expect(await embedderOf("draft", first)).toMatchObject({ dimensions: 48 });
    expect((await getEmbeddingProgress(database.db)).lastError).toContain("used to answer 48");
  });

  it("takes a text that it refuses for done, so that the others are searched by its vectors", async () => {
    server.faults.refuse = "forbidden";
    await decide(await submit());
    const refused = await decide(await submit("forbidden"));
    const asked = await submit();
    await embed();
    expect(await embedderOf("example", refused)).toMatchObject({ dimensions: null });
    expect(await searchedBy(asked)).toEqual([configuredEmbedder()!.name]);
    // Such a draft itself is compared by the built-in vectors.
    expect(await searchedBy(await submit("forbidden"))).toEqual([BUILTIN_EMBEDDER, BUILTIN_EMBEDDER]);
  });
});

describe("a change of model", () => {
  it("embeds everything anew, and at no moment finds nothing or a mixture", async () => {
    for (let count = 0; count < 5; count++) await decide(await submit());
    const asked = await submit();
    const [old] = [configuredEmbedder()!.name, await embed()];
    expect(await searchedBy(asked)).toEqual([old, old, old]);

    const name = await configure("words-b");
    server.faults.delayMs = 20;
    let isDone = false;
    const seen = new Set<string>();
    const looking = (async () => {
      while (!isDone) {
        const found = await searchedBy(asked);
        expect(found).toHaveLength(3);
        expect(new Set(found).size).toBe(1);
        seen.add(found[0]!);
      }
    })();
    await vi.waitFor(() => expect(seen.size).toBe(1));
    expect(await getEmbeddingProgress(database.db)).toEqual({
      embedder: name,
      active: BUILTIN_EMBEDDER,
      total: 5,
      done: 0,
      lastError: null,
      since: null,
    });
    await embed();
    await vi.waitFor(() => expect(seen.has(name)).toBe(true));
    isDone = true;
    await looking;
    expect([...seen]).toEqual([BUILTIN_EMBEDDER, name]);
    expect(await getEmbeddingProgress(database.db)).toMatchObject({ active: name, total: 5, done: 5 });
  });

  it("is the work of those that have the new one: a worker with the old one leaves the library alone", async () => {
    const former = configuredEmbedder()!;
    await decide(await submit());
    await configure("words-b");
    const context = { db: database.db, policies: world.policies };
    expect(await backfillEmbeddings(context, { remote: former, workerId: "old" })).toBe(0);
    expect(server.requests).toEqual([]);
    expect(await embed()).toBe(1);
    expect(await backfillEmbeddings(context, { remote: former, workerId: "old" })).toBe(0);
    expect(server.requests).toHaveLength(1);
  });

  it("back to the built-in embedder is at once, and adopting the same one again changes nothing", async () => {
    const name = configuredEmbedder()!.name;
    await decide(await submit());
    await embed();
    await adoptEmbedder(database.db, name);
    expect(await getEmbeddingProgress(database.db)).toMatchObject({ embedder: name, done: 1 });
    await adoptEmbedder(database.db, BUILTIN_EMBEDDER);
    expect(await getEmbeddingProgress(database.db)).toMatchObject({ embedder: BUILTIN_EMBEDDER, done: 1 });
  });
});

describe("several workers", () => {
  it("do not do the same work twice", async () => {
    await addExamples(200);
    server.faults.delayMs = 30;
    const other = openDatabase(database.url, 4);
    const done = await Promise.all([embed("one"), embed("two", other), embed("three", other)]);
    await other.close();
    expect(done.reduce((sum, count) => sum + count, 0)).toBe(200);
    expect(server.requests.flatMap(({ input }) => input)).toHaveLength(200);
  });

  it("go on where one was killed in the middle", async () => {
    const all = 400;
    await addExamples(all);
    server.faults.delayMs = 400;
    const environment = {
      DATABASE_URL: database.url,
      EMBEDDING_MODEL: "words-a",
      OPENAI_BASE_URL: server.baseUrl,
    };
    const one = await startWorkerProcess(environment);
    await vi.waitFor(
      async () => expect((await getEmbeddingProgress(database.db)).done).toBeGreaterThanOrEqual(64),
      { timeout: 30_000 },
    );
    await one.kill();
    // Half a minute later: the lease of the dead one has run out.
    await database.db.run(sql`UPDATE embedder SET leased_until = leased_until - interval '30 seconds'`);
    const { done } = await getEmbeddingProgress(database.db);
    expect(done).toBeLessThan(all);
    const before = server.requests.flatMap(({ input }) => input).length;
    server.faults.delayMs = 0;
    const two = await startWorkerProcess(environment);
    await vi.waitFor(async () => expect((await getEmbeddingProgress(database.db)).done).toBe(all), {
      timeout: 90_000,
      interval: 200,
    });
    await two.stop();
    // What was under way when it was killed is asked for once more; nothing else is.
    const after = server.requests.flatMap(({ input }) => input).length;
    expect(after - before).toBe(all - done);
  });
});
