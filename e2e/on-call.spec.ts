import { expect, type Locator, type Page, test } from "@playwright/test";
import { sql } from "@/lib/db/sql";
import { openReview, openStage, type Stage, signInAs, watchErrors } from "./story";

let stage: Stage;
let errors: string[];

test.beforeAll(async () => {
  stage = await openStage("Story watches");
});
test.afterAll(() => stage?.db.close());
test.beforeEach(({ page }) => {
  errors = watchErrors(page);
});
test.afterEach(() => expect(errors).toEqual([]));

/** Opens a page of the organisation and waits until it answers to clicks. */
async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await whenAlive(page);
}

const whenAlive = (page: Page) =>
  page.waitForFunction(() => {
    const title = document.querySelector("main h1");
    return title !== null && Object.keys(title).some((key) => key.startsWith("__reactFiber"));
  });

/** Chooses somebody in a picker as one types. */
async function pick(within: Locator, label: RegExp, name: string): Promise<void> {
  await within.getByLabel(label).click();
  await within.getByLabel(label).fill(name);
  await within.getByRole("option", { name: new RegExp(name) }).click();
  await within.getByLabel(label).blur();
}

const layerCard = (page: Page, name: string) => page.getByRole("region", { name: `Layer: ${name}` });

/** Builds a schedule from the template of three zones and publishes it; answers its id. */
async function publishFollowTheSun(page: Page, name: string): Promise<string> {
  await openPage(page, "/organisation/on-call");
  await page.getByRole("link", { name: "New schedule" }).click();
  await page.getByRole("button", { name: /Follow the sun/ }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  for (const [layer, people] of [
    ["Asia-Pacific", ["Mei Tanaka", "Priya Nair"]],
    ["Europe", ["Ines Moreau", "Victor Stein"]],
    ["Americas", ["Oliver Grant", "Grace Okafor"]],
  ] as const) {
    for (const person of people) await pick(layerCard(page, layer), /Who takes turns|Add a person/, person);
  }
  await expect(page.getByText(/on call at every moment of the next eight weeks/).first()).toBeVisible();
  await page.getByRole("button", { name: "Publish…" }).click();
  await page.getByRole("dialog").getByLabel(/Note/).fill("Three zones from now on");
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await page.waitForURL(/on-call\/sch_/);
  return page.url().split("/").at(-1)!;
}

test("An admin builds a follow-the-sun rotation over three zones, with an override and a delegate, and publishes it", async ({
  page,
  browser,
}) => {
  await signInAs(page, "Ruth Adler");
  const id = await publishFollowTheSun(page, "Refund watch");
  await expect(page.getByRole("heading", { name: "Refund watch" })).toBeVisible();
  await expect(page.getByText("“Three zones from now on”").first()).toBeVisible();

  await page.getByRole("button", { name: "Add override" }).click();
  await pick(page.getByRole("dialog"), /Who takes over/, "Tomas Lindqvist");
  await page.getByRole("dialog").getByRole("button", { name: "Add override" }).click();
  await expect(page.getByText(/Tomas Lindqvist until/).first()).toBeVisible();
  await expect(page.getByText("A dashed frame is an override.").first()).toBeVisible();

  await openPage(page, "/organisation/away");
  await page.getByRole("button", { name: "Enter an absence" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Remove Ruth Adler" }).click();
  await pick(dialog, /Who is away/, "Tomas Lindqvist");
  await dialog.getByRole("button", { name: "Enter absence" }).click();
  await expect(dialog.getByText(/on call in “Refund watch”/).first()).toBeVisible();
  await pick(dialog, /Delegate/, "Victor Stein");
  await dialog.getByRole("button", { name: "Enter absence" }).click();
  await expect(page.getByText("Victor Stein stands in").first()).toBeVisible();

  const rule = await stage.db.row<{ definition: object }>(sql`
    SELECT definition FROM approver_rule WHERE name = 'finance_oncall'`);
  const asks = { bands: [{ up_to: null, mode: "first", ask: [{ kind: "schedule", id }] }] };
  const setRule = (definition: object) =>
    stage.db.run(sql`
      UPDATE approver_rule SET definition = ${JSON.stringify(definition)}::jsonb WHERE name = 'finance_oncall'`);
  try {
    await setRule(asks);
    const draft = await stage.submitRefund(900, { summary: "Refund on watch", subject: "cus_watch" });
    const person = async (name: string) => {
      const other = await (await browser.newContext()).newPage();
      await signInAs(other, name);
      await openReview(other, draft, "named");
      return other;
    };
    const ines = await person("Ines Moreau");
    await expect(ines.getByRole("region", { name: "Draft" })).toContainText("900");
    await expect(ines.getByRole("button", { name: "Approve" })).toHaveCount(0);
    const victor = await person("Victor Stein");
    await victor.getByRole("button", { name: "Approve" }).click();
    await expect
      .poll(() =>
        stage.db.row(sql`SELECT person_id, on_behalf_of_id FROM decision WHERE draft_id = ${draft}`),
      )
      .toEqual({ person_id: "per_victor_stein", on_behalf_of_id: "per_tomas_lindqvist" });
    await ines.close();
    await victor.close();
  } finally {
    await setRule(rule!.definition);
    await stage.db.run(sql`UPDATE absence SET cancelled_at = now() WHERE person_id = 'per_tomas_lindqvist'`);
  }
});

test("two admins editing the same schedule do not overwrite each other", async ({ page, browser }) => {
  await stage.db.run(sql`INSERT INTO person_role (person_id, role) VALUES ('per_lucia_romero', 'admin')`);
  try {
    await signInAs(page, "Ruth Adler");
    const id = await publishFollowTheSun(page, "Contested watch");
    const other = await (await browser.newContext()).newPage();
    await signInAs(other, "Lucia Romero");
    for (const each of [page, other]) await openPage(each, `/organisation/on-call/${id}/edit`);
    const publish = async (each: Page) => {
      await each.getByRole("button", { name: "Publish…" }).click();
      await each.getByRole("dialog").getByRole("button", { name: "Publish", exact: true }).click();
    };

    await layerCard(other, "Europe").getByRole("button", { name: "Remove Victor Stein from Europe" }).click();
    await publish(other);
    await other.waitForURL(/sch_\w+$/);

    await layerCard(page, "Americas").getByLabel("Layer name").fill("New York");
    await publish(page);
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText(/Lucia Romero published version 2/).first()).toBeVisible();
    await dialog.getByRole("button", { name: "Compare with what is published" }).click();
    await expect(dialog.getByText("Layer “Europe”: without Victor Stein.").first()).toBeVisible();
    await expect(dialog.getByText("Layer “New York”: was called “Americas”.").first()).toBeVisible();
    await expect(dialog.getByText("Layer “Europe”: with Victor Stein.").first()).toBeVisible();
    await dialog.getByRole("button", { name: "Back to editing" }).click();
    await expect(layerCard(page, "New York")).toBeVisible();

    await page.getByRole("link", { name: "Cancel" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Keep editing" }).click();
    await publish(page);
    await dialog.getByRole("button", { name: "Compare with what is published" }).click();
    await dialog.getByRole("button", { name: /Keep mine/ }).click();
    await dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await page.waitForURL(/sch_\w+$/);
    await expect(page.getByText("version 3 is in force").first()).toBeVisible();
    await expect(page.getByText(/Version 2/).first()).toBeVisible();
    await other.close();
  } finally {
    await stage.db.run(sql`DELETE FROM person_role WHERE person_id = 'per_lucia_romero' AND role = 'admin'`);
  }
});

test("an approver reads their shifts in a calendar program, until they revoke the address", async ({
  page,
  request,
}) => {
  await signInAs(page, "Ines Moreau");
  await openPage(page, "/organisation/on-call");
  await page.getByRole("button", { name: "New calendar address" }).click();
  const address = await page.getByRole("dialog").getByRole("textbox").inputValue();
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();

  const answer = await request.get(address);
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-type"]).toContain("text/calendar");
  expect(await answer.text()).toContain("SUMMARY:On call: ");
  const again = await request.get(address, { headers: { "if-none-match": answer.headers().etag! } });
  expect(again.status()).toBe(304);

  await page.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("Calendar address revoked").first()).toBeVisible();
  expect((await request.get(address)).status()).toBe(404);
});
