import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { MAX_DELIVERY_ATTEMPTS } from "@/lib/channels/retry-delay";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { type DemoShop, type Faults, startDemoShop } from "@/scripts/demo-shop";
import { deliverWebhook } from "./deliver-webhook";
import { dispatchDraft } from "./dispatch-draft";
import { createFixture, type Fixture, SECRET } from "./draft-fixture";
import { recordDelivery } from "./record-delivery";

let database: TestDatabase;
let fixture: Fixture;
let shop: DemoShop | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await createFixture(database.db);
  process.env.SHOP_SECRET = SECRET;
});
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});
afterAll(async () => {
  delete process.env.SHOP_URL;
  delete process.env.SHOP_SECRET;
  delete process.env.OUTGOING_ALLOWED_HOSTS;
  fixture?.remove();
  await database?.drop();
});

async function openShop(faults?: Faults): Promise<DemoShop> {
  shop = await startDemoShop({ port: 0, secret: SECRET, faults });
  process.env.SHOP_URL = shop.url;
  process.env.OUTGOING_ALLOWED_HOSTS = new URL(shop.url).host;
  return shop;
}

/** One run of the workflow, without the engine. */
async function attemptOnce(id: string, run: number) {
  const successorId = `execute:${id}:run:${run}`;
  const dispatch = await dispatchDraft(fixture.worker(), id, successorId);
  if (dispatch.next !== "deliver") return dispatch.next;
  const outcome = await deliverWebhook(fixture.worker(), id);
  return recordDelivery(fixture.worker(), id, { attempt: dispatch.attempt, outcome, successorId });
}

const executionOf = (id: string) =>
  database.db.row<Record<string, unknown>>(sql`
    SELECT execution.*, draft.status AS draft_status, draft.decided_payload_hash, executed_payload::text AS executed_text
    FROM execution JOIN draft ON draft.id = draft_id WHERE draft_id = ${id}`);

describe("delivery by webhook", () => {
  it("sends the decided payload verbatim, signed, under the draft's id, and keeps the receiver's answer", async () => {
    const { deliveries, ledger } = await openShop();
    const payload = { parcel: 'Zoë "x" \u2028', price: 1e21 };
    const id = await fixture.approved({ payload });
    expect(await attemptOnce(id, 1)).toBe("succeeded");

    expect(deliveries).toMatchObject([{ id, idempotencyKey: id, status: 200 }]);
    expect(deliveries[0]?.body).toContain(canonicalJson(payload));
    expect(ledger).toMatchObject([{ id, action_type: "ship", payload }]);
    const execution = await executionOf(id);
    expect(execution).toMatchObject({ status: "succeeded", draft_status: "executed", attempts: 1 });
    expect(execution).toMatchObject({ hash_mismatch: false, executed_text: canonicalJson(payload) });
    expect(execution?.executed_hash).toBe(execution?.decided_payload_hash);
    expect(execution?.result).toMatchObject({ reference: "shop-1" });
    expect(await fixture.verbs(id)).toEqual(["execution.started", "execution.succeeded"]);
  });

  it("tries again after a passing refusal, with the same key and body, and then succeeds", async () => {
    const { deliveries } = await openShop({ failFirst: 2, failWith: 503 });
    const id = await fixture.approved();
    expect(await attemptOnce(id, 1)).toBe("retried");
    expect(await executionOf(id)).toMatchObject({ attempts: 1, last_error: "the receiver answered 503" });
    expect(await attemptOnce(id, 2)).toBe("retried");
    expect(await attemptOnce(id, 3)).toBe("succeeded");
    expect(new Set(deliveries.map((delivery) => delivery.idempotencyKey))).toEqual(new Set([id]));
    expect(new Set(deliveries.map(({ body }) => body)).size).toBe(1);
    expect(await executionOf(id)).toMatchObject({ attempts: 3, last_error: null });
  });

  it("waits as long as the receiver asks for", async () => {
    await openShop({ failFirst: 1, failWith: 429, failHeaders: { "retry-after": "600" } });
    const id = await fixture.approved();
    expect(await attemptOnce(id, 1)).toBe("retried");
    const next = await database.db.row<{ delay: string }>(sql`
      SELECT delay_until_epoch_ms AS delay FROM dbos.workflow_status WHERE workflow_uuid = ${`execute:${id}:run:1`}`);
    expect(Number(next?.delay) - Date.now()).toBeGreaterThan(500_000);
  });

  it("counts an attempt once, even when its outcome is recorded twice", async () => {
    await openShop({ failFirst: 9 });
    const id = await fixture.approved();
    await dispatchDraft(fixture.worker(), id, "unused");
    const outcome = await deliverWebhook(fixture.worker(), id);
    const record = () =>
      recordDelivery(fixture.worker(), id, { attempt: 1, outcome, successorId: `execute:${id}:run:1` });
    expect(await Promise.all([record(), record()]).then((kinds) => kinds.sort())).toEqual([
      "retried",
      "superseded",
    ]);
    expect(await executionOf(id)).toMatchObject({ attempts: 1 });
  });

  it("fails at once on a refusal that is meant, and after the last attempt", async () => {
    await openShop({ failFirst: 1, failWith: 422 });
    const refused = await fixture.approved({ callbackUrl: "https://example.com/cb" });
    expect(await attemptOnce(refused, 1)).toBe("failed");
    expect(await executionOf(refused)).toMatchObject({ status: "failed", draft_status: "failed" });
    expect(await fixture.verbs(refused)).toEqual(["execution.started", "execution.failed"]);

    process.env.SHOP_URL = "http://127.0.0.1:9/";
    process.env.OUTGOING_ALLOWED_HOSTS = "127.0.0.1:9";
    const unreachable = await fixture.approved();
    await dispatchDraft(fixture.worker(), unreachable, "unused");
    await database.db.run(
      sql`UPDATE execution SET attempts = ${MAX_DELIVERY_ATTEMPTS - 1} WHERE draft_id = ${unreachable}`,
    );
    expect(await attemptOnce(unreachable, 12)).toBe("failed");
    expect(await executionOf(unreachable)).toMatchObject({ attempts: MAX_DELIVERY_ATTEMPTS });
  });

  it("raises an alarm when the receiver executed something else", async () => {
    const alarm = vi.spyOn(console, "error").mockImplementation(() => {});
    await openShop({ answerHash: "f".repeat(64) });
    const id = await fixture.approved();
    expect(await attemptOnce(id, 1)).toBe("failed");
    expect(await executionOf(id)).toMatchObject({
      hash_mismatch: true,
      executed_hash: "f".repeat(64),
      draft_status: "failed",
      executed_payload: null,
    });
    expect(await fixture.verbs(id)).toEqual(["execution.started", "execution.mismatched"]);
    expect(alarm).toHaveBeenCalledWith(expect.stringContaining(id));
    alarm.mockRestore();
  });

  it("does not reach a private address that the admin has not allowed", async () => {
    const { deliveries } = await openShop();
    delete process.env.OUTGOING_ALLOWED_HOSTS;
    const id = await fixture.approved();
    expect(await attemptOnce(id, 1)).toBe("retried");
    expect(deliveries).toEqual([]);
  });

  it("is acted on once by the receiver, however often it is delivered", async () => {
    const { deliveries, ledger } = await openShop();
    const id = await fixture.approved();
    await dispatchDraft(fixture.worker(), id, "unused");
    await deliverWebhook(fixture.worker(), id);
    expect(await attemptOnce(id, 1)).toBe("succeeded");
    expect([deliveries.length, ledger.length]).toEqual([2, 1]);
  });
});
