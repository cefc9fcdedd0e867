import { expect, type Page, test } from "@playwright/test";
import axe from "axe-core";
import { openStage, type Stage, signInAs } from "./story";

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

/** Everything serious or critical that axe finds, as "rule: element". */
async function findSerious(page: Page): Promise<string[]> {
  // Toasts and skeletons come and go; what stays is what people work with.
  await page.waitForLoadState("networkidle");
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

const PAGES = [
  "/inbox?queue=batch",
  "/inbox?queue=named",
  "/inbox/:draft",
  "/drafts/:draft/trail",
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

for (const colorScheme of ["light", "dark"] as const) {
  test(`an admin finds no serious barrier on any page, in the ${colorScheme} theme`, async ({ browser }) => {
    test.setTimeout(180_000);
    const context = await browser.newContext({ colorScheme });
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
}
