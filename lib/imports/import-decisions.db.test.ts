import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { BUILTIN_EMBEDDER } from "@/lib/examples/embedder-builtin";
import { payloadHash } from "@/lib/trust/sha256";
import { importLines, refundLine } from "./import-fixture";

let database: TestDatabase;
let world: TestWorld;
const here = () => ({ db: database.db, policies: world.policies });

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createTestWorld(database.db);
  await world.person("ada", { roles: ["admin", "approver"] });
  await world.person("mara", { roles: ["approver"] });
});
afterAll(() => database?.drop());
beforeEach(async () => {
  await database.db.pool.query(
    "TRUNCATE draft, classification, evidence, example, draft_to_index, decision, execution CASCADE",
  );
});

interface Stored {
  status: string;
  origin: string;
  route: string | null;
  tier: string;
  payload_hash: string;
  decided_payload_hash: string | null;
  payload: Record<string, unknown>;
  created_at: Date;
  decided_at: Date;
  closed_at: Date;
  amount: string;
  cause: string;
  classified_route: string;
  facts: Record<string, unknown>;
  outcome: string;
  imported: boolean;
  person_id: string | null;
  decided_by_name: string | null;
  reason: string | null;
  withdrawn_reason: string | null;
  embedder: string;
  same_vector: boolean;
  evidence: number;
  decisions: number;
  executions: number;
}
const stored = (externalId: string) =>
  database.db.row<Stored>(sql`
    SELECT draft.status, draft.origin, draft.route, draft.tier, draft.payload_hash, draft.decided_payload_hash,
           draft.payload, draft.created_at, draft.decided_at, draft.closed_at, draft.amount, classification.cause,
           classification.route AS classified_route, classification.facts, example.outcome, example.imported,
           example.person_id, example.decided_by_name, example.reason, example.withdrawn_reason, example.embedder,
           example.embedding = draft.embedding AS same_vector,
           (SELECT count(*)::int FROM evidence WHERE draft_id = draft.id) AS evidence,
           (SELECT count(*)::int FROM decision WHERE draft_id = draft.id) AS decisions,
           (SELECT count(*)::int FROM execution WHERE draft_id = draft.id) AS executions
    FROM draft JOIN classification ON classification.id = draft.classification_id
    JOIN example ON example.draft_id = draft.id WHERE draft.external_id = ${externalId}`);
const countDrafts = async () =>
  (await database.db.row<{ count: number }>(sql`SELECT count(*)::int AS count FROM draft`))!.count;

describe("a past decision", () => {
  it("comes in as a draft that is over, classified by the facts of then, with its example and its event", async () => {
    const line = refundLine(1, {
      created_at: "2026-04-30T09:00:00Z",
      decided_by: "MARA@example.com",
      facts: { customer_months: 7, chargeback_open: false, account_flagged_fraud: false, region: "EU" },
      evidence: [{ kind: "message", title: "Ticket", content: "It came broken" }],
    });
    const { report, bad } = await importLines(here(), [line]);
    expect(bad).toEqual([]);
    expect(report).toMatchObject({ lines: 1, importedInAll: 1, duplicates: 0, bad: 0 });
    const found = await stored("T-1");
    expect(found).toMatchObject({
      status: "executed",
      origin: "import",
      route: null,
      tier: "low",
      amount: "21.00",
      cause: "imported",
      classified_route: "auto_execute",
      facts: {
        customer_months: 7,
        chargeback_open: false,
        account_flagged_fraud: false,
        region: "EU",
        amount: 21,
      },
      outcome: "approved",
      imported: true,
      person_id: "per_mara",
      decided_by_name: null,
      withdrawn_reason: null,
      embedder: BUILTIN_EMBEDDER,
      same_vector: true,
      evidence: 1,
      decisions: 0,
      executions: 0,
    });
    expect(found!.created_at.toISOString()).toBe("2026-04-30T09:00:00.000Z");
    expect(found!.decided_at.toISOString()).toBe("2026-05-01T10:00:00.000Z");
    expect(found!.closed_at).toEqual(found!.decided_at);
    expect(found!.payload_hash).toBe(payloadHash(found!.payload));
    expect(found!.decided_payload_hash).toBe(found!.payload_hash);
  });

  it("keeps what was proposed apart from what was approved after an edit", async () => {
    const proposed = { amount: 90, currency: "USD", reason: "Late" };
    const line = refundLine(2, { outcome: "edited", proposed_payload: proposed });
    await importLines(here(), [line]);
    const found = await stored("T-2");
    expect(found).toMatchObject({
      status: "executed",
      outcome: "edited",
      payload: proposed,
      amount: "22.00",
    });
    expect(found!.facts).toEqual({ amount: 90 });
    expect(found!.payload_hash).toBe(payloadHash(proposed));
    expect(found!.decided_payload_hash).toBe(payloadHash(line.payload));
  });

  it("that was refused carries nothing that could be executed, and keeps its reason and whose word it was", async () => {
    const lines = [
      refundLine(3, { outcome: "rejected", reason: "Too late", decided_by: "Somebody Who Left" }),
      refundLine(4, { outcome: "changes_requested", reason: "Which order?", decided_by: "gone@example.com" }),
    ];
    const { report } = await importLines(here(), lines);
    expect(await stored("T-3")).toMatchObject({
      status: "rejected",
      decided_payload_hash: null,
      person_id: null,
      decided_by_name: "Somebody Who Left",
      reason: "Too late",
    });
    expect(await stored("T-4")).toMatchObject({
      status: "changes_requested",
      decided_by_name: "gone@example.com",
    });
    expect([...report.unknownPeople]).toEqual([
      ["Somebody Who Left", 1],
      ["gone@example.com", 1],
    ]);
  });

  it("whose word it was is nobody's where two accounts have the address", async () => {
    await database.db.run(sql`
      INSERT INTO person (id, name, email, disabled_at)
      VALUES ('per_kim', 'Kim', 'kim@example.com', NULL), ('per_kim_before', 'Kim', 'Kim@example.com', now())`);
    const { report } = await importLines(here(), [refundLine(6, { decided_by: "kim@example.com" })]);
    expect(await stored("T-6")).toMatchObject({ person_id: null, decided_by_name: "kim@example.com" });
    expect([...report.unknownPeople]).toEqual([["kim@example.com", 1]]);
  });

  it("with a payload that the schema of today refuses is in the trail, and kept out of prompts", async () => {
    const payload = { amount: 12, currency: "USD", reason: "Broken", channel: "phone" };
    const { report } = await importLines(here(), [refundLine(5, { payload })]);
    expect(report.importedInAll).toBe(1);
    expect(report.refusedPayloads.get("refund")).toMatchObject({ count: 1, line: 1 });
    expect((await stored("T-5"))!.withdrawn_reason).toContain("/payload/channel");
  });

  it("believes the payload rather than a fact of the same name, and knows nothing else of today", async () => {
    await database.db.run(sql`
      INSERT INTO api_key (id, name, prefix, hash, scopes, owner_id) VALUES ('key_f', 'f', 'f', 'f', '{}', 'per_ada')
      ON CONFLICT DO NOTHING`);
    await database.db.run(sql`
      INSERT INTO fact (subject_type, subject_id, name, value, api_key_id, source, observed_at)
      VALUES ('customer', 'cus_6', 'customer_months', '99', 'key_f', 'crm', now())`);
    await importLines(here(), [refundLine(6, { facts: { amount: 1 } })]);
    const found = await stored("T-6");
    expect(found!.facts).toEqual({ amount: 26 });
    expect(found!.tier).toBe("medium");
  });

  it("has one event each in the trail, by the command line, that says when it was decided", async () => {
    await importLines(here(), [refundLine(7)]);
    const events = await database.db.rows<{ event: Record<string, unknown> }>(sql`
      SELECT event FROM audit_event JOIN draft ON draft.id = draft_id
      WHERE verb = 'draft.imported' AND draft.external_id = 'T-7'`);
    expect(events).toHaveLength(1);
    expect(events[0]!.event).toMatchObject({
      actor: { kind: "system", id: "cli" },
      outcome: "approved",
      decided_at: "2026-05-01T10:00:00.000Z",
    });
    expect(JSON.stringify(events[0]!.event)).not.toContain("Arrived broken");
  });
});

describe("running it again", () => {
  it("brings nothing in twice, also when other lines have changed, and refuses another story under the same id", async () => {
    const lines = [refundLine(1), refundLine(2), refundLine(3, { external_id: undefined })];
    await importLines(here(), lines);
    const changed = [lines[0]!, refundLine(2, { outcome: "rejected" }), lines[2]!, refundLine(4)];
    const { report, bad } = await importLines(here(), changed);
    expect(report).toMatchObject({ importedInAll: 1, duplicates: 2, bad: 1 });
    expect(bad).toMatchObject([{ line: 2, problems: [{ path: "/external_id" }] }]);
    expect((await stored("T-2"))!.outcome).toBe("approved");
    expect(await countDrafts()).toBe(4);
  });

  it("finds what stands twice in one file, within a batch and across batches, in a dry run too", async () => {
    const many = Array.from({ length: 450 }, (_, index) => refundLine(index));
    const lines = [...many, many[0]!, many[449]!, refundLine(5, { summary: "Another story" })];
    for (const dryRun of [true, false]) {
      const { report } = await importLines(here(), lines, { dryRun });
      expect(report, `dry run: ${dryRun}`).toMatchObject({ importedInAll: 450, duplicates: 2, bad: 1 });
    }
    expect(await countDrafts()).toBe(450);
  });

  it("after a dry run finds nothing: it writes nothing at all", async () => {
    const before = await database.db.row(sql`SELECT count(*) FROM audit_event`);
    const { report } = await importLines(here(), [refundLine(1)], { dryRun: true, agentName: "Never made" });
    expect(report).toMatchObject({ dryRun: true, importedInAll: 1 });
    expect(await countDrafts()).toBe(0);
    expect(await database.db.row(sql`SELECT count(*) FROM audit_event`)).toEqual(before);
    expect(await database.db.row(sql`SELECT 1 FROM agent WHERE name = 'Never made'`)).toBeNull();
  });

  it("at the same time, in opposite orders, each decision comes in once and nobody is stuck", async () => {
    const lines = Array.from({ length: 600 }, (_, index) => refundLine(index));
    const [one, other] = await Promise.all([
      importLines(here(), lines),
      importLines(here(), lines.toReversed()),
    ]);
    expect(one.report.importedInAll + other.report.importedInAll).toBe(600);
    expect(one.report.duplicates + other.report.duplicates).toBe(600);
    expect(await countDrafts()).toBe(600);
    const { examples, events } = (await database.db.row<{ examples: number; events: number }>(sql`
      SELECT (SELECT count(*)::int FROM example) AS examples,
             (SELECT count(*)::int FROM audit_event JOIN draft ON draft.id = draft_id) AS events`))!;
    expect({ examples, events }).toEqual({ examples: 600, events: 600 });
  });

  it("at the same time, with two stories under one id, tells one of them that it was not taken", async () => {
    const stories = ["Refund", "Another refund"].map((summary) =>
      Array.from({ length: 50 }, (_, index) => refundLine(index, { summary })),
    );
    const reports = (await Promise.all(stories.map((lines) => importLines(here(), lines)))).map(
      ({ report }) => report,
    );
    expect(reports.map(({ duplicates }) => duplicates)).toEqual([0, 0]);
    expect(reports.reduce((sum, { importedInAll }) => sum + importedInAll, 0)).toBe(50);
    expect(reports.reduce((sum, { bad }) => sum + bad, 0)).toBe(50);
  });

  it("after a failure in the middle goes on where it stopped: what was written is whole", async () => {
    const lines = Array.from({ length: 500 }, (_, index) => refundLine(index));
    let batches = 0;
    const failing = Object.assign(Object.create(database.db), {
      rows: (statement: { text: string }) => {
        if (statement.text.includes("INSERT INTO draft") && ++batches === 2)
          throw new Error("connection lost");
        return database.db.rows(statement as never);
      },
    });
    await expect(importLines({ ...here(), db: failing }, lines)).rejects.toThrow("connection lost");
    expect(await countDrafts()).toBe(200);
    const { report } = await importLines(here(), lines);
    expect(report).toMatchObject({ importedInAll: 300, duplicates: 200 });
  });
});

describe("the agent of an import", () => {
  it("is disabled, owned by an admin, and its key opens nothing", async () => {
    await importLines(here(), [refundLine(1)]);
    const row = await database.db.row(sql`
      SELECT agent.name, agent.owner_id, agent.disabled_at IS NOT NULL AS disabled, api_key.scopes,
             api_key.revoked_at IS NOT NULL AS revoked
      FROM agent JOIN api_key ON api_key.agent_id = agent.id WHERE agent.name = 'Imported decisions'`);
    expect(row).toEqual({
      name: "Imported decisions",
      owner_id: "per_ada",
      disabled: true,
      scopes: [],
      revoked: true,
    });
  });
});

describe("the owner of an import", () => {
  it("is the one named, who stays its owner whoever is named later", async () => {
    await world.person("olga", { roles: ["manager"] });
    const named = { agentName: "Old desk", ownerEmail: "OLGA@example.com" };
    await importLines(here(), [refundLine(1)], named);
    await importLines(here(), [refundLine(2)], { agentName: "Old desk" });
    await importLines(here(), [refundLine(3)], named);
    const ada = { agentName: "Old desk", ownerEmail: "ada@example.com" };
    await expect(importLines(here(), [refundLine(4)], ada)).rejects.toMatchObject({ code: "conflict" });
    expect(await countDrafts()).toBe(3);
    const owner = await database.db.row(sql`SELECT owner_id FROM agent WHERE name = 'Old desk'`);
    expect(owner).toEqual({ owner_id: "per_olga" });
  });
});

describe("an agent that submits", () => {
  it("cannot be given a past it did not have", async () => {
    await world.agent("shop", "per_ada");
    await expect(importLines(here(), [refundLine(1)], { agentName: "shop" })).rejects.toThrow(
      /drafts by itself/,
    );
    expect(await countDrafts()).toBe(0);
  });
});

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

describe("bad lines", () => {
  const problemsOf = async (more: Record<string, unknown>) => {
    const { bad } = await importLines(here(), [refundLine(1, more), refundLine(2)]);
    expect(await countDrafts()).toBe(bad.length === 0 ? 2 : 1);
    return bad[0]?.problems[0];
  };
  it.each([
    ["a decision of tomorrow", { decided_at: TOMORROW }, "/decided_at", "future"],
    ["one proposed after it was decided", { created_at: "2026-05-02T00:00:00Z" }, "/created_at", "after"],
    ["one before 1990", { decided_at: "1970-01-01T00:00:00Z" }, "/decided_at", "1990"],
    ["a date that is none", { decided_at: "yesterday" }, "/decided_at", "ISO"],
    ["an outcome nobody knows", { outcome: "maybe" }, "/outcome", "approved"],
    ["an edit of nobody knows what", { outcome: "edited" }, "/proposed_payload", "edited"],
    [
      "an edit that changed nothing",
      { outcome: "edited", proposed_payload: refundLine(1).payload },
      "/proposed_payload",
      "nothing was edited",
    ],
    ["a proposal without an edit", { proposed_payload: { amount: 1 } }, "/proposed_payload", "edited"],
    ["an action type without a policy", { action_type: "teleport" }, "/action_type", "no policy"],
    ["an empty summary", { summary: "" }, "/summary", "1"],
    ["no summary", { summary: undefined }, "/summary", "is missing"],
    ["a misspelt field", { unknown_field: 1 }, "", "unknown_field"],
    ["a payload beyond the limit", { payload: { amount: "x".repeat(300_000) } }, "/payload", "bytes"],
    ["a currency that is none", { currency: "dollars" }, "/currency", "three letters"],
  ])("%s is refused, with its place and the reason; the next line comes in", async (_, more, path, words) => {
    const problem = await problemsOf(more);
    expect(problem).toMatchObject({ path });
    expect(problem!.message).toContain(words);
  });

  it("that the database refuses does not keep the others of its batch out", async () => {
    const odd = refundLine(2, {
      payload: { ...(refundLine(2).payload as object), amount: 9e15 },
      amount: 9e15,
    });
    const failing = Object.assign(Object.create(database.db), {
      rows: async (statement: { text: string; values: unknown[] }) => {
        const holdsOdd =
          statement.text.includes("INSERT INTO draft") && String(statement.values).includes('"T-2"');
        if (holdsOdd) throw Object.assign(new Error("numeric field overflow"), { code: "22003" });
        return database.db.rows(statement as never);
      },
    });
    const { report, bad } = await importLines({ ...here(), db: failing }, [
      refundLine(1),
      odd,
      refundLine(3),
    ]);
    expect(report).toMatchObject({ importedInAll: 2, bad: 1 });
    expect(bad[0]).toMatchObject({ line: 2 });
  });

  it("reads hostile bytes line by line: what is broken is listed, the rest comes in", async () => {
    const good = (serial: number) => JSON.stringify(refundLine(serial));
    const content = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from(`${good(1)}\r\n\r\n{"a":1,"a":2}\n`),
      Buffer.from([0x22, 0xff, 0xfe, 0x22, 0x0a]),
      Buffer.from(`{"__proto__":{"action_type":"refund"}}\n[]\nnull\n"\\u0000"\n`),
      Buffer.from(`{"summary":"${"x".repeat(3 * 1024 * 1024)}"}\n${good(2)}`),
    ]);
    const { report, bad } = await importLines(here(), content);
    expect(report).toMatchObject({ importedInAll: 2, bad: 7 });
    expect(bad.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8, 9]);
    expect(await countDrafts()).toBe(2);
  });
});
