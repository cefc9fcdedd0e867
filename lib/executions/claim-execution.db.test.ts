import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { payloadHash, sha256Hex } from "@/lib/trust/sha256";
import { claimExecution, GRANT_LEASE_MS } from "./claim-execution";
import { createFixture, type Fixture } from "./draft-fixture";
import { reportExecution } from "./report-execution";

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

const note = (draft = {}) => fixture.approved({ actionType: "note", ...draft });
const claim = (id: string, now?: () => Date) => claimExecution(fixture.agent(now), id);
const report = (id: string, input: unknown) => reportExecution(fixture.agent(), id, input);
const afterLease = () => new Date(Date.now() + GRANT_LEASE_MS + 1_000);
const executionOf = (id: string) =>
  database.db.row<Record<string, unknown>>(sql`
    SELECT execution.*, draft.status AS draft_status FROM execution JOIN draft ON draft.id = draft_id
    WHERE draft_id = ${id}`);

describe("an agent's claim", () => {
  it("gives one grant with the decided payload, its hash, the key and an end, and stores only the grant's hash", async () => {
    const id = await note({ payload: { parcel: "p9" } });
    const grant = await claim(id);
    expect(grant).toMatchObject({
      draft_id: id,
      payload: { parcel: "p9" },
      payload_hash: payloadHash({ parcel: "p9" }),
      idempotency_key: id,
    });
    expect(Buffer.from(grant.grant, "base64url")).toHaveLength(24);
    expect(Date.parse(grant.expires_at)).toBeGreaterThan(Date.now());
    const execution = await executionOf(id);
    expect(execution).toMatchObject({
      status: "claimed",
      draft_status: "executing",
      claimed_by_key_id: "key_1",
    });
    expect(execution?.grant_hash).toBe(sha256Hex(grant.grant));
    expect(JSON.stringify(execution)).not.toContain(grant.grant);
    expect(await fixture.verbs(id)).toEqual(["execution.claimed"]);
  });

  it("is given once: a second claim is told who holds it and until when", async () => {
    const id = await note();
    await claim(id);
    await expect(claim(id)).rejects.toMatchObject({
      code: "not_claimable",
      message: expect.stringMatching(/claimed with the key "Key one" at .* until /),
    });
  });

  it("has one winner when many claim at the same moment", async () => {
    const id = await note();
    const claims = await Promise.allSettled(Array.from({ length: 8 }, () => claim(id)));
    const lost = claims.filter((result) => result.status === "rejected");
    expect(claims.length - lost.length).toBe(1);
    expect(lost.map(({ reason }) => reason.code)).toEqual(Array(7).fill("not_claimable"));
    expect(await fixture.verbs(id)).toEqual(["execution.claimed"]);
  });

  it("is for the agent that drafted it, and for what an agent executes", async () => {
    const id = await note();
    await expect(claimExecution(fixture.otherAgent(), id)).rejects.toMatchObject({ code: "not_found" });
    await expect(claim("drf_none")).rejects.toMatchObject({ code: "not_found" });
    await expect(claim(await fixture.approved())).rejects.toMatchObject({ code: "not_claimable" });
    const pending = await fixture.pending({ actionType: "note" });
    await expect(claim(pending)).rejects.toMatchObject({ code: "not_claimable", message: /is pending/ });
    const reader = fixture.agent();
    reader.actor.scopes = [];
    await expect(claimExecution(reader, id)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("is refused, and the draft blocked, when a hard block has come true", async () => {
    const id = await note({ subjectId: "n-blocked" });
    await fixture.pushFact("stop_shipping", true, "n-blocked");
    await expect(claim(id)).rejects.toMatchObject({ code: "not_claimable", message: /^Forbidden by now/ });
    expect(await executionOf(id)).toMatchObject({ draft_status: "blocked", status: "failed" });
    expect(await fixture.verbs(id)).toEqual(["draft.blocked"]);
  });

  it("is refused while a hard block is unknown, and given when it is known to be false", async () => {
    const id = await note({ subjectId: "n-unknown" });
    await expect(claim(id)).rejects.toMatchObject({ code: "not_claimable", message: /stop_shipping/ });
    expect((await executionOf(id))?.waiting_for).toContain("stop_shipping");
    await fixture.pushFact("stop_shipping", false, "n-unknown");
    await claim(id);
    expect((await executionOf(id))?.waiting_for).toBeNull();
  });

  it("is refused after the deadline, which expires the draft", async () => {
    const id = await note({ deadline: new Date(Date.now() - 1) });
    await expect(claim(id)).rejects.toMatchObject({ code: "not_claimable" });
    expect(await executionOf(id)).toMatchObject({ draft_status: "expired" });
  });

  it("can be made anew when its lease ended unreported: same key, new grant, the old one void", async () => {
    const id = await note();
    const first = await claim(id);
    const second = await claim(id, afterLease);
    expect(second.grant).not.toBe(first.grant);
    expect(second.idempotency_key).toBe(first.idempotency_key);
    const done = { outcome: "succeeded", executed_payload_hash: first.payload_hash };
    await expect(report(id, { ...done, grant: first.grant })).rejects.toMatchObject({ code: "forbidden" });
    expect(await report(id, { ...done, grant: second.grant })).toMatchObject({ status: "executed" });
    expect(await fixture.verbs(id)).toEqual([
      "execution.claimed",
      "execution.claimed",
      "execution.succeeded",
    ]);
  });

  it("is not given anew for what ran by itself and is held back by now, until the hold is released", async () => {
    const id = await note();
    const first = await claim(id);
    await database.db.run(
      sql`INSERT INTO hold (id, action_type, reason) VALUES ('hld_1', 'note', 'A sample was wrong')`,
    );
    await expect(claim(id, afterLease)).rejects.toMatchObject({
      code: "not_claimable",
      message: expect.stringContaining("may not be executed now"),
    });
    expect(await executionOf(id)).toMatchObject({ draft_status: "executing", status: "claimed" });
    await database.db.run(sql`UPDATE hold SET released_at = now() WHERE id = 'hld_1'`);
    expect((await claim(id, afterLease)).grant).not.toBe(first.grant);
  });

  it("does not close a draft that was claimed before and is forbidden now", async () => {
    const id = await note({ subjectId: "n-reclaim" });
    await fixture.pushFact("stop_shipping", false, "n-reclaim");
    const first = await claim(id);
    await fixture.pushFact("stop_shipping", true, "n-reclaim");
    await expect(claim(id, afterLease)).rejects.toMatchObject({ code: "not_claimable" });
    const late = { grant: first.grant, outcome: "succeeded", executed_payload_hash: first.payload_hash };
    expect(await report(id, late)).toMatchObject({ status: "executed" });
  });
});

describe("an agent's report", () => {
  it("closes the draft, keeps the result, and answers the same to the same report", async () => {
    const id = await note({ callbackUrl: "https://example.com/cb" });
    const { grant, payload_hash } = await claim(id);
    const input = {
      grant,
      outcome: "succeeded",
      executed_payload_hash: payload_hash,
      result: { b: 1, a: [2] },
    };
    const answer = { draft_id: id, status: "executed", hash_mismatch: false };
    expect(await report(id, input)).toEqual(answer);
    expect(await report(id, input)).toEqual(answer);
    expect(await executionOf(id)).toMatchObject({ status: "succeeded", result: { a: [2], b: 1 } });
    expect(await fixture.verbs(id)).toEqual(["execution.claimed", "execution.succeeded"]);
    const callback = await database.db.rows(
      sql`SELECT 1 FROM dbos.workflow_status WHERE workflow_uuid = ${`callback:${id}:execution.succeeded`}`,
    );
    expect(callback).toHaveLength(1);
    for (const other of [
      { ...input, outcome: "failed" },
      { ...input, result: { a: 1 } },
      { ...input, executed_payload_hash: "0".repeat(64) },
    ]) {
      await expect(report(id, other)).rejects.toMatchObject({ code: "conflict" });
    }
  });

  it("records a failure with its reason, once", async () => {
    const id = await note();
    const { grant } = await claim(id);
    const failed = { grant, outcome: "failed", error: "the printer is on fire" };
    expect(await report(id, failed)).toEqual({ draft_id: id, status: "failed", hash_mismatch: false });
    expect(await report(id, failed)).toMatchObject({ status: "failed" });
    await expect(report(id, { ...failed, error: "it is not" })).rejects.toMatchObject({ code: "conflict" });
    expect(await executionOf(id)).toMatchObject({
      last_error: "the printer is on fire",
      draft_status: "failed",
    });
    expect(await fixture.verbs(id)).toEqual(["execution.claimed", "execution.failed"]);
  });

  it("fails the draft and raises an alarm when something else was executed, whatever the agent calls it", async () => {
    const alarm = vi.spyOn(console, "error").mockImplementation(() => {});
    const id = await note();
    const { grant } = await claim(id);
    const other = { grant, outcome: "succeeded", executed_payload_hash: "e".repeat(64) };
    expect(await report(id, other)).toEqual({ draft_id: id, status: "failed", hash_mismatch: true });
    expect(await report(id, other)).toMatchObject({ hash_mismatch: true });
    await expect(report(id, { ...other, outcome: "failed" })).rejects.toMatchObject({ code: "conflict" });
    expect(await executionOf(id)).toMatchObject({ hash_mismatch: true, draft_status: "failed" });
    expect(await fixture.verbs(id)).toEqual(["execution.claimed", "execution.mismatched"]);
    expect(alarm).toHaveBeenCalledTimes(1);
    alarm.mockRestore();
  });

  it("needs the grant, and the agent that holds it", async () => {
    const id = await note();
    const done = { grant: "x", outcome: "succeeded", executed_payload_hash: "0".repeat(64) };
    await expect(report(id, done)).rejects.toMatchObject({ code: "forbidden" });
    const { grant, payload_hash } = await claim(id);
    await expect(report(id, done)).rejects.toMatchObject({ code: "forbidden" });
    const real = { grant, outcome: "succeeded", executed_payload_hash: payload_hash };
    await expect(reportExecution(fixture.otherAgent(), id, real)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(report(id, { ...real, executed_payload_hash: undefined })).rejects.toMatchObject({
      code: "invalid_request",
    });
    await expect(report(id, { ...real, extra: 1 })).rejects.toMatchObject({ code: "invalid_request" });
    expect(await executionOf(id)).toMatchObject({ status: "claimed" });
  });

  it("has one outcome when two different reports arrive at once", async () => {
    const id = await note();
    const { grant, payload_hash } = await claim(id);
    const reports = await Promise.allSettled([
      report(id, { grant, outcome: "succeeded", executed_payload_hash: payload_hash }),
      report(id, { grant, outcome: "failed", error: "no" }),
    ]);
    expect(reports.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await fixture.verbs(id)).toHaveLength(2);
  });
});
