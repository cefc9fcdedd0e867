import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { APPROVER, createFixture, type Fixture } from "@/lib/executions/draft-fixture";
import { escalateDraft } from "./escalate-draft";

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

const HOUR = 3_600_000;
const start = new Date("2026-03-02T08:00:00.000Z");
const at = (hours: number) => () => new Date(start.getTime() + hours * HOUR);
const CHAIN = [
  { after_hours: 8, to: "second_rule" },
  { after_hours: 12, to: "third_rule" },
];

const fire = (id: string, level: number, hours: number) =>
  escalateDraft(fixture.worker(at(hours)), id, level, `escalate:${id}:${level}:run:1`);
const draftOf = (id: string) =>
  database.db.row<Record<string, unknown>>(sql`
    SELECT status, approver_rule, escalation_level, version, due_at, closed_at, decided_payload_hash
    FROM draft WHERE id = ${id}`);
const timersOf = (id: string) =>
  database.db.rows<{ id: string; at: string; inputs: string }>(sql`
    SELECT run.workflow_uuid AS id, run.delay_until_epoch_ms AS at, input.inputs
    FROM dbos.workflow_status AS run JOIN dbos.workflow_input AS input USING (workflow_uuid)
    WHERE run.name = 'escalate_draft' AND run.workflow_uuid LIKE ${`%${id}%`} ORDER BY run.workflow_uuid`);
const noticesOn = async (id: string) => {
  const rows = await database.db.rows<{ told: string }>(sql`
    SELECT concat_ws(' ', person_id, kind, text) AS told FROM notice WHERE draft_id = ${id} ORDER BY created_at, id`);
  return rows.map(({ told }) => told);
};
/** Makes an approver rule ask this one person. */
const ask = async (rule: string, personId: string) => {
  const definition = { bands: [{ up_to: null, mode: "all", ask: [{ kind: "person", id: personId }] }] };
  await database.db.run(sql`
    INSERT INTO approver_rule (name, description, definition) VALUES (${rule}, '', ${JSON.stringify(definition)}::jsonb)
    ON CONFLICT (name) DO UPDATE SET definition = excluded.definition`);
};
afterEach(() => database.db.run(sql`DELETE FROM approver_rule`));
const pending = (chain: Parameters<Fixture["pending"]>[0] = {}) =>
  fixture.pending({ createdAt: start, waitingSince: start, dueAt: at(8)(), ...chain });

describe("the timer of a pending draft", () => {
  it("hands it up the chain step by step, and denies it at the end: silence never approves", async () => {
    const id = await pending({ escalation: CHAIN, callbackUrl: "https://example.com/cb" });
    expect(await fire(id, 0, 8)).toBe("escalated");
    expect(await draftOf(id)).toMatchObject({
      status: "pending",
      approver_rule: "second_rule",
      escalation_level: 1,
      version: 2,
      due_at: at(12)(),
    });
    const [timer] = await timersOf(id);
    // Half-way to the next escalation it reminds.
    expect(Number(timer?.at)).toBe(at(10)().getTime());
    expect(JSON.parse(timer?.inputs ?? "")).toMatchObject({ positionalArgs: [id, 1] });

    expect(await fire(id, 1, 12)).toBe("escalated");
    expect(await draftOf(id)).toMatchObject({ approver_rule: "third_rule", due_at: at(20)() });
    expect(await fire(id, 2, 20)).toBe("expired");
    expect(await draftOf(id)).toMatchObject({
      status: "expired",
      closed_at: at(20)(),
      decided_payload_hash: null,
    });
    expect(await fixture.verbs(id)).toEqual(["draft.escalated", "draft.escalated", "draft.expired"]);
    const callback = await database.db.rows(
      sql`SELECT 1 FROM dbos.workflow_status WHERE workflow_uuid = ${`callback:${id}:draft.expired`}`,
    );
    expect(callback).toHaveLength(1);
  });

  it("reminds those who are asked at half and at nine tenths, each once however late and often it fires", async () => {
    const id = await pending({ escalation: CHAIN, route: "named_approver" });
    await ask("first_rule", APPROVER);
    expect(await fire(id, 0, 3)).toBe("not_due");
    expect(await noticesOn(id)).toEqual([]);
    expect(await fire(id, 0, 4)).toBe("reminded");
    expect(await fire(id, 0, 4)).toBe("reminded");
    expect(await noticesOn(id)).toEqual([`${APPROVER} reminder Half of the time to decide it has passed.`]);
    expect(await fire(id, 0, 7.9)).toBe("reminded");
    expect(await noticesOn(id)).toHaveLength(2);
  });

  it("that was late by a day does the one thing that is due, once", async () => {
    const id = await pending({ escalation: CHAIN, route: "named_approver" });
    await ask("second_rule", APPROVER);
    expect(await fire(id, 0, 32)).toBe("escalated");
    expect(await fire(id, 0, 32)).toBe("superseded");
    expect(await draftOf(id)).toMatchObject({ approver_rule: "second_rule", due_at: at(36)() });
    expect(await noticesOn(id)).toEqual([
      `${APPROVER} escalated It has escalated to second_rule, and so to you.`,
    ]);
  });

  it("passes over a rule on which nobody may decide it", async () => {
    const id = await pending({ escalation: CHAIN });
    await ask("second_rule", "per_owner");
    await ask("third_rule", APPROVER);
    expect(await fire(id, 0, 8)).toBe("escalated");
    expect(await draftOf(id)).toMatchObject({ approver_rule: "third_rule", escalation_level: 2 });
  });

  it("holds it at the end where the policy says so, and says that once", async () => {
    const id = await pending({ onTimeout: "hold" });
    expect(await fire(id, 0, 8)).toBe("held");
    expect(await fire(id, 0, 9)).toBe("held");
    expect(await draftOf(id)).toMatchObject({ status: "pending", due_at: at(8)(), version: 1 });
    expect(await fixture.verbs(id)).toEqual(["draft.escalated"]);
    expect(await timersOf(id)).toEqual([]);
  });

  it("never ends in an approval, whatever the chain and however often it fires", async () => {
    for (const onTimeout of ["deny", "hold"] as const) {
      for (const escalation of [[], CHAIN.slice(0, 1), CHAIN]) {
        const id = await pending({ onTimeout, escalation });
        for (let hour = 8; hour < 80; hour += 8) {
          for (const level of [0, 1, 2, 3]) await fire(id, level, hour);
        }
        const draft = await draftOf(id);
        expect(draft?.status).toBe(onTimeout === "deny" ? "expired" : "pending");
        expect(draft?.decided_payload_hash).toBeNull();
        expect(await fixture.verbs(id)).not.toContain("draft.approved");
      }
    }
  });

  it("expires it at the agent's deadline, even in the middle of the chain or while held", async () => {
    const early = await pending({ escalation: CHAIN, deadline: at(3)() });
    expect(await fire(early, 0, 3)).toBe("expired");
    const held = await pending({ onTimeout: "hold", deadline: at(30)() });
    expect(await fire(held, 0, 8)).toBe("held");
    const [timer] = await timersOf(held);
    expect(Number(timer?.at)).toBe(at(30)().getTime());
    expect(await fire(held, 0, 30)).toBe("expired");
    const between = await pending({ escalation: CHAIN, deadline: at(10)() });
    await fire(between, 0, 8);
    expect(Number((await timersOf(between))[0]?.at)).toBe(at(10)().getTime());
  });

  it("is set again when it comes too early, once however often it is repeated", async () => {
    const id = await pending({ escalation: CHAIN });
    expect(await fire(id, 0, 3)).toBe("not_due");
    expect(await fire(id, 0, 3)).toBe("not_due");
    expect(await timersOf(id)).toMatchObject([
      { id: `escalate:${id}:0:run:1`, at: String(at(4)().getTime()) },
    ]);
    expect(await fixture.verbs(id)).toEqual([]);
  });

  it("does nothing when the draft was decided, has escalated already, or does not exist", async () => {
    const escalated = await pending({ escalation: CHAIN });
    await fire(escalated, 0, 8);
    expect(await fire(escalated, 0, 30)).toBe("superseded");
    const decided = await fixture.approved();
    expect(await fire(decided, 0, 99)).toBe("superseded");
    expect(await fire("drf_none", 0, 99)).toBe("superseded");
  });

  it("and a decision at the same moment: exactly one of them wins", async () => {
    const wins = { decision: 0, timer: 0 };
    for (let round = 0; round < 40; round++) {
      const id = await pending({});
      // What the decide verb does in the end: a guarded update by status and version.
      const decide = async () => {
        if (round % 2) await new Promise((resolve) => setTimeout(resolve, round % 8));
        return database.db.transaction((tx) =>
          tx.run(sql`
            UPDATE draft SET status = 'rejected', version = version + 1, decided_at = now(), closed_at = now()
            WHERE id = ${id} AND status = 'pending' AND version = 1`),
        );
      };
      const [decided, timer] = await Promise.all([decide(), fire(id, 0, 8)]);
      expect([decided, timer]).toEqual(decided ? [1, "superseded"] : [0, "expired"]);
      expect((await draftOf(id))?.version).toBe(2);
      wins[decided ? "decision" : "timer"]++;
    }
    expect(wins.decision + wins.timer).toBe(40);
  });
});
