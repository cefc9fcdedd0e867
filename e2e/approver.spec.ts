import { expect, type Page, test } from "@playwright/test";
import { sql } from "@/lib/db/sql";
import { openReview, openStage, type Stage, signInAs, watchErrors, whenAlive } from "./story";

let stage: Stage;
let errors: string[];

test.beforeAll(async () => {
  stage = await openStage("Story refunds");
});
test.afterAll(() => stage?.db.close());
test.beforeEach(({ page }) => {
  errors = watchErrors(page);
});
test.afterEach(() => expect(errors).toEqual([]));

const rowOf = (page: Page, id: string) => page.locator(`[data-draft-id="${id}"]`);
const statusOf = async (id: string) =>
  (await stage.db.row<{ status: string }>(sql`SELECT status FROM draft WHERE id = ${id}`))?.status;
const open = openReview;

test("a visitor is asked to sign in, and told that demo sign-in is not for production", async ({ page }) => {
  await page.goto("/inbox");
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByText(/demo/i).first()).toBeVisible();
  await expect(page.getByText(/not for production/i).first()).toBeVisible();
});

test("an approver clears ten refunds with the keyboard alone, and the third shows the first two as precedents", async ({
  page,
}) => {
  const ids: string[] = [];
  for (let n = 0; n < 10; n++) {
    const subject = `cus_ten_${n}`;
    ids.push(await stage.submitRefund(100 + n, { summary: `Refund of broken lamp ${n}`, subject }));
  }
  await signInAs(page, "Mei Tanaka");
  await rowOf(page, ids[0]!).click();
  await whenAlive(page);
  for (const [n, id] of ids.entries()) {
    await expect(page).toHaveURL(new RegExp(id));
    await expect(page.getByRole("region", { name: "Draft" })).toContainText(`Refund of broken lamp ${n}`);
    if (n === 2) {
      const precedents = page.getByRole("region", { name: "Similar decisions" });
      await expect(precedents).toContainText("Refund of broken lamp 0");
      await expect(precedents).toContainText("Refund of broken lamp 1");
      await expect(precedents).toContainText("Mei Tanaka");
    }
    await page.keyboard.press("a");
  }
  for (const id of ids) await expect.poll(() => statusOf(id)).toBe("approved");
  const rows = await stage.db.rows(sql`
    SELECT 1 FROM decision JOIN example ON example.draft_id = decision.draft_id
    JOIN audit_event ON audit_event.draft_id = decision.draft_id AND audit_event.verb = 'draft.approved'
    WHERE decision.draft_id = ANY(${ids}::text[])`);
  expect(rows).toHaveLength(10);
});

test("an approver edits an amount upwards past its tier, and it moves to finance instead of executing", async ({
  page,
  browser,
}) => {
  const id = await stage.submitRefund(300, { summary: "Refund to be raised", subject: "cus_edit" });
  await signInAs(page, "Mei Tanaka");
  await open(page, id);
  await page.keyboard.press("e");
  await page.getByLabel(/amount/i).fill("900");
  await page
    .getByLabel(/why this edit/i)
    .last()
    .fill("The whole set was broken");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /approve/i })
    .click();
  await expect(page.getByText(/goes on to finance_oncall/i).first()).toBeVisible();
  expect(await statusOf(id)).toBe("pending");

  const finance = await (await browser.newContext()).newPage();
  await signInAs(finance, await stage.onCall("sch_finance"));
  await open(finance, id, "named");
  await expect(finance.getByRole("region", { name: "Draft" })).toContainText("900");
  await expect(finance.getByText("Mei Tanaka").first()).toBeVisible();
  await finance.getByRole("button", { name: "Approve" }).click();
  await expect.poll(() => statusOf(id)).toBe("approved");
  await finance.close();
});

test("an approver who loses a race is told who won", async ({ page, browser }) => {
  const id = await stage.submitRefund(210, { summary: "Refund two people want", subject: "cus_race" });
  await signInAs(page, "Mei Tanaka");
  await open(page, id);
  await expect(page.getByRole("region", { name: "Draft" })).toBeVisible();
  const other = await (await browser.newContext()).newPage();
  await signInAs(other, "Aisha Karim");
  await open(other, id);
  await other.getByRole("button", { name: "Approve" }).click();
  await expect.poll(() => statusOf(id)).toBe("approved");
  await other.close();
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText(/Aisha Karim decided this first/).first()).toBeVisible();
});

test("an approver rejects with a reason, and the trail tells the whole story", async ({ page }) => {
  const id = await stage.submitRefund(220, { summary: "Refund without a receipt", subject: "cus_reject" });
  await signInAs(page, "Mei Tanaka");
  await open(page, id);
  await page.keyboard.press("r");
  await page.getByRole("dialog").getByRole("textbox").fill("No receipt was given");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /reject/i })
    .click();
  await expect.poll(() => statusOf(id)).toBe("rejected");
  await page.goto(`/drafts/${id}/trail`);
  await expect(page.getByText("submitted the draft", { exact: false }).first()).toBeVisible();
  await expect(page.getByText("rejected it", { exact: false }).first()).toBeVisible();
  await open(page, id);
  await expect(page.getByText("No receipt was given").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
});

test("the agent's owner may read its draft but not decide it, and is told why", async ({ page }) => {
  const { body } = await stage.api("GET", "/drafts?limit=1");
  expect(body).toHaveProperty("drafts");
  const id = await stage.submitRefund(230, { summary: "Refund its owner sees", subject: "cus_owner" });
  await stage.db.run(sql`
    UPDATE agent SET owner_id = 'per_daniel_weiss' WHERE name = 'Story refunds'`);
  await signInAs(page, "Daniel Weiss");
  await open(page, id);
  await expect(page.getByText(/You own the agent that drafted this/).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
});

test("text that tries to deceive is shown for what it is", async ({ page }) => {
  const hostile = "Please \u202Edetcejer\u202C <img src=x onerror=alert(1)> \u200Bapprove me";
  const id = await stage.submitRefund(240, {
    summary: hostile,
    subject: "cus_hostile",
    reason: "<b>broken</b>",
  });
  await signInAs(page, "Mei Tanaka");
  await open(page, id);
  const draft = page.getByRole("region", { name: "Draft" });
  await expect(draft).toContainText("<img src=x onerror=alert(1)>");
  await expect(draft).toContainText("U+202E");
  await expect(page.locator("img[src=x]")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Evidence" })).toContainText("<b>broken</b>");
});

test("a named approver decides on a phone with one thumb", async ({ page }) => {
  const id = await stage.submitRefund(700, { summary: "Refund on the train", subject: "cus_phone" });
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAs(page, await stage.onCall("sch_finance"));
  await page.getByRole("link", { name: /named/i }).click();
  await rowOf(page, id).click();
  await expect(page.getByRole("region", { name: "Draft" })).toContainText("700");
  const approve = page.getByRole("button", { name: "Approve" });
  const box = (await approve.boundingBox())!;
  expect(box.height).toBeGreaterThanOrEqual(44);
  expect(box.y + box.height).toBeLessThanOrEqual(844);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await approve.click();
  await expect.poll(() => statusOf(id)).toBe("approved");
});

test("single keys can be turned off", async ({ page }) => {
  const id = await stage.submitRefund(250, { summary: "Refund safe from stray keys", subject: "cus_keys" });
  await signInAs(page, "Aisha Karim");
  await open(page, id);
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByRole("switch").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("a");
  await page.waitForTimeout(500);
  expect(await statusOf(id)).toBe("pending");
});
