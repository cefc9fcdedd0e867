import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { readsOf } from "@/lib/db/test-plans";
import { createTestWorld } from "@/lib/db/test-world";
import { computeFacts } from "@/lib/facts/compute-facts";
import { DEFAULT_APPROVER_RULE } from "@/lib/policy/compile-policy";
import { listDrafts } from "./list-drafts";
import { listInbox } from "./list-inbox";

const PENDING = 2000;
const DECIDED = 20_000;

let database: TestDatabase;
let agent: Context<KeyActor>;
let approver: Context<PersonActor>;
let manager: Context<PersonActor>;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  const owner = await world.person("owner", { roles: ["admin"] });
  approver = await world.person("ann", { rules: ["finance_oncall"] });
  manager = await world.person("max", { roles: ["manager"] });
  agent = (await world.agent("shop", owner.actor.personId)).ctx;
  await addDrafts(database.db, agent.actor);
  await database.db.run(sql`ANALYZE draft`);
  await database.db.run(sql`ANALYZE classification`);
});
afterAll(() => database?.drop());

/** Pending drafts older than all that are decided: an index that does not leave those out would wade through them. */
const addDrafts = (db: Database, { agentId, keyId }: { agentId: string | null; keyId: string }) =>
  db.run(sql`
    WITH added AS (
      INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary,
                         payload, payload_hash, decided_payload_hash, policy_version_id, classification_id, approver_rule,
                         due_at, waiting_since, decided_at, created_at)
      SELECT 'drf_' || n, 'refund', CASE WHEN n <= ${PENDING} THEN 'pending' ELSE 'executed' END, 'medium',
             (ARRAY['batch_review', 'named_approver'])[n % 2 + 1], ${agentId}, ${keyId}, 'customer', 'cus_' || n,
             'Refund the order of customer ' || n, '{}', md5(n::text), md5(n::text), version.id, 'cls_' || n,
             (ARRAY[${DEFAULT_APPROVER_RULE}, 'finance_oncall'])[n % 2 + 1], now() + interval '1 second' * n,
             now(), CASE WHEN n > ${PENDING} THEN now() + interval '1 second' * (n - 100000) END, now() + interval '1 second' * (n - 100000)
      FROM generate_series(1, ${PENDING + DECIDED}::int) AS n
      JOIN policy_version AS version ON version.action_type = 'refund'
      RETURNING *
    )
    INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, rule, result)
    SELECT classification_id, id, 'submitted', payload_hash, policy_version_id, 'pending', tier, 'medium', '{}' FROM added`);

const readsOfDraft = (work: (db: Database) => Promise<unknown>) => readsOf(database.db, ["draft"], work);

/** One statement for the page, one for each of the three counts: each walks the waiting rows in order and stops. */
const WAITING_INDEX = /^Index (Only )?Scan draft_(pending|after_review)$/;

describe("among 20,000 decided drafts", () => {
  it.each(["batch", "named"] as const)(
    "the %s queue reads pending drafts in the index's order",
    async (queue) => {
      const reads = await readsOfDraft((db) => listInbox({ ...approver, db }, { queue }));
      expect(reads).toHaveLength(4);
      for (const read of reads) expect(read).toMatch(WAITING_INDEX);
    },
  );

  it("the next page of a queue starts where the last one ended", async () => {
    const { nextCursor } = await listInbox(approver, { queue: "batch" });
    const reads = await readsOfDraft((db) =>
      listInbox({ ...approver, db }, { queue: "batch", cursor: nextCursor ?? undefined }),
    );
    expect(reads).toHaveLength(4);
    for (const read of reads) expect(read).toMatch(WAITING_INDEX);
  });

  it("a manager, who sees every rule, reads the same index", async () => {
    const reads = await readsOfDraft((db) => listInbox({ ...manager, db }, { queue: "named" }));
    expect(reads).toHaveLength(4);
    for (const read of reads) expect(read).toMatch(WAITING_INDEX);
  });

  it("a queue with filters reads the same index, and its words draft by draft", async () => {
    const filters = { q: "refund", types: ["refund"], subject: "cus_7", minAmount: 1, held: true as const };
    const reads = await readsOfDraft((db) => listInbox({ ...approver, db }, { queue: "batch", filters }));
    expect(reads.filter((read) => read === "Index Scan draft_search_pkey")).toHaveLength(1);
    const others = reads.filter((read) => read !== "Index Scan draft_search_pkey");
    expect(others).toHaveLength(4);
    for (const read of others) expect(read).toMatch(WAITING_INDEX);
  });

  it("an agent's own drafts are read by the agent's index", async () => {
    const reads = await readsOfDraft((db) => listDrafts({ ...agent, db }, {}));
    expect(reads).toEqual(["Index Scan draft_agent_id_created_at_id_idx"]);
  });

  it("what an agent did within an hour, or had written, is read by index", async () => {
    const question = {
      payload: {},
      subject: { type: "customer", id: "cus_1" },
      agentId: agent.actor.agentId!,
    };
    const wanted = {
      actionType: "refund",
      computed: [{ fact: "agent_drafts_1h", name: "agent_drafts_1h" as const }],
    };
    const reads = await readsOfDraft((db) =>
      computeFacts(db, wanted, { ...question, amount: null, excludeDraftId: null, now: new Date() }),
    );
    expect(reads.length).toBeGreaterThan(0);
    expect(reads.filter((each) => each.startsWith("Seq Scan"))).toEqual([]);
  });
});
