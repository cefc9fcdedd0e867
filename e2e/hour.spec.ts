import { expect, type Page, test } from "@playwright/test";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { getReview } from "@/lib/drafts/get-review";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import {
  openReview,
  openStage,
  type Stage,
  searchFor,
  signInAs,
  watchErrors,
  whenAlive,
  whenListAlive,
} from "./story";
import { type Submitted, storyDrafts, submitUntil } from "./story-drafts";

const AGENT = "Hour agent";
let stage: Stage;
let errors: string[];

test.beforeAll(async () => {
  stage = await openStage(AGENT);
});
test.afterAll(() => stage?.db.close());
test.beforeEach(({ page }) => {
  errors = watchErrors(page);
});
test.afterEach(() => expect(errors).toEqual([]));

const statusOf = async (id: string) =>
  (await stage.db.row<{ status: string }>(sql`SELECT status FROM draft WHERE id = ${id}`))?.status;
const isForBatch = ({ status, route }: Submitted) => status === "pending" && route === "batch_review";
/** The batch queue with this story's drafts alone. */
const ownQueue = `/inbox?queue=batch&agent=${encodeURIComponent(AGENT)}`;
const openQueue = async (page: Page, path = ownQueue) => {
  await page.goto(path);
  await whenListAlive(page);
};

test("an approver clears a batch of ten, one of it put aside, and takes it back", async ({ page }) => {
  const type = "return_delivered_order_items";
  const returns = storyDrafts().filter(({ action_type }) => action_type === type);
  const waiting = await submitUntil(stage, 11, isForBatch, returns.slice(0, 80));
  const note = { kind: "message", title: "Note", content: "ref\u202eund it all" };
  const hidden = returns.slice(80).map((draft) => ({
    ...draft,
    summary: "A return with hidden\u200b text",
    evidence: [...draft.evidence, note],
  }));
  const [odd] = await submitUntil(stage, 1, isForBatch, hidden);

  await signInAs(page, "Mei Tanaka");
  await page.goto(`/inbox/batch?of=${waiting[0]!.id}`);
  await expect(page.getByRole("button", { name: /^Approve 10/ })).toBeEnabled();
  await page.keyboard.press("a");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("10");
  await dialog.getByRole("button", { name: /^Approve/ }).click();
  await expect(page.getByText(/10 approved/).first()).toBeVisible();
  const decided = await stage.db.rows<{ draft_id: string; batch_id: string; undone_at: Date | null }>(sql`
    SELECT draft_id, batch_id, undone_at FROM decision JOIN draft ON draft.id = draft_id
    WHERE batch_id IS NOT NULL AND draft.agent_id = (SELECT id FROM agent WHERE name = ${AGENT})`);
  expect(decided).toHaveLength(10);
  expect(new Set(decided.map(({ batch_id }) => batch_id)).size).toBe(1);
  expect(decided.map(({ draft_id }) => draft_id)).not.toContain(odd!.id);
  const [{ events }] = (await stage.db.rows<{ events: number }>(sql`
    SELECT count(*)::int AS events FROM audit_event
    WHERE verb = 'draft.approved' AND event->>'batch' = ${decided[0]!.batch_id}`)) as [{ events: number }];
  expect(events).toBe(10);

  await page.keyboard.press("u");
  await expect(page.getByText(/taken back/i).first()).toBeVisible();
  for (const { draft_id } of decided) await expect.poll(() => statusOf(draft_id)).toBe("pending");
});

test("what a batch puts aside is looked at and decided by itself, and leads back to the batch", async ({
  page,
}) => {
  const exchanges = storyDrafts().filter(
    ({ action_type }) => action_type === "exchange_delivered_order_items",
  );
  const alike = await submitUntil(stage, 3, isForBatch, exchanges.slice(0, 60));
  const hidden = exchanges
    .slice(60)
    .map((draft) => ({ ...draft, summary: "An exchange with hidden\u200b text" }));
  const [odd] = await submitUntil(stage, 1, isForBatch, hidden);

  await signInAs(page, "Mei Tanaka");
  await page.goto(`/inbox/batch?of=${alike[0]!.id}`);
  const lookAtIt = page.locator(`a[href^="/inbox/${odd!.id}"]`);
  const openIt = async () => {
    await lookAtIt.click();
    await page.waitForURL(`**/inbox/${odd!.id}?*`);
    await whenAlive(page);
  };
  await openIt();
  await page.keyboard.press("Escape");
  await page.waitForURL(/\/inbox\/batch/);
  await openIt();
  await page.keyboard.press("r");
  await page.getByRole("dialog").getByRole("textbox").first().fill("It says two things at once.");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/inbox\/batch/);
  // The others are now like one that was rejected.
  await expect(page.getByText("Put aside for a look of its own: 3")).toBeVisible();
  await expect(lookAtIt).toHaveCount(0);
  expect(await statusOf(odd!.id)).toBe("rejected");
  for (const { id } of alike)
    expect((await stage.api("POST", `/drafts/${id}/withdraw`, {})).status).toBe(200);
});

test("an approver edits an amount past its tier, sees beforehand whom it goes to, and it goes there", async ({
  page,
}) => {
  const id = await stage.submitRefund(180, { summary: "Refund that grows", subject: "cus_hour_edit" });
  await signInAs(page, "Mei Tanaka");
  await openReview(page, id);
  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog");
  await dialog
    .getByLabel(/amount/i)
    .first()
    .fill("620");
  await expect(dialog).toContainText(/finance_oncall/);
  await expect(dialog).toContainText(await stage.onCall("sch_finance"));
  await dialog
    .getByLabel(/reason|why/i)
    .last()
    .fill("The customer bought two.");
  await dialog.getByRole("button", { name: /^Approve|Edit and approve|Send on/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(/goes on to finance_oncall/).first()).toBeVisible();
  const row = () =>
    stage.db.row<{ status: string; route: string; amount: number }>(sql`
      SELECT status, route, amount::float8 AS amount FROM draft WHERE id = ${id}`);
  await expect.poll(row).toEqual({ status: "pending", route: "named_approver", amount: 620 });
});

test("an approver sees who else has a draft open, and who decided it first, without reloading", async ({
  page,
  browser,
}) => {
  const id = await stage.submitRefund(190, { summary: "Refund that two look at", subject: "cus_hour_race" });
  await signInAs(page, "Mei Tanaka");
  await openReview(page, id);
  const other = await (await browser.newContext()).newPage();
  await signInAs(other, "Aisha Karim");
  await openReview(other, id);
  await expect(page.getByText("Aisha Karim has this open too")).toBeVisible();
  await other.keyboard.press("r");
  await other.getByRole("dialog").getByRole("textbox").fill("It was delivered in one piece.");
  await other.keyboard.press("Control+Enter");
  await expect.poll(() => statusOf(id)).toBe("rejected");
  await expect(page.getByText("rejected by Aisha Karim").first()).toBeVisible();
  // What is under the hand stays until it is asked for; deciding it tells who won.
  await expect(page.getByRole("button", { name: "Approve" })).toBeVisible();
  await page.keyboard.press("a");
  await expect(page.getByText(/Aisha Karim decided this first/).first()).toBeVisible();
  await other.close();
});

test("a named approver follows a link on a phone and decides with a thumb", async ({ browser }) => {
  const id = await stage.submitRefund(710, { summary: "Refund from a link", subject: "cus_hour_phone" });
  const phone = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await phone.newPage();
  await page.goto(`/inbox/${id}?queue=named`);
  await page.getByRole("button", { name: new RegExp(await stage.onCall("sch_finance")) }).tap();
  await page.waitForURL(new RegExp(id));
  await whenAlive(page);
  const approve = page.getByRole("button", { name: "Approve" });
  const box = (await approve.boundingBox())!;
  expect(box.height).toBeGreaterThanOrEqual(44);
  expect(box.y + box.height).toBeLessThanOrEqual(844);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await approve.tap();
  await expect.poll(() => statusOf(id)).toBe("approved");
  await phone.close();
});

test("an approver works through a hundred drafts by keyboard alone", async ({ page }) => {
  test.setTimeout(300_000);
  const waiting = await submitUntil(stage, 100, isForBatch, storyDrafts().slice(110));
  await signInAs(page, "Mei Tanaka");
  await openQueue(page);
  const bar = page.getByRole("toolbar", { name: "Decide" });
  await expect(async () => {
    await page.keyboard.press("Enter");
    await expect(bar).toBeVisible({ timeout: 2_000 });
  }).toPass();
  const countOfDecided = async () =>
    (await stage.db.row<{ count: number }>(sql`
      SELECT count(*)::int AS count FROM decision JOIN draft ON draft.id = draft_id
      WHERE draft.agent_id = (SELECT id FROM agent WHERE name = ${AGENT})
        AND undone_at IS NULL AND batch_id IS NULL AND draft.id = ANY(${waiting.map(({ id }) => id)}::text[])`))!
      .count;
  const openId = () =>
    page.evaluate(() => document.querySelector("main [data-open-draft]")?.getAttribute("data-open-draft"));
  for (let turn = 0; turn < 140 && (await countOfDecided()) < 100; turn += 1) {
    const before = await openId();
    if (turn % 9 === 4) {
      await page.keyboard.press("r");
      await page.keyboard.type("Not by our rules.");
      await page.keyboard.press("Control+Enter");
    } else if (turn % 13 === 6) {
      await page.keyboard.press("c");
      await page.keyboard.type("Say why the customer asks.");
      await page.keyboard.press("Control+Enter");
    } else {
      await page.keyboard.press("a");
    }
    await expect.poll(openId).not.toBe(before);
  }
  await expect.poll(countOfDecided).toBe(100);
  const kinds = await stage.db.rows<{ verdict: string }>(sql`
    SELECT DISTINCT verdict FROM decision WHERE draft_id = ANY(${waiting.map(({ id }) => id)}::text[]) ORDER BY verdict`);
  expect(kinds.map(({ verdict }) => verdict)).toEqual(["approve", "reject", "request_changes"]);
  const timed = await stage.db.row<{ count: number }>(sql`
    SELECT count(seconds_on_screen)::int AS count FROM decision
    WHERE draft_id = ANY(${waiting.map(({ id }) => id)}::text[]) AND undone_at IS NULL`);
  expect(timed?.count).toBe(100);
});

test("an approver finds last week's decision about a customer, and reads why", async ({ page }) => {
  const customer = "cus_hour_lastweek";
  const id = await stage.submitRefund(195, { summary: "Refund of a blue kettle", subject: customer });
  const person = await stage.db.row<{ id: string; name: string }>(
    sql`SELECT id, name FROM person WHERE name = 'Aisha Karim'`,
  );
  const actor: PersonActor = {
    kind: "person",
    personId: person!.id,
    name: person!.name,
    roles: ["approver"],
    identity: { issuer: "demo", subject: person!.id },
    authentication: { method: "demo", at: new Date().toISOString(), sessionId: "ses_story" },
    channel: "web",
    ip: null,
  };
  const now = () => new Date(Date.now() - 7 * 86_400_000);
  const lastWeek: Context = { actor, db: stage.db, policies: loadPolicies("policies"), now };
  const { screenHash } = await getReview({ ...lastWeek, now: () => new Date() }, id);
  await decideDraft(lastWeek, {
    draftId: id,
    screenHash,
    verdict: "reject",
    reason: "Kettles are not returned.",
  });

  await signInAs(page, "Mei Tanaka");
  await page.goto("/history");
  await whenListAlive(page);
  await searchFor(page, customer);
  await expect(page).toHaveURL(new RegExp(customer));
  const row = page.locator(`[data-draft-id="${id}"]`);
  await expect(row).toContainText("Refund of a blue kettle");
  await expect(row).toContainText("Aisha Karim");
  // The address says it all: somebody it is sent to sees the same.
  await page.reload();
  await row.getByRole("link").first().click();
  await expect(page.getByText("Kettles are not returned.").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
});

test("what comes and goes appears by itself, and nothing moves under the hand", async ({ page, browser }) => {
  const first = await stage.submitRefund(201, { summary: "Refund that is looked at", subject: "cus_live_1" });
  await signInAs(page, "Mei Tanaka");
  await openQueue(page);
  const rowOf = (id: string) => page.locator(`[data-draft-id="${id}"]`);
  await expect(rowOf(first)).toBeVisible();
  const top = async () => (await rowOf(first).boundingBox())!.y;
  const at = await top();
  const second = await stage.submitRefund(202, {
    summary: "Refund that comes meanwhile",
    subject: "cus_live_2",
  });
  // The hand is on the keys: the new one waits behind a word.
  for (
    let press = 0;
    press < 12 && (await page.getByRole("button", { name: /\d+ new/ }).count()) === 0;
    press += 1
  ) {
    await page.keyboard.press("Shift");
    await page.waitForTimeout(250);
  }
  await expect(page.getByRole("button", { name: /\d+ new/ })).toBeVisible();
  expect(await top()).toBe(at);
  await expect(rowOf(second)).toBeVisible();

  const other = await (await browser.newContext()).newPage();
  await signInAs(other, "Aisha Karim");
  await openReview(other, second);
  await other.keyboard.press("a");
  await expect.poll(() => statusOf(second)).toBe("approved");
  await expect(rowOf(second)).toHaveCount(0);
  await other.close();

  await page.context().setOffline(true);
  await expect(page.getByText(/Reconnecting/).first()).toBeVisible({ timeout: 30_000 });
  const third = await stage.submitRefund(203, { summary: "Refund while offline", subject: "cus_live_3" });
  await page.context().setOffline(false);
  await expect(rowOf(third)).toBeVisible({ timeout: 30_000 });
  errors = errors.filter((error) => !/ERR_INTERNET_DISCONNECTED/.test(error));
});

test("what an approver asks to be changed comes back to them, with what has changed", async ({ page }) => {
  const id = await stage.submitRefund(205, { summary: "Refund to be halved", subject: "cus_hour_revise" });
  await signInAs(page, "Mei Tanaka");
  await openReview(page, id);
  await page.keyboard.press("c");
  await page.getByRole("dialog").getByRole("textbox").first().fill("Half of it: one of two arrived.");
  await page.getByRole("dialog").getByRole("checkbox", { name: "Amount" }).check();
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => statusOf(id)).toBe("changes_requested");
  const told = await stage.api("GET", `/drafts/${id}`);
  expect(told.body.decisions).toMatchObject([{ verdict: "request_changes", fields: ["/amount"] }]);
  const revised = await stage.api("POST", `/drafts/${id}/revise`, {
    action_type: "refund",
    payload: { amount: 102.5, currency: "USD", reason: "arrived broken" },
    summary: "Refund of half",
    evidence: [{ kind: "message", title: "Customer", content: "One of two arrived." }],
    subject: { type: "customer", id: "cus_hour_revise" },
  });
  expect(revised.status, JSON.stringify(revised.body)).toBe(201);
  const next = revised.body.id as string;
  await openQueue(page);
  await expect(page.locator(`[data-draft-id="${next}"]`)).toContainText("Your changes made");
  await openReview(page, next);
  const draft = page.getByRole("region", { name: "Draft" });
  await expect(draft).toContainText("Half of it: one of two arrived.");
  await expect(draft).toContainText("Asked for: Amount (changed)");
  await expect(draft).toContainText("205");
});

test("whoever approves sooner than the policy asks is asked once more", async ({ page }) => {
  const { body } = await stage.api("POST", "/drafts", {
    action_type: "grant_access",
    payload: { person: "ann", resource: "billing", level: "admin", expires: "2027-01-01" },
    summary: "Let Ann into billing",
    evidence: [{ kind: "message", title: "Ann", content: "I need it for the audit." }],
    subject: { type: "person", id: "ann" },
  });
  const id = body.id as string;
  expect(body).toMatchObject({ status: "pending", route: "named_approver" });
  await signInAs(page, await stage.onCall("sch_security"));
  await openReview(page, id, "named");
  await page.keyboard.press("a");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("at least 8 s");
  await dialog.getByRole("button", { name: "Read on" }).click();
  expect(await statusOf(id)).toBe("pending");
  await page.keyboard.press("a");
  await dialog.getByRole("button", { name: "Approve all the same" }).click();
  await expect
    .poll(() => stage.db.row(sql`SELECT was_quick FROM decision WHERE draft_id = ${id}`))
    .toEqual({ was_quick: true });
});

test("a session that has ended keeps what was typed", async ({ page }) => {
  const id = await stage.submitRefund(207, { summary: "Refund over lunch", subject: "cus_hour_stale" });
  await signInAs(page, "Mei Tanaka");
  await openReview(page, id);
  await page.context().clearCookies();
  await page.keyboard.press("r");
  await page.getByRole("dialog").getByRole("textbox").fill("The receipt is somebody else's.");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: "Sign in again" }).click();
  await page.getByRole("button", { name: /Mei Tanaka/ }).click();
  await page.waitForURL(new RegExp(id));
  await whenAlive(page);
  await expect(page.getByRole("dialog").getByRole("textbox")).toHaveValue("The receipt is somebody else's.");
  await page.getByRole("dialog").getByRole("button", { name: "Reject" }).click();
  await expect.poll(() => statusOf(id)).toBe("rejected");
  errors = errors.filter((error) => !/401/.test(error));
});

test("a refusal that was a slip is taken back from wherever one is by then", async ({ page }) => {
  const id = await stage.submitRefund(208, { summary: "Refund refused by a slip", subject: "cus_hour_slip" });
  await signInAs(page, "Mei Tanaka");
  await openReview(page, id);
  await page.keyboard.press("r");
  await page.getByRole("dialog").getByRole("textbox").fill("A slip.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("u");
  await expect(page).toHaveURL(new RegExp(id));
  await expect.poll(() => statusOf(id)).toBe("pending");
  await expect(page.getByRole("button", { name: "Approve" })).toBeVisible();
});

test("words of a payload find a draft that waits, and the view is kept under a name", async ({ page }) => {
  const id = await stage.submitRefund(209, {
    summary: "Refund with a word inside",
    subject: "cus_hour_find",
    reason: "zanzibar lamp broke",
  });
  await signInAs(page, "Mei Tanaka");
  await openQueue(page, "/inbox?queue=batch");
  await searchFor(page, "zanzi");
  await expect(page.locator(`[data-draft-id="${id}"]`)).toBeVisible({ timeout: 15_000 });
  await page.getByRole("button", { name: /^Views/ }).click();
  await page.getByRole("menuitem", { name: /Save this view/ }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("Lamps");
  await page.keyboard.press("Enter");
  await openQueue(page, "/inbox?queue=batch");
  await page.getByRole("button", { name: /^Views/ }).click();
  await page.getByRole("menuitem", { name: /Lamps/ }).first().click();
  await expect(page.locator(`[data-draft-id="${id}"]`)).toBeVisible();
  await expect(page).toHaveURL(/q=zanzi/);
});

test("another site's page cannot use the session, nor can a stranger without one", async ({
  page,
  request,
}) => {
  const id = await stage.submitRefund(206, {
    summary: "Refund that a stranger wants",
    subject: "cus_hour_csrf",
  });
  await signInAs(page, "Mei Tanaka");
  const body = { verdict: "approve", screenHash: "0".repeat(64) };
  const refused = await page.request.post(`/console/drafts/${id}/decide`, {
    data: body,
    headers: { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
  });
  expect(refused.status()).toBe(403);
  const noOrigin = await page.request.post(`/console/drafts/${id}/decide`, { data: body });
  expect(noOrigin.status()).toBe(403);
  const stranger = await request.post(`/console/drafts/${id}/decide`, {
    data: body,
    headers: { "sec-fetch-site": "same-origin" },
  });
  expect(stranger.status()).toBe(401);
  const moved = await page.request.post(`/console/drafts/${id}/decide`, {
    data: body,
    headers: { "sec-fetch-site": "same-origin" },
  });
  expect(await moved.json()).toMatchObject({ ok: false, code: "screen_moved" });
  expect(await statusOf(id)).toBe("pending");
});
