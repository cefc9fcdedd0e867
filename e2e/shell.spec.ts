import { expect, test } from "@playwright/test";
import { sql } from "@/lib/db/sql";
import { openReview, openStage, type Stage, signInAs, watchErrors } from "./story";

let stage: Stage;
let errors: string[];

test.beforeAll(async () => {
  stage = await openStage("Shell agent");
});
test.afterAll(() => stage?.db.close());
test.beforeEach(({ page }) => {
  errors = watchErrors(page);
});
test.afterEach(() => expect(errors).toEqual([]));

const statusOf = async (id: string) =>
  (await stage.db.row<{ status: string }>(sql`SELECT status FROM draft WHERE id = ${id}`))?.status;

test("the palette finds a draft from any page and opens it", async ({ page }) => {
  const id = await stage.submitRefund(141, {
    summary: "Refund of a quokka calendar",
    subject: "cus_palette",
  });
  await signInAs(page, "Mei Tanaka");
  await page.goto("/me");
  await page.waitForFunction(() => document.documentElement.dataset.keys === "ready");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("quokka");
  const hit = page.getByRole("option", { name: /quokka calendar/ });
  await expect(hit).toBeVisible();
  await hit.click();
  await expect(page).toHaveURL(new RegExp(id));
  await expect(page.getByRole("region", { name: "Draft" })).toContainText("141");
});

test("going somewhere by keys never decides what is open", async ({ page }) => {
  const id = await stage.submitRefund(142, { summary: "Refund that is left alone", subject: "cus_goto" });
  await signInAs(page, "Mei Tanaka");
  await openReview(page, id);
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await expect(page).toHaveURL(/queue=after/);
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await expect(page).toHaveURL(/\/history/);
  await page.waitForTimeout(500);
  expect(await statusOf(id)).toBe("pending");
});

test("the title says how much waits, on every page", async ({ page }) => {
  await stage.submitRefund(143, { summary: "Refund that counts", subject: "cus_title" });
  await signInAs(page, "Mei Tanaka");
  await expect(page).toHaveTitle(/^\(\d+\+?\) /);
  await page.goto("/history");
  await expect(page).toHaveTitle(/^\(\d+\+?\) History/);
});

test("quiet hours are kept with the person, and the figures count what they decided", async ({ page }) => {
  const id = await stage.submitRefund(144, { summary: "Refund to be counted", subject: "cus_figures" });
  await signInAs(page, "Aisha Karim");
  await openReview(page, id);
  await page.keyboard.press("a");
  await expect.poll(() => statusOf(id)).toBe("approved");
  await page.goto("/me");
  const own = await stage.db.row<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM decision JOIN person ON person.id = person_id
    WHERE person.name = 'Aisha Karim' AND undone_at IS NULL AND decided_at > now() - interval '30 days'`);
  const row = page.getByRole("row", { name: /^Decided/ }).first();
  await expect(row.getByRole("cell").last()).toHaveText(String(own!.count));
  await page.getByLabel("From", { exact: true }).fill("21:30");
  await page.getByRole("button", { name: "Save quiet hours" }).click();
  await expect
    .poll(
      async () =>
        (
          await stage.db.row<{ from: string }>(sql`
      SELECT quiet_hours->>'from' AS from FROM preference JOIN person ON person.id = person_id
      WHERE person.name = 'Aisha Karim'`)
        )?.from,
    )
    .toBe("21:30");
});
