import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { newId } from "@/lib/drafts/new-id";
import { dispatchDraft } from "./dispatch-draft";
import { APPROVER, createFixture, type Fixture, SECRET } from "./draft-fixture";

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
beforeEach(() => {
  process.env.SHOP_URL = "http://127.0.0.1:9/";
  process.env.SHOP_SECRET = SECRET;
});
afterEach(() => {
  delete process.env.SHOP_URL;
  delete process.env.SHOP_SECRET;
});

const stateOf = async (id: string) =>
  database.db.row<{
    status: string;
    version: number;
    execution: string;
    waiting_for: string | null;
    error: string;
  }>(sql`
    SELECT draft.status, draft.version, execution.status AS execution, waiting_for, last_error AS error
    FROM draft JOIN execution ON draft_id = id WHERE id = ${id}`);
const successors = async (id: string) =>
  database.db.rows<{ id: string; status: string; delay: string }>(sql`
    SELECT workflow_uuid AS id, status, delay_until_epoch_ms AS delay FROM dbos.workflow_status
    WHERE workflow_uuid LIKE ${`%${id}%`} ORDER BY workflow_uuid`);
const dispatch = (id: string, now?: () => Date) =>
  dispatchDraft(fixture.worker(now), id, `execute:${id}:run:1`);
const decide = (draftId: string, personId: string, hash?: string) =>
  database.db.run(sql`
    INSERT INTO decision (id, draft_id, person_id, verdict, reason_salt, screen_hash, classification_id, payload, payload_hash)
    SELECT ${newId("dec")}, id, ${personId}, 'approve', 's', 'h', classification_id, decided_payload,
           coalesce(${hash ?? null}, decided_payload_hash)
    FROM draft WHERE id = ${draftId}`);

describe("dispatch", () => {
  it("starts an approved draft once, with one event, and says so again when it is repeated", async () => {
    const id = await fixture.approved();
    expect(await dispatch(id)).toEqual({ next: "deliver", attempt: 1 });
    expect(await dispatch(id)).toEqual({ next: "deliver", attempt: 1 });
    expect(await stateOf(id)).toMatchObject({ status: "executing", version: 2, execution: "delivering" });
    expect(await fixture.verbs(id)).toEqual(["execution.started"]);
    expect(await successors(id)).toEqual([]);
  });

  it("starts it once when two workers dispatch at the same moment", async () => {
    const id = await fixture.approved();
    await Promise.all(Array.from({ length: 6 }, () => dispatch(id)));
    expect(await stateOf(id)).toMatchObject({ status: "executing", version: 2 });
    expect(await fixture.verbs(id)).toEqual(["execution.started"]);
  });

  it("blocks a draft whose hard block has come true since it was approved", async () => {
    const id = await fixture.approved({ subjectId: "c-blocked", callbackUrl: "https://example.com/cb" });
    await fixture.pushFact("stop_shipping", true, "c-blocked");
    expect(await dispatch(id)).toEqual({ next: "nothing" });
    expect(await stateOf(id)).toMatchObject({ status: "blocked", execution: "failed", waiting_for: null });
    expect(await fixture.verbs(id)).toEqual(["draft.blocked"]);
    expect(await successors(id)).toMatchObject([{ id: `callback:${id}:draft.blocked`, status: "ENQUEUED" }]);
    expect(await dispatch(id)).toEqual({ next: "nothing" });
  });

  it("waits while a hard block is unknown, saying for what, and goes on when it is known to be false", async () => {
    const id = await fixture.approved({ subjectId: "c-unknown" });
    expect(await dispatch(id)).toEqual({ next: "wait" });
    expect(await dispatch(id)).toEqual({ next: "wait" });
    expect((await stateOf(id))?.waiting_for).toContain("stop_shipping");
    expect(await stateOf(id)).toMatchObject({ status: "approved", execution: "waiting" });
    expect(await successors(id)).toMatchObject([{ id: `execute:${id}:run:1`, status: "DELAYED" }]);

    await fixture.pushFact("stop_shipping", false, "c-unknown");
    expect(await dispatch(id)).toMatchObject({ next: "deliver" });
    expect((await stateOf(id))?.waiting_for).toBeNull();
  });

  it("looks again less often the longer it has waited", async () => {
    const createdAt = new Date();
    const later = () => new Date(createdAt.getTime() + 5 * 60_000);
    const id = await fixture.approved({ subjectId: "c-unknown-2", createdAt });
    await dispatch(id, later);
    const [successor] = await successors(id);
    expect(Number(successor?.delay) - later().getTime()).toBe(5 * 60_000);
  });

  it("expires a draft whose deadline passed before it was dispatched", async () => {
    const id = await fixture.approved({ deadline: new Date(Date.now() - 1) });
    expect(await dispatch(id)).toEqual({ next: "nothing" });
    expect(await stateOf(id)).toMatchObject({ status: "expired", execution: "failed" });
    expect(await fixture.verbs(id)).toEqual(["draft.expired"]);
  });

  it("waits for the webhook to be configured, naming the variable", async () => {
    delete process.env.SHOP_URL;
    const id = await fixture.approved();
    expect(await dispatch(id)).toEqual({ next: "wait" });
    expect((await stateOf(id))?.waiting_for).toBe("SHOP_URL, which is not set");
    process.env.SHOP_URL = "http://127.0.0.1:9/";
    process.env.SHOP_SECRET = "not base64!";
    await dispatch(id);
    expect((await stateOf(id))?.waiting_for).toContain("SHOP_SECRET is not a Standard Webhooks secret");
  });

  it("gives up what has become forbidden between two attempts", async () => {
    const id = await fixture.approved({ subjectId: "c-late" });
    await fixture.pushFact("stop_shipping", false, "c-late");
    await dispatch(id);
    await fixture.pushFact("stop_shipping", true, "c-late");
    expect(await dispatch(id)).toEqual({ next: "nothing" });
    expect(await stateOf(id)).toMatchObject({ status: "failed", execution: "failed" });
    expect(await fixture.verbs(id)).toEqual(["execution.started", "execution.failed"]);
  });

  it("leaves drafts alone that an agent executes, that are pending, or that do not exist", async () => {
    const note = await fixture.approved({ actionType: "note" });
    const pending = await fixture.pending();
    for (const id of [note, pending, "drf_none"]) expect(await dispatch(id)).toEqual({ next: "nothing" });
    expect(await fixture.verbs(note)).toEqual([]);
  });
});

describe("approvals at dispatch", () => {
  it("waits for an approval where the route asks for one and there is none", async () => {
    const id = await fixture.approved({ route: "batch_review" });
    expect(await dispatch(id)).toEqual({ next: "wait" });
    expect((await stateOf(id))?.waiting_for).toBe("1 more approval");
  });

  it("goes ahead with the approval of somebody who is free to give it, for the payload that was decided", async () => {
    const id = await fixture.approved({ route: "batch_review" });
    await decide(id, APPROVER);
    expect(await dispatch(id)).toMatchObject({ next: "deliver" });
    const other = await fixture.approved({ route: "batch_review" });
    await decide(other, APPROVER, "0".repeat(64));
    expect(await dispatch(other)).toEqual({ next: "wait" });
  });

  it("waits when the approver has meanwhile become the owner of the agent's key", async () => {
    const id = await fixture.approved({ route: "batch_review" });
    await decide(id, APPROVER);
    await database.db.run(sql`UPDATE api_key SET rotator_id = ${APPROVER} WHERE id = 'key_1'`);
    expect(await dispatch(id)).toEqual({ next: "wait" });
    expect((await stateOf(id))?.waiting_for).toContain("no longer: Ada Approver");
    await database.db.run(sql`UPDATE api_key SET rotator_id = NULL WHERE id = 'key_1'`);
    expect(await dispatch(id)).toMatchObject({ next: "deliver" });
  });
});
