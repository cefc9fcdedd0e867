import { expect, test } from "@playwright/test";
import { sql } from "@/lib/db/sql";
import { openReview, openStage, type Stage, signInAs, watchErrors } from "./story";

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
  await expect(page.getByText("Nothing is held back")).toBeVisible();
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
  await small.getByLabel("Amounts up to").fill("1000");
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

test("an approver reads the organisation and changes nothing there", async ({ page }) => {
  await signInAs(page, "Mei Tanaka");
  await page.goto("/organisation/rules/finance_oncall");
  await expect(page.getByRole("heading", { name: "finance_oncall" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
  await page.goto("/organisation/holds");
  await expect(page.getByRole("button", { name: "Hold something back" })).toHaveCount(0);
});
