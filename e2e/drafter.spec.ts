import { expect, type Page, test } from "@playwright/test";
import { drafted, type ModelServer, startModelServer } from "@/lib/drafting/model-fixture";
import { searchFor, signInAs, watchErrors, whenAlive } from "./story";

let model: ModelServer;
test.beforeAll(async () => {
  model = await startModelServer(Number(process.env.E2E_MODEL_PORT));
});
test.afterAll(() => model?.stop());

const refund = (amount: number, summary: string) =>
  drafted({ amount, currency: "USD", reason: "arrived broken" }, { summary });
const newest = (page: Page) =>
  page.getByRole("region", { name: "Your requests" }).getByRole("listitem").first();
const form = (page: Page) => page.getByRole("form", { name: "Ask for a draft" });

async function openRequests(page: Page, name: string): Promise<void> {
  await signInAs(page, name);
  await page.goto("/requests");
  await form(page).getByLabel("Action").selectOption({ label: "Refund" });
  await form(page).getByLabel("About a").fill("customer");
  await form(page).getByLabel("Its id").fill("cus_asked");
}

test("a person asks for a draft, watches it appear, and somebody else finds it in their queue", async ({
  page,
  browser,
}) => {
  test.slow(); // two people, each in a browser of their own
  const errors = watchErrors(page);
  model.script({ ...refund(145, "Refund the asked-for lamp"), afterMs: 1_500 });
  await openRequests(page, "Mei Tanaka");
  await form(page).getByLabel("Request").fill("The lamp arrived broken. She wants 145 dollars back.");
  await form(page).getByRole("button", { name: "Attach a record" }).click();
  await form(page).getByLabel("Title of record 1").fill("Order W145");
  await form(page).getByLabel("Content of record 1").fill('{"id": "W145", "total": 145}');
  await form(page).getByRole("button", { name: "Ask for the draft" }).click();

  await expect(newest(page)).toContainText("The model writes the draft.");
  await expect(newest(page)).toContainText("Medium", { timeout: 20_000 });
  await expect(newest(page)).toContainText("You asked for it, so somebody else decides it.");
  await expect(newest(page)).toContainText("scripted asked once · 120 tokens");
  await expect(form(page).getByLabel("Request")).toHaveValue("");
  await newest(page).getByRole("link", { name: "Refund the asked-for lamp" }).click();
  await whenAlive(page);
  await expect(page.getByText("You asked for this yourself.").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
  const evidence = page.getByRole("region", { name: "Evidence" });
  await expect(evidence).toContainText("Request to the drafter");
  await expect(evidence).toContainText("Order W145");

  const other = await (await browser.newContext()).newPage();
  await signInAs(other, "Grace Okafor");
  await searchFor(other, "asked-for lamp");
  await other.getByRole("row", { name: /Refund the asked-for lamp/ }).click();
  await whenAlive(other);
  await other.getByRole("button", { name: "Approve" }).click();
  await page.goto("/requests");
  await expect(newest(page)).toContainText("It is approved", { timeout: 20_000 });
  await other.context().close();
  expect(errors).toEqual([]);
});

test("what the drafter misses it says, and what was typed is there to be completed", async ({ page }) => {
  model.script(
    { content: { outcome: "cannot", missing: "How much was paid?" } },
    refund(60, "Refund the vase"),
  );
  await openRequests(page, "Victor Stein");
  await form(page).getByLabel("Request").fill("Give her the money for the vase.");
  await form(page).getByLabel("Request").press("Control+Enter");
  await expect(newest(page)).toContainText("How much was paid?", { timeout: 20_000 });

  await newest(page).getByRole("button", { name: "Try again" }).click();
  const request = form(page).getByLabel("Request");
  await expect(request).toBeFocused();
  await expect(request).toHaveValue("Give her the money for the vase.");
  await expect(form(page).getByLabel("Its id")).toHaveValue("cus_asked");
  await request.fill("Give her the 60 dollars for the vase.");
  await request.press("Control+Enter");
  await expect(newest(page)).toContainText("Refund the vase", { timeout: 20_000 });
});

test("a request is called off while the model writes, and no draft comes of it", async ({ page }) => {
  model.script({ ...refund(60, "Never submitted"), afterMs: 20_000 });
  await openRequests(page, "Victor Stein");
  await form(page).getByLabel("Request").fill("Not this after all.");
  await form(page).getByRole("button", { name: "Ask for the draft" }).click();
  await expect(newest(page)).toContainText("The model writes the draft.", { timeout: 20_000 });
  await newest(page).getByRole("button", { name: "Cancel" }).click();
  await expect(newest(page)).toContainText("You called it off. Nothing was submitted.");
});
