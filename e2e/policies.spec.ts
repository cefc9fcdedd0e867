import { expect, test } from "@playwright/test";
import { sql } from "@/lib/db/sql";
import { openStage, type Stage, signInAs, watchErrors } from "./story";

let stage: Stage;
let errors: string[];

test.beforeAll(async () => {
  stage = await openStage("Story policies");
});
test.afterAll(() => stage?.db.close());
test.beforeEach(({ page }) => {
  errors = watchErrors(page);
});
test.afterEach(() => expect(errors).toEqual([]));

test("A manager sees why a refund of 620 would go to finance, by trying facts", async ({ page }) => {
  await signInAs(page, "Lucia Romero");
  await page.goto("/organisation/policies");
  await page.getByRole("link", { name: "Refund", exact: true }).click();
  const trial = page.getByRole("region", { name: "Try facts" });
  await trial.getByLabel("Amount").fill("620");
  await trial.getByLabel("Customer months").fill("9");
  await trial.getByLabel("Chargeback open").selectOption("no");
  await trial.getByLabel("Account flagged fraud").selectOption("no");
  await expect(trial).toContainText("named approver: finance_oncall");
  await expect(trial).toContainText("8 hours to decide · rule “high #3”");
  await expect(trial.getByRole("list", { name: "Reasons" })).toContainText("amount 620 is over 500");
  const medium = trial.getByRole("region", { name: "medium #2" });
  await expect(medium.getByRole("listitem").filter({ hasText: "amount 620 is over 500" })).toBeVisible();
  await expect(medium.getByRole("img", { name: "Does not hold" })).toBeVisible();

  await trial.getByLabel("Amount").fill("50");
  await expect(trial).toContainText("runs by itself");
  await trial.getByRole("button", { name: "As JSON" }).click();
  await trial.getByLabel("Facts", { exact: true }).fill('{"amount": 50, "chargeback_open": true}');
  await expect(trial).toContainText("Forbidden by chargeback open");
});

test("An auditor compares two versions of a policy", async ({ page }) => {
  const former = "refund@e2e000000001";
  await stage.db.run(sql`
    INSERT INTO policy_version (id, action_type, hash, policy, prose, payload_schema, recorded_at)
    SELECT ${former}, action_type, 'e2e000000001', replace(policy::text, '"amount_lte":50,', '"amount_lte":20,')::json,
           prose, payload_schema, recorded_at - interval '40 days'
    FROM policy_version WHERE action_type = 'refund' ORDER BY recorded_at DESC LIMIT 1`);
  await signInAs(page, "Jonas Keller");
  await page.goto("/organisation/policies/refund");
  const versions = page.getByRole("list", { name: "Versions" });
  await expect(versions.getByRole("listitem").first()).toContainText("in force");
  await versions.getByRole("link", { name: "What changed" }).click();
  const diff = page.getByRole("figure").filter({ hasText: "policy.json" });
  await expect(diff).toContainText("1 added, 1 removed");
  await expect(diff).toContainText('removed: "amount_lte": 20');
  await expect(diff).toContainText('added: "amount_lte": 50');
  await expect(page.getByText("Unchanged: policy.md, schema.json").first()).toBeVisible();

  await page.getByLabel("To", { exact: true }).selectOption(former);
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(page.getByText("Nothing differs").first()).toBeVisible();
});

test("An agent's unknown action is listed for a manager; what is held back shows in the inbox", async ({
  page,
}) => {
  const { status } = await stage.api("POST", "/drafts", {
    action_type: "issue_gift_card",
    payload: {},
    summary: "A gift card",
    evidence: [],
    subject: { type: "customer", id: "cus_story" },
  });
  expect(status).toBe(422);
  await signInAs(page, "Lucia Romero");
  await page.goto("/organisation/policies");
  const unassigned = page.getByRole("region", { name: "Action types without a policy" });
  await expect(unassigned).toContainText("issue_gift_card");
  await expect(unassigned).toContainText("Story policies");

  await page.goto("/organisation/holds");
  await page.getByRole("button", { name: "Hold something back" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What", { exact: true }).selectOption({ label: "Refund" });
  await dialog.getByLabel("Why").fill("Odd refunds since noon");
  await dialog.getByRole("button", { name: "Hold back" }).click();
  const inForce = page.getByRole("list", { name: "Holds in force" });
  await expect(inForce).toContainText("Odd refunds since noon");
  await stage.submitRefund(21, { summary: "A held refund", subject: "cus_marked" });
  await page.goto("/inbox");
  const inbox = page.locator("#main");
  await expect(inbox.getByText("Held back to review: Refund (Odd refunds since noon)").first()).toBeVisible();
  const row = inbox.getByRole("row").filter({ hasText: "A held refund" });
  await expect(row.getByText("Held", { exact: true }).first()).toBeVisible();

  await page.getByRole("link", { name: "Held back to review" }).click();
  await inForce.getByRole("button", { name: "Release" }).click();
  await expect(page.getByText("Nothing is held back").first()).toBeVisible();
});
