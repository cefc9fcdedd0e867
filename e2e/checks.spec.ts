import { expect, test } from "@playwright/test";
import { seedCheck } from "@/lib/checks/seed-check";
import { sql } from "@/lib/db/sql";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { openReview, openStage, type Stage, signInAs, watchErrors } from "./story";
import { type StoryDraft, submitDraft } from "./story-drafts";

const AMOUNTS = [664, 698.5, 721.25, 747, 752.75];
let stage: Stage;

test.beforeAll(async () => {
  stage = await openStage("Checks agent");
});
test.afterAll(async () => {
  await stage?.db.run(sql`UPDATE check_setting SET per_hundred = 0`);
  await stage?.db.close();
});

/** An order that its customer cancels: for the batch queue by its amount. */
const cancellation = (serial: number, amount: number): StoryDraft => {
  const order = `#W${8_100_000 + serial}`;
  const customer = `checks_customer_${serial}`;
  return {
    action_type: "cancel_pending_order",
    payload: { order_id: order, reason: "no longer needed", amount },
    summary: `Cancel pending order on order ${order}`,
    subject: { type: "customer", id: customer },
    evidence: [{ kind: "message", title: "What the customer asked", content: `Please cancel ${order}.` }],
    facts: {
      customer: { id: customer, orders_count: 3 },
      order: { id: order, status: "pending", total: amount },
    },
  };
};

/** Seeds a check beside a draft as the worker does where the lot falls. Resolves to its id and whom it is about. */
async function seed(besideId: string): Promise<{ id: string; customer: string }> {
  const ctx = {
    db: stage.db,
    policies: loadPolicies("policies"),
    actor: { kind: "system", name: "worker" },
    now: () => new Date(),
  } as const;
  const arrival = { id: besideId, action_type: "cancel_pending_order", rule: "medium #2" };
  const id = await seedCheck(ctx, arrival, () => 0);
  const row = await stage.db.row<{ customer: string }>(
    sql`SELECT subject_id AS customer FROM draft WHERE id = ${id}`,
  );
  return { id: id!, customer: row!.customer };
}

/** What the database has of a check: where it ended, and whatever would carry it out. */
const fateOf = (id: string) =>
  stage.db.row<{ status: string; outcome: string; executions: number; examples: number }>(sql`
    SELECT draft.status, seeded_check.outcome,
           (SELECT count(*)::int FROM execution WHERE draft_id = draft.id) AS executions,
           (SELECT count(*)::int FROM example WHERE draft_id = draft.id) AS examples
    FROM draft JOIN seeded_check ON seeded_check.draft_id = draft.id WHERE draft.id = ${id}`);

test("an approver misses a check in a batch and catches the next, is told so, and nothing of either happens", async ({
  page,
  browser,
}) => {
  test.slow(); // two people, each in a browser of their own
  const errors = watchErrors(page);
  const office = await browser.newContext();
  const manager = await office.newPage();
  await signInAs(manager, "Lucia Romero");
  await manager.goto("/insights/attention");
  const share = manager.getByLabel("How many, at most, in the batch queue");
  await expect(async () => {
    // Before the page listens, what is chosen does not let anything be saved.
    await share.selectOption("Off");
    await share.selectOption("1 for every 100 drafts");
    await expect(manager.getByRole("button", { name: "Save" })).toBeEnabled({ timeout: 1_500 });
  }).toPass();
  await manager.getByRole("button", { name: "Save" }).click();
  await expect(manager.getByText("Checks are on", { exact: true })).toBeVisible();
  // No lot is drawn for what other stories submit.
  await stage.db.run(sql`UPDATE check_setting SET seen_until = '2100-01-01'`);

  const own: string[] = [];
  for (const [serial, amount] of AMOUNTS.entries()) {
    const submitted = await submitDraft(stage, cancellation(serial, amount));
    expect(submitted).toMatchObject({ status: "pending", route: "batch_review" });
    own.push(submitted.id);
  }
  const missed = await seed(own[0]!);

  await signInAs(page, "Mei Tanaka");
  await page.goto(`/inbox/batch?of=${own[0]}`);
  const names = [missed.customer, ...AMOUNTS.map((_, serial) => `checks_customer_${serial}`)];
  for (const name of names) {
    await expect(page.getByRole("checkbox", { name: `Select customer ${name}` })).toBeChecked();
  }
  const approve = page.getByRole("button", { name: `Approve ${names.length}`, exact: false });
  await expect(page.getByRole("checkbox")).toHaveCount(names.length);
  await expect(async () => {
    await approve.click({ timeout: 1_500 });
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 1_500 });
  }).toPass();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Approve/ })
    .click();
  await expect(page.getByText("5 approved · 1 check missed", { exact: true })).toBeVisible();
  await expect(
    page.getByText(/^One was a check that ought to be rejected.*Nothing of it was carried out/),
  ).toBeVisible();
  expect(await fateOf(missed.id)).toEqual({
    status: "withdrawn",
    outcome: "missed",
    executions: 0,
    examples: 0,
  });

  const next = await submitDraft(stage, cancellation(AMOUNTS.length, 733));
  const caught = await seed(next.id);
  await openReview(page, caught.id);
  await page.keyboard.press("r");
  await page.getByRole("dialog").getByRole("textbox").first().fill("The customer wants to keep it.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("This was a check, and you caught it", { exact: true })).toBeVisible();
  await openReview(page, caught.id);
  await expect(page.getByText("This was a check, and it was caught.", { exact: true })).toBeVisible();
  expect(await fateOf(caught.id)).toEqual({
    status: "rejected",
    outcome: "caught",
    executions: 0,
    examples: 0,
  });

  await manager.reload();
  const row = manager.getByRole("row").filter({ hasText: "Mei Tanaka" });
  await expect(row.getByText("1 of 2")).toBeVisible();
  await office.close();
  expect(errors).toEqual([]);
});
