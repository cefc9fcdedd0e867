import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "@playwright/test";
import { drafted, type ModelServer } from "@/lib/drafting/model-fixture";
import { findBrowser } from "@/scripts/launcher/find-browser.mjs";
import { VISITOR } from "./set-the-stage";
import { shrinkPng } from "./shrink-png";

/** Where the pictures are taken: the product's address, who is on call for money, a draft's id by its summary. */
export interface Scene {
  url: string;
  financeOnCall: string;
  idOf: (summary: RegExp) => string;
  /** What the drafter asks. */
  model: ModelServer;
}

const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Takes every picture of docs/tour.md into `folder`. */
export async function takePictures(scene: Scene, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: (await findBrowser()) ?? undefined,
    args: [
      "--disable-background-networking",

      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
  const { url, idOf } = scene;
  const shoot = async (page: Page, name: string, fullPage = false) => {
    // What is fetched after the first paint is there, and no pointer or caret marks anything.
    await page.waitForLoadState("load");
    await page.waitForTimeout(1200);
    const picture = shrinkPng(await page.screenshot({ animations: "disabled", fullPage }));
    writeFileSync(join(folder, `${name}.png`), picture);
    console.log(`  ${name}.png, ${Math.round(picture.length / 1024)} KB`);
  };
  const open = async (page: Page, path: string) => {
    await page.goto(`${url}${path}`);
    await page.waitForFunction(() => document.documentElement.dataset.keys === "ready");
    // The keys of a list follow those of the shell.
    await page.waitForTimeout(700);
  };
  const openReview = async (page: Page, summary: RegExp, queue: "batch" | "named") => {
    await open(page, `/inbox/${idOf(summary)}?queue=${queue}`);
    await page.getByRole("toolbar", { name: "Decide" }).waitFor();
  };

  try {
    const page = await signIn(browser, url, VISITOR, DESKTOP);
    await open(page, "/inbox?queue=batch");
    await page.keyboard.press("j");
    await shoot(page, "inbox");

    await openReview(page, /^Send order .* to Austin/, "batch");
    await shoot(page, "review");

    await openReview(page, /broken stand$/, "batch");
    await page.keyboard.press("e");
    const dialog = page.getByRole("dialog");
    const amount = dialog.getByLabel(/amount/i).first();
    await amount.fill("620");
    await dialog
      .getByText(/finance_oncall/)
      .first()
      .waitFor();
    await shoot(page, "edit");

    await open(page, `/inbox/batch?of=${idOf(/^Return the/)}`);
    await page.getByRole("button", { name: /^Approve 10/ }).waitFor();
    await shoot(page, "batch");

    await open(page, "/history");
    await page.keyboard.press("/");
    await page.keyboard.type("refund");
    await page.waitForURL(/refund/);
    await shoot(page, "history");

    await open(page, "/inbox?queue=batch");
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("lindgren");
    await page.getByText("Decided", { exact: true }).first().waitFor();
    await shoot(page, "palette");

    await open(page, "/me");
    await page.getByRole("table").first().waitFor();
    await shoot(page, "me", true);

    await page.goto(`${url}/requests`);
    await askForDraft(page, scene.model);
    await shoot(page, "ask");

    const manager = await signIn(browser, url, "Lucia Romero", DESKTOP);
    const lookAt = async (path: string, there: Parameters<Page["getByRole"]>, name: string) => {
      await open(manager, path);
      await manager
        .getByRole(...there)
        .first()
        .waitFor();
      await shoot(manager, name);
    };
    const wizard = `/insights/promotions/new?${new URLSearchParams({ type: "refund", rule: "medium #2" })}`;
    await lookAt(wizard, ["heading", { name: /could run by itself/ }], "promotion");
    await manager.getByLabel("Why").fill("People approve nearly every one of these.");
    await manager.getByRole("button", { name: "Propose", exact: true }).click();
    await manager.waitForURL(/\/promotions\/prm_/);
    await lookAt("/insights", ["table", { name: "Action types" }], "insights");
    await lookAt("/insights/types/refund", ["table", { name: "Rules" }], "insights-type");
    await lookAt("/insights/library", ["table"], "library");

    const phone = await signIn(browser, url, scene.financeOnCall, PHONE);
    await openReview(phone, /the table below$/, "named");
    await shoot(phone, "phone");

    const dark = await signIn(browser, url, "Priya Nair", { ...DESKTOP, colorScheme: "dark" });
    await openReview(dark, /in production$/, "named");
    await shoot(dark, "review-dark");
  } finally {
    await browser.close();
  }
}

/** Types a request into the form of “Ask for a draft”, and waits for the draft that comes of it. */
async function askForDraft(page: Page, model: ModelServer): Promise<void> {
  const reply = drafted(
    { amount: 64, currency: "USD", reason: "The lamp arrived with a broken stand." },
    { summary: "Refund the desk lamp: it arrived with a broken stand" },
  );
  model.script({ ...reply, usage: { prompt_tokens: 2_310, completion_tokens: 142 } });
  const form = page.getByRole("form", { name: "Ask for a draft" });
  const type = async (customer: string, words: string) => {
    await form.getByLabel("Action").selectOption({ label: "Refund" });
    await form.getByLabel("About a").fill("customer");
    await form.getByLabel("Request").fill(words);
    await form.getByLabel("Its id").fill(customer);
  };
  await type(
    "nora_lindgren",
    "Her desk lamp came with a broken stand. She wants the 64 dollars back, not a new one.",
  );
  await form.getByRole("button", { name: "Ask for the draft" }).click();
  await page.getByRole("link", { name: /^Refund the desk lamp/ }).waitFor();
  await type(
    "idris_cole",
    "He was charged twice for the walking boots. Give him the 189 dollars of the second time back.",
  );
  await form.getByLabel("Its id").blur();
}

async function signIn(
  browser: Browser,
  url: string,
  name: string,
  options: BrowserContextOptions,
): Promise<Page> {
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "UTC",
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await page.waitForURL(/\/inbox/);
  return page;
}
