import { execFileSync } from "node:child_process";
import { expect, test } from "@playwright/test";
import { sql } from "@/lib/db/sql";
import { chooseDrafts } from "@/scripts/loop/choose-drafts";
import { compareFigures } from "@/scripts/loop/compare-figures";
import { decideByLimit } from "@/scripts/loop/decide-by-limit";
import { type Loop, openLoop } from "@/scripts/loop/open-loop";
import { isHeldInTheSameSecond, runUntilSampled } from "@/scripts/loop/run-loop";
import { signInAs, watchErrors, whenAlive } from "./story";
import { storyDrafts } from "./story-drafts";

const REVIEWER = "Mei Tanaka";
const FIRST = 40;
const MOST_OTHERS = 100;

let loop: Loop;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  loop = await openLoop("Loop agent");
});
test.afterAll(() => loop?.close());

test("an action type earns that some of it runs by itself, and loses it with one overturned sample", async ({
  browser,
}) => {
  test.setTimeout(360_000);
  const { actionType, drafts, others, hiddenLimit } = chooseDrafts(storyDrafts());
  const wizard = `/insights/promotions/new?${new URLSearchParams({ type: actionType, rule: "medium #2" })}`;
  const as = async (name: string) => {
    const context = await browser.newContext({ baseURL: loop.product.url });
    const page = await context.newPage();
    const errors = watchErrors(page);
    await signInAs(page, name);
    return { page, leave: () => context.close().then(() => expect(errors).toEqual([])) };
  };
  const decideAll = async () => decideByLimit(await loop.actAs(REVIEWER), { actionType, limit: hiddenLimit });

  const first = await loop.submit(drafts.slice(0, FIRST));
  const few = await decideAll();
  const proposer = await as("Lucia Romero");
  await proposer.page.goto(wizard);
  await expect(proposer.page.getByRole("heading", { name: "Not yet" })).toBeVisible();
  await expect(proposer.page.getByText(/It takes \d+ more decisions there/)).toBeVisible();

  const later = await loop.submit(drafts.slice(FIRST));
  await loop.submit(others.slice(0, MOST_OTHERS));
  const more = await decideAll();
  const largest = Math.max(...few.approved, ...more.approved);
  await proposer.page.reload();
  await expect(proposer.page.getByRole("heading", { name: /could run by itself/ })).toBeVisible();
  await expect(proposer.page.getByRole("spinbutton", { name: "Limit on amount" })).toHaveValue(
    String(largest),
  );
  await proposer.page.getByLabel("Why").fill("People approve every one of these.");
  await proposer.page.getByRole("button", { name: "Propose", exact: true }).click();
  await proposer.page.waitForURL(/\/insights\/promotions\/prm_/);
  const promotion = new URL(proposer.page.url()).pathname;
  await expect(proposer.page.getByRole("heading", { name: "You proposed this" })).toBeVisible();
  await expect(proposer.page.getByRole("button", { name: "Accept" })).toHaveCount(0);

  const acceptor = await as("Grace Okafor");
  await acceptor.page.goto(promotion);
  await acceptor.page.getByLabel("Why").fill("The figures bear it.");
  await acceptor.page.getByRole("button", { name: "Accept" }).click();
  const link = acceptor.page.getByRole("link", { name: "Download the patch" });
  await expect(link).toBeVisible();
  const answer = await acceptor.page.request.get((await link.getAttribute("href"))!);
  loop.repository.apply(await answer.text());
  expect(loop.repository.lastMessage()).toContain("People approve every one of these.");
  execFileSync("npm", ["run", "-s", "policies:check"], {
    env: { ...process.env, POLICIES_DIR: loop.repository.policiesDir },
  });
  await Promise.all([proposer.leave(), acceptor.leave()]);

  await loop.restart();
  const within = [...first, ...later]
    .filter(({ route, draft }) => route === "batch_review" && Number(draft.payload.amount) <= largest)
    .map(({ draft }) => draft);
  const sample = await runUntilSampled(loop, within);

  const reviewer = await as(REVIEWER);
  await reviewer.page.goto(`/inbox/${sample.id}?queue=after`);
  await whenAlive(reviewer.page);
  await reviewer.page.getByRole("button", { name: /^Overturn/ }).click();
  await reviewer.page.getByRole("dialog").getByRole("textbox").fill("They had asked for something else.");
  await reviewer.page.keyboard.press("Control+Enter");
  await expect
    .poll(
      async () =>
        (
          await loop.stage.db.row<{ state: string }>(
            sql`SELECT after_review AS state FROM draft WHERE id = ${sample.id}`,
          )
        )?.state,
    )
    .toBe("overturned");
  const [next] = await loop.submit([within[0]!]);
  expect(next).toMatchObject({ status: "pending", route: "batch_review" });
  const hold = await loop.stage.db.row<{ id: string }>(sql`SELECT id FROM hold WHERE released_at IS NULL`);
  expect(await isHeldInTheSameSecond(loop, sample.id, hold!.id)).toBe(true);
  await reviewer.leave();

  const manager = await as("Lucia Romero");
  await manager.page.goto("/insights?period=7d");
  await expect(manager.page.getByRole("heading", { level: 1 })).toBeVisible();
  const { compared, wrong } = await compareFigures(await loop.actAs("Lucia Romero"));
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(0);
  const [{ decided }] = (await loop.stage.db.rows<{ decided: number }>(sql`
    SELECT count(*)::int AS decided FROM draft WHERE decided_at IS NOT NULL AND origin = 'agent'`)) as [
    { decided: number },
  ];
  await expect(manager.page.locator("main")).toContainText(decided.toLocaleString("en-US"));
  await manager.leave();
});
