import { expect, test } from "@playwright/test";
import { sql } from "@/lib/db/sql";
import { openReview, openStage, type Stage, signInAs, watchErrors, whenAlive } from "./story";

let stage: Stage;
let errors: string[];

test.beforeAll(async () => {
  stage = await openStage("Story routing");
});
test.afterAll(() => stage?.db.close());
test.beforeEach(({ page }) => {
  errors = watchErrors(page);
});
test.afterEach(() => expect(errors).toEqual([]));

const statusOf = async (id: string) =>
  (await stage.db.row<{ status: string }>(sql`SELECT status FROM draft WHERE id = ${id}`))?.status;

test("a manager holds small refunds back, the next one waits and says why, and after the release they run again", async ({
  page,
  browser,
}) => {
  await signInAs(page, "Lucia Romero");
  await page.goto("/organisation/holds");
  await page.getByRole("button", { name: "Hold something back" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What", { exact: true }).selectOption({ label: "Refund" });
  await dialog.getByLabel("Why").fill("Odd refunds since noon");
  await dialog.getByRole("button", { name: "Hold back" }).click();
  const inForce = page.getByRole("list", { name: "Holds in force" });
  await expect(inForce).toContainText("Odd refunds since noon");

  const id = await stage.submitRefund(20, { summary: "A small refund", subject: "cus_held" });
  expect(await statusOf(id)).toBe("pending");
  const approver = await (await browser.newContext()).newPage();
  await signInAs(approver, "Mei Tanaka");
  await openReview(approver, id);
  await expect(approver.getByRole("region", { name: "Why you" })).toContainText(
    "Held back to review: Odd refunds since noon",
  );
  await approver.getByRole("button", { name: "Approve" }).click();
  await expect.poll(() => statusOf(id)).not.toBe("pending");
  await approver.close();

  await page.reload();
  await inForce.getByRole("button", { name: "Release" }).click();
  await expect(page.getByText("Nothing is held back").first()).toBeVisible();
  const free = await stage.submitRefund(20, { summary: "Another small one", subject: "cus_free" });
  expect(await statusOf(free)).not.toBe("pending");
});

test("an admin enters an approver rule with two amount bands, having tried whom it would ask", async ({
  page,
}) => {
  await signInAs(page, "Ruth Adler");
  await page.goto("/organisation/rules");
  await page.getByRole("link", { name: "New rule" }).click();
  await page.getByLabel("Name").fill("travel_approvers");
  await page.getByRole("combobox", { name: "Number 1", exact: true }).fill("Grace");
  await page.getByRole("option", { name: /Grace Okafor/ }).click();
  await page.getByRole("button", { name: "Add an amount band" }).click();
  const small = page.getByRole("group", { name: /Amounts up to/ });
  await small.getByRole("textbox", { name: "Amounts up to" }).fill("1000");
  await small.getByRole("combobox", { name: "Number 1", exact: true }).fill("Victor");
  await page.getByRole("option", { name: /Victor Stein/ }).click();

  const trial = page.getByRole("region", { name: "Try it" });
  await trial.getByLabel("Amount").fill("1000");
  await expect(trial).toContainText("Victor Stein named by the rule");
  await trial.getByLabel("Amount").fill("1000.01");
  await expect(trial).toContainText("Grace Okafor named by the rule");

  await page.getByRole("button", { name: "Enter the rule" }).click();
  await expect(page).toHaveURL(/rules\/travel_approvers/);
  await page.getByRole("link", { name: "All rules" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "travel_approvers" }).first()).toContainText(
    "Up to 1,000: Victor Stein",
  );
});

test("an approver overturns a refund that ran by itself, and the next small one waits for a person", async ({
  page,
}) => {
  const id = await stage.submitRefund(15, { summary: "Ran by itself", subject: "cus_sampled" });
  const grant = await stage.api("POST", `/drafts/${id}/claim`, {});
  const { grant: token, payload_hash } = grant.body as { grant: string; payload_hash: string };
  const report = { grant: token, outcome: "succeeded", executed_payload_hash: payload_hash };
  expect((await stage.api("POST", `/drafts/${id}/execution`, report)).status).toBe(200);
  // The draw falls on this one.
  await stage.db.run(sql`
    UPDATE draft SET after_review = 'waiting', approver_rule = 'default_approvers', due_at = now() + interval '1 day'
    WHERE id = ${id}`);

  await signInAs(page, "Mei Tanaka");
  await page.getByRole("link", { name: /^After/ }).click();
  await page.locator(`[data-draft-id="${id}"]`).click();
  await whenAlive(page);
  await expect(page.getByRole("region", { name: "Why you" })).toContainText("It ran by itself");
  await page.keyboard.press("r");
  await page.getByLabel("Reason").fill("The customer does not exist");
  await page.getByRole("button", { name: "Overturn and hold back" }).click();
  await expect(page.getByText(/held back to review now/).first()).toBeVisible();
  const next = await stage.submitRefund(15, { summary: "The next one", subject: "cus_after" });
  expect(await statusOf(next)).toBe("pending");
  await stage.db.run(sql`UPDATE hold SET released_at = now() WHERE released_at IS NULL`);
});

test("an approver takes back an approval of an e-mail before it goes out", async ({ page }) => {
  const facts = { known: true, unsubscribed: false };
  const pushed = await stage.api("PUT", "/facts/email_address/ann@example.com", { facts }, stage.factsKey);
  expect(pushed.status).toBe(200);
  const { body } = await stage.api("POST", "/drafts", {
    action_type: "send_email",
    payload: { to: ["ann@example.com"], subject: "Your lamp", body: "It is on its way." },
    summary: "Tell Ann that her lamp is on its way",
    evidence: [{ kind: "message", title: "Customer", content: "Where is my lamp?" }],
    subject: { type: "customer", id: "cus_mail" },
  });
  const id = body.id as string;
  expect(body.status, JSON.stringify(body)).toBe("pending");
  await signInAs(page, "Mei Tanaka");
  await openReview(page, id);
  await page.keyboard.press("a");
  await expect.poll(() => statusOf(id)).toBe("approved");
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect.poll(() => statusOf(id)).toBe("pending");
  await expect(page).toHaveURL(new RegExp(id));
  await expect(page.getByRole("button", { name: "Approve" })).toBeVisible();
});

test("an approver reads the organisation and changes nothing there", async ({ page }) => {
  await signInAs(page, "Mei Tanaka");
  await page.goto("/organisation/rules/finance_oncall");
  await expect(page.getByRole("heading", { name: "finance_oncall" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
  await page.goto("/organisation/holds");
  await expect(page.getByRole("button", { name: "Hold something back" })).toHaveCount(0);
});
