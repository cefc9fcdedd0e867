import { expect, test } from "@playwright/test";
import { sql } from "@/lib/db/sql";
import { openReview, openStage, type Stage, signInAs } from "./story";

let stage: Stage;
test.beforeAll(async () => {
  stage = await openStage("Story agent");
});
test.afterAll(() => stage?.db.close());

test("a low draft is executed by the shop on its own, once, and the agent hears of it", async () => {
  const orderId = "#W7000001";
  const facts = (type: string, id: string, values: object) =>
    stage.api("PUT", `/facts/${type}/${encodeURIComponent(id)}`, { facts: values }, stage.factsKey);
  expect((await facts("order", orderId, { status: "pending", total: 40 })).status).toBe(200);
  expect((await facts("customer", "cus_low", { orders_count: 5 })).status).toBe(200);
  const { status, body } = await stage.api("POST", "/drafts", {
    action_type: "cancel_pending_order",
    payload: { order_id: orderId, reason: "no longer needed", amount: 40 },
    summary: "Cancel a small order",
    subject: { type: "customer", id: "cus_low" },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body).toMatchObject({ status: "approved", tier: "low", route: "auto_execute" });
  await expect
    .poll(async () => (await stage.api("GET", `/drafts/${body.id}?wait=5`)).body.status, { timeout: 30_000 })
    .toBe("executed");
});

test("an agent waits for the decision, claims the grant once, executes and reports", async ({ page }) => {
  const id = await stage.submitRefund(320, { summary: "Refund the agent executes", subject: "cus_claim" });
  expect((await stage.api("POST", `/drafts/${id}/claim`)).body).toMatchObject({ code: "not_claimable" });

  const waiting = stage.api("GET", `/drafts/${id}?wait=30`);
  await signInAs(page, "Mei Tanaka");
  await openReview(page, id);
  await page.getByRole("button", { name: "Approve" }).click();
  expect((await waiting).body).toMatchObject({ status: "approved" });

  const claim = await stage.api("POST", `/drafts/${id}/claim`);
  expect(claim.status).toBe(200);
  expect(claim.body).toMatchObject({ payload: { amount: 320 }, idempotency_key: id });
  expect((await stage.api("POST", `/drafts/${id}/claim`)).status).toBe(409);
  const report = {
    grant: claim.body.grant,
    outcome: "succeeded",
    executed_payload_hash: claim.body.payload_hash,
  };
  expect((await stage.api("POST", `/drafts/${id}/execution`, report)).status).toBe(200);
  expect((await stage.api("GET", `/drafts/${id}`)).body).toMatchObject({ status: "executed" });
});

test("an agent that executes something else than was approved sets off the alarm", async ({ page }) => {
  const id = await stage.submitRefund(330, { summary: "Refund that goes astray", subject: "cus_alarm" });
  await signInAs(page, "Mei Tanaka");
  await openReview(page, id);
  await page.getByRole("button", { name: "Approve" }).click();
  await expect.poll(async () => (await stage.api("GET", `/drafts/${id}`)).body.status).toBe("approved");
  const claim = await stage.api("POST", `/drafts/${id}/claim`);
  await stage.api("POST", `/drafts/${id}/execution`, {
    grant: claim.body.grant,
    outcome: "succeeded",
    executed_payload_hash: "0".repeat(64),
  });
  const row = await stage.db.row(sql`SELECT hash_mismatch FROM execution WHERE draft_id = ${id}`);
  expect(row).toEqual({ hash_mismatch: true });
  await page.goto(`/drafts/${id}/trail`);
  await expect(page.getByText(/ALARM/).first()).toBeVisible();
});

test("a request for changes comes back as a linked revision", async ({ page }) => {
  const id = await stage.submitRefund(340, { summary: "Refund with a question", subject: "cus_revise" });
  await signInAs(page, "Mei Tanaka");
  await openReview(page, id);
  await page.keyboard.press("c");
  await page.getByRole("dialog").getByRole("textbox").fill("Which item was broken?");
  await page.getByRole("dialog").getByRole("button", { name: /ask/i }).click();
  await expect
    .poll(async () => (await stage.api("GET", `/drafts/${id}`)).body.status)
    .toBe("changes_requested");
  const { body } = await stage.api("GET", `/drafts/${id}`);
  expect(body.decisions).toMatchObject([{ verdict: "request_changes", reason: "Which item was broken?" }]);

  const revision = await stage.api("POST", `/drafts/${id}/revise`, {
    action_type: "refund",
    payload: { amount: 120, currency: "USD", reason: "the lamp of the set was broken" },
    summary: "Refund of the lamp only",
    subject: { type: "customer", id: "cus_revise" },
  });
  expect(revision.status, JSON.stringify(revision.body)).toBe(201);
  await page.goto(`/inbox/${revision.body.id}?queue=batch`);
  await expect(page.locator(`a[href*="${id}"]`).first()).toBeVisible();
});

test("an action that the AI may never take is stopped, whoever asks", async () => {
  const { status, body } = await stage.api("POST", "/drafts", {
    action_type: "delete_customer",
    payload: { customer_id: "cus_1", reason: "asked for it" },
    summary: "Delete the customer",
    subject: { type: "customer", id: "cus_1" },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body).toMatchObject({ status: "blocked", tier: "prohibited" });
});

test("a kind of action nobody has assigned is refused and noted", async () => {
  const { status, body } = await stage.api("POST", "/drafts", {
    action_type: "launch_rocket",
    payload: {},
    summary: "Launch",
    subject: { type: "rocket", id: "1" },
  });
  expect(status).toBe(422);
  expect(body).toMatchObject({ code: "unknown_action_type" });
  const row = await stage.db.row(
    sql`SELECT submissions FROM unassigned_action_type WHERE action_type = 'launch_rocket'`,
  );
  expect(row).toEqual({ submissions: 1 });
});
