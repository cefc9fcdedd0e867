import { expect, type Page, test } from "@playwright/test";
import axe from "axe-core";
import { openStage, type Stage, signInAs, whenAlive } from "./story";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

let stage: Stage;
let draftId: string;

test.beforeAll(async () => {
  stage = await openStage("Story accessibility");
  draftId = await stage.submitRefund(130, { summary: "Refund seen by everybody", subject: "cus_axe" });
});
test.afterAll(() => stage?.db.close());

/** Everything serious or critical that axe finds, in the light theme and in the dark one, as "rule: element". */
async function findSerious(page: Page): Promise<string[]> {
  // Toasts and skeletons come and go; what stays is what people work with. The live connection is never idle.
  await page.waitForLoadState("load");
  await page.waitForFunction(
    () => !document.querySelector('[aria-busy="true"], [role="status"][aria-label^="Loading"]'),
  );
  await page.waitForTimeout(300);
  await page.evaluate(axe.source);
  const light = await page.evaluate(runAxe, null);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const inLight = await background();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(background).not.toBe(inLight);
  await page.waitForTimeout(300);
  // The themes differ in their colours alone.
  const dark = await page.evaluate(runAxe, ["color-contrast", "link-in-text-block"]);
  await page.emulateMedia({ colorScheme: "light" });
  return [...light, ...dark.map((barrier) => `dark: ${barrier}`)];
}

/** In the page: what axe finds there, by all its rules or the ones named. */
async function runAxe(only: string[] | null): Promise<string[]> {
  const { violations } = await window.axe.run(only ? { runOnly: { type: "rule", values: only } } : {});
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

const PAGES = [
  "/inbox?queue=batch",
  "/inbox?queue=named",
  "/inbox/:draft",
  "/drafts/:draft/trail",
  "/inbox/batch",
  "/history",
  "/me",
  "/requests",
  "/insights",
  "/insights/types/refund",
  "/insights/bottlenecks",
  "/insights/promotions",
  "/insights/promotions/new",
  "/insights/library",
  "/insights/attention",
  "/insights/quarter",
  "/organisation/on-call",
  "/organisation/on-call/new",
  "/organisation/on-call/sch_finance",
  "/organisation/on-call/sch_finance/edit",
  "/organisation/away",
  "/organisation/holds",
  "/organisation/rules",
  "/organisation/rules/finance_oncall",
  "/organisation/policies",
  "/organisation/policies/refund",
  "/organisation/people",
  "/organisation/people/new",
  "/organisation/people/per_grace_okafor",
  "/organisation/groups",
  "/organisation/groups/grp_controllers",
  "/organisation/departments",
  "/organisation/departments/dep_finance",
  "/organisation/agents",
  "/organisation/agents/agt_retail_assistant",
  "/organisation/hours",
];

test("an admin finds no serious barrier on any page, in either theme", async ({ browser }) => {
  test.setTimeout(300_000);
  const context = await browser.newContext({ colorScheme: "light" });
  const page = await context.newPage();
  const found: Record<string, string[]> = {};
  await page.goto("/sign-in");
  found["/sign-in"] = await findSerious(page);
  await signInAs(page, "Ruth Adler");
  for (const path of PAGES) {
    await page.goto(path.replace(":draft", draftId));
    found[path] = await findSerious(page);
  }
  const serious = Object.entries(found).filter(([, barriers]) => barriers.length > 0);
  expect(Object.fromEntries(serious)).toEqual({});
  await context.close();
});

test("an approver finds none in what opens over the pages, nor on a phone, in either theme", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const found: Record<string, string[]> = {};
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    const context = await browser.newContext({ colorScheme: "light", viewport });
    const page = await context.newPage();
    await signInAs(page, "Mei Tanaka");
    for (const path of ["/inbox?queue=batch", "/inbox/:draft", "/inbox/batch", "/history", "/me"]) {
      await page.goto(path.replace(":draft", draftId));
      found[`${path} ${viewport.width}`] = await findSerious(page);
    }
    const opened: [name: string, path: string, keys: string][] = [
      ["palette", "/inbox?queue=batch", "Control+k"],
      ["keys", "/inbox?queue=batch", "?"],
      ["filters", "/inbox?queue=batch", "f"],
      ["edit", "/inbox/:draft", "e"],
      ["reject", "/inbox/:draft", "r"],
    ];
    for (const [name, path, keys] of opened) {
      await page.goto(path.replace(":draft", draftId));
      if (path.includes(":draft")) await whenAlive(page);
      else await page.waitForFunction(() => document.documentElement.dataset.keys === "ready");
      const overlay = page.getByRole("dialog").or(page.getByRole("menu")).first();
      await expect(async () => {
        await page.keyboard.press(keys);
        await expect(overlay, name).toBeVisible({ timeout: 1_500 });
      }).toPass();
      found[`${name} ${viewport.width}`] = await findSerious(page);
    }
    await page.goto("/inbox?queue=batch");
    await page.getByRole("button", { name: /^Notices/ }).click();
    found[`notices ${viewport.width}`] = await findSerious(page);
    await context.close();
  }
  const serious = Object.entries(found).filter(([, barriers]) => barriers.length > 0);
  expect(Object.fromEntries(serious)).toEqual({});
});
