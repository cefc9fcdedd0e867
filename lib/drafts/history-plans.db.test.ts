import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { readsOf } from "@/lib/db/test-plans";
import { createTestWorld } from "@/lib/db/test-world";
import type { HistoryFilters } from "./history-filters";
import { listHistory } from "./list-history";

const DECIDED = 20_000;

let database: TestDatabase;
let manager: Context<PersonActor>;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  const owner = await world.person("owner", { roles: ["admin"] });
  manager = await world.person("max", { roles: ["manager"] });
  await world.person("ann");
  const { actor } = (await world.agent("shop", owner.actor.personId)).ctx;
  await addDecided(actor.agentId!, actor.keyId);
  for (const table of ["draft", "decision", "draft_search", "classification"])
    await database.db.pool.query(`VACUUM (ANALYZE) ${table}`);
});
afterAll(() => database?.drop());

/** A minute apart; one of a hundred is of another type, one of fifty was decided by ann, one of a thousand under the
 * rule "large". */
async function addDecided(agentId: string, keyId: string): Promise<void> {
  const { db } = database;
  await db.run(sql`
    INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary,
                       payload, payload_hash, decided_payload_hash, policy_version_id, classification_id, decided_at, created_at)
    SELECT 'drf_' || n, CASE WHEN n % 100 = 0 THEN 'send_email' ELSE 'refund' END, 'executed', 'medium', 'batch_review',
           ${agentId}, ${keyId}, 'customer', 'cus_' || n % 5000, 'Refund the order', '{}', md5(n::text), md5(n::text), version.id,
           'cls_' || n, now() - interval '1 minute' * n, now() - interval '1 minute' * n
    FROM generate_series(1, ${DECIDED}::int) AS n JOIN policy_version AS version ON version.action_type = 'refund'`);
  await db.run(sql`
    INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, route, rule, result)
    SELECT classification_id, id, 'submitted', payload_hash, policy_version_id, status, tier, route,
           CASE WHEN right(id, 3) = '007' THEN 'large' ELSE 'medium #2' END, '{}' FROM draft`);
  await db.run(sql`
    INSERT INTO decision (id, draft_id, person_id, verdict, reason_salt, screen_hash, classification_id, payload, payload_hash,
                          decided_at)
    SELECT 'dec_' || id, id, CASE WHEN right(id, 2) IN ('00', '50') THEN 'per_ann' ELSE 'per_max' END, 'approve', '', '',
           classification_id, '{}', payload_hash, decided_at FROM draft`);
  await db.run(sql`
    INSERT INTO draft_search (draft_id, terms)
    SELECT id, array_to_tsvector(ARRAY['=' || subject_id, 'refund', subject_id, 'w' || id]) FROM draft`);
  await db.run(sql`DELETE FROM draft_to_index`);
}

const PAGE = "Index Scan draft_decided";
const RULES = "Index Scan classification_pkey";
const WORDS = "Index Scan draft_search_pkey";

describe("among 20,000 decided drafts, a page of the history", () => {
  it.each<[string, HistoryFilters, string[]]>([
    ["of everything walks them by when they were decided", {}, [PAGE]],
    ["of what few pass walks them too", { tiers: ["high"], outcomes: ["failed"], automatic: true }, [PAGE]],
    ["of some days begins there", { from: "2026-01-01", to: "2026-01-02" }, [PAGE]],
    ["of types walks each type's", { types: ["send_email", "refund"] }, [`${PAGE}_of_type`]],
    [
      "of a rule walks its type's and looks each one's rule up",
      { types: ["refund"], rules: ["large"], from: "2026-01-01" },
      [`${PAGE}_of_type`, RULES],
    ],
    [
      "of a rule that nothing has walks them too",
      { types: ["refund"], rules: ["gone"] },
      [`${PAGE}_of_type`, RULES],
    ],
    ["of a rule of any type walks all", { rules: ["large"] }, [PAGE, RULES]],
    [
      "of a rule of a person's reads their decisions",
      { rules: ["large"], decidedBy: "per_ann" },
      ["Index Scan draft_pkey", RULES],
    ],
    [
      "of a rule of a subject reads that one's",
      { rules: ["large"], subject: "cus_7" },
      ["Index Scan draft_pkey", RULES],
    ],
    ["of a subject reads that one's", { subject: "customer:cus_7" }, ["Index Scan draft_pkey"]],
    ["of a subject's id reads that one's", { subject: "cus_7" }, ["Index Scan draft_pkey"]],
    ["of a person reads their decisions", { decidedBy: "per_ann" }, ["Index Scan draft_pkey"]],
    [
      "of a rare word reads what has it",
      { q: "wdrf_77" },
      ["Index Scan draft_pkey", "Bitmap Index Scan draft_search_terms"],
    ],
    ["of a common word looks into the newest", { q: "refund" }, [PAGE, WORDS]],
    [
      "of a person's common word looks into theirs",
      { q: "refund", decidedBy: "per_ann" },
      ["Index Scan draft_pkey", WORDS],
    ],
  ])("%s", async (_, filters, expected) => {
    const reads = await readsOf(manager.db, ["draft", "decision", "classification"], (db) =>
      listHistory({ ...manager, db }, { filters }),
    );
    expect(reads).toEqual(expect.arrayContaining(expected));
    // How common a word is, is asked first: of one that most have, the table of words tells after a few rows.
    expect(reads.filter((read) => read.startsWith("Seq Scan") && read !== "Seq Scan draft_search")).toEqual(
      [],
    );
    if (filters.q !== "refund") expect(reads).not.toContain("Seq Scan draft_search");
  });
});
