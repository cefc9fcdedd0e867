import { expect, type Page, test } from "@playwright/test";
import { sql } from "@/lib/db/sql";
import { openReview, openStage, type Stage, signInAs, watchErrors } from "./story";

let stage: Stage;
let errors: string[];

test.beforeAll(async () => {
  stage = await openStage("Story organisation");
});
test.afterAll(() => stage?.db.close());
test.beforeEach(({ page }) => {
  errors = watchErrors(page);
});
test.afterEach(() => expect(errors).toEqual([]));

const said = (page: Page, text: string | RegExp) => expect(page.getByText(text).first()).toBeVisible();

test("an admin makes a colleague an approver, and they can decide at once", async ({ page, browser }) => {
  const id = await stage.submitRefund(310, {
    summary: "Refund for a new approver",
    subject: "cus_new_approver",
  });
  await signInAs(page, "Ruth Adler");
  await page.goto("/organisation/people");
  await page.getByRole("link", { name: "New person" }).click();
  await page.getByLabel("Name").fill("Nora Lind");
  await page.getByLabel("E-mail address").fill("nora.lind@example.com");
  await page.getByLabel("Department").selectOption({ label: "Support" });
  await page.getByRole("combobox", { name: "Manager" }).fill("Luc");
  await page.getByRole("option", { name: /Lucia Romero/ }).click();
  await page.getByRole("checkbox", { name: "manager" }).check();
  await page.getByRole("button", { name: "Add person" }).click();
  await expect(page.getByRole("heading", { name: "Nora Lind" })).toBeVisible();
  await page.getByRole("button", { name: "Add identity" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Add identity" }).click();
  await said(page, "The identity is added");

  const nora = await (await browser.newContext()).newPage();
  await signInAs(nora, "Nora Lind");
  await nora.goto("/inbox?queue=batch");
  await said(nora, /Deciding needs the approver role/);

  await page.getByRole("checkbox", { name: "approver" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await said(page, "Nora Lind is saved");

  await openReview(nora, id);
  await nora.getByRole("button", { name: "Approve" }).click();
  await expect
    .poll(() => stage.db.row(sql`SELECT status FROM draft WHERE id = ${id}`))
    .toEqual({ status: "approved" });
  await nora.close();
});

test("a key is made, shown once, revoked, and stops at once", async ({ page }) => {
  await signInAs(page, "Ruth Adler");
  await page.goto("/organisation/agents");
  await page.getByRole("button", { name: "New agent" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Story key holder");
  await page.getByRole("dialog").getByRole("button", { name: "New agent" }).click();
  await expect(page.getByRole("heading", { name: "Story key holder" })).toBeVisible();
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByRole("button", { name: "Make key" }).click();
  const key =
    (await page.getByRole("region", { name: "Key", exact: true }).locator("pre").textContent()) ?? "";
  expect(key).toMatch(/^csk_/);
  expect((await stage.api("GET", "/drafts", undefined, key)).status).toBe(200);

  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByText(key)).toHaveCount(0);
  await page.getByRole("button", { name: `Revoke ${key.slice(0, 12)}` }).click();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await said(page, `${key.slice(0, 12)}… is revoked`);
  expect((await stage.api("GET", "/drafts", undefined, key)).status).toBe(401);
});

test("the last admin cannot lock everyone out", async ({ page }) => {
  await signInAs(page, "Ruth Adler");
  await page.goto("/organisation/people/per_ruth_adler");
  await expect(page.getByRole("button", { name: "Disable" })).toHaveCount(0);
  await page.getByRole("checkbox", { name: "admin" }).uncheck();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await said(page, /no admin who can sign in/);
  // What was chosen is still there, and nothing was stored.
  await expect(page.getByRole("checkbox", { name: "admin" })).not.toBeChecked();
  await page.getByRole("button", { name: "Remove the identity per_ruth_adler" }).click();
  await page.getByRole("button", { name: "Remove identity" }).click();
  await said(page, /your own last identity/);
  await page.reload();
  await expect(page.getByRole("checkbox", { name: "admin" })).toBeChecked();
});

test("an approver is told of a draft that waits for them by name, and the notice leads to it", async ({
  page,
}) => {
  await stage.db.run(sql`UPDATE notice SET read_at = now()`);
  const id = await stage.submitRefund(720, { summary: "Refund that asks by name", subject: "cus_notice" });
  await signInAs(page, await stage.onCall("sch_finance"));
  await page.getByRole("button", { name: "Notices, 1 unread" }).click();
  await page.getByRole("link", { name: "Refund that asks by name" }).click();
  await expect(page).toHaveURL(new RegExp(id));
  await expect(page.getByRole("region", { name: "Draft" })).toContainText("720");
  await expect(page.getByRole("button", { name: "Notices", exact: true })).toBeVisible();
});
