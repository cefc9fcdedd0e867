import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { type Database, openDatabase } from "@/lib/db/database";
import { getDirectory } from "@/lib/directory/load-directory";
import { createKey } from "@/lib/keys/create-key";
import { onCallAt } from "@/lib/routing/on-call";
import type { Runtime } from "@/scripts/launcher/runtime-file";

/** What a story needs of the running product: its database, an agent's key and a trusted system's. */
export interface Stage {
  db: Database;
  agentKey: string;
  factsKey: string;
  /** The name of whoever is on call in a schedule now. */
  onCall(scheduleId: string): Promise<string>;
  /** Calls the agents' API and answers status and body. */
  api(
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Submits a refund and answers its id; amounts over 50 wait for a person, over 500 for finance. */
  submitRefund(
    amount: number,
    options?: { summary?: string; subject?: string; reason?: string },
  ): Promise<string>;
}

/**
 * Opens the product that the suite's global set-up started, or the one `at`. `agent` names an agent of this story's own.
 */
export async function openStage(
  agent: string,
  at: { url: string; dataDir: string } = {
    url: process.env.E2E_BASE_URL!,
    dataDir: process.env.E2E_DATA_DIR!,
  },
): Promise<Stage> {
  const baseUrl = at.url;
  const runtime = JSON.parse(readFileSync(join(at.dataDir, "runtime.json"), "utf8")) as Runtime;
  const db = openDatabase(runtime.databaseUrl, 2);
  const ctx = { db, actor: { kind: "system", name: "cli" }, now: () => new Date() } as const;
  const { key: agentKey } = await createKey(ctx, { holder: { kind: "agent", name: agent } });
  const { key: factsKey } = await createKey(ctx, {
    holder: { kind: "integration", name: `${agent} records` },
    scopes: "facts:write",
  });
  const api: Stage["api"] = async (method, path, body, key = agentKey) => {
    const response = await fetch(`${baseUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return {
    db,
    agentKey,
    factsKey,
    api,
    async onCall(scheduleId) {
      const { schedules, people } = await getDirectory(db);
      const { definition, overrides } = schedules.get(scheduleId)!;
      return people.get(onCallAt(definition, overrides, new Date())!.personId)!.name;
    },
    async submitRefund(
      amount,
      { summary = `Refund ${amount} dollars`, subject = "cus_story", reason = "arrived broken" } = {},
    ) {
      const facts = { customer_months: 24, chargeback_open: false, account_flagged_fraud: false };
      const pushed = await api("PUT", `/facts/customer/${subject}`, { facts }, factsKey);
      expect(pushed.status, JSON.stringify(pushed.body)).toBe(200);
      const { status, body } = await api("POST", "/drafts", {
        action_type: "refund",
        payload: { amount, currency: "USD", reason },
        summary,
        reasoning: "The customer sent a photo of the damage.",
        evidence: [{ kind: "message", title: "Customer", content: `It ${reason}. I want my money back.` }],
        subject: { type: "customer", id: subject },
      });
      expect(status, JSON.stringify(body)).toBe(201);
      return body.id as string;
    },
  };
}

/** Signs in as one of the demo people, by name, on the page that anyone would use. */
export async function signInAs(page: Page, name: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await page.waitForURL(/\/inbox/);
}

/** Opens a draft's review and waits until the page answers to keys, as a person's eye would. */
export async function openReview(page: Page, id: string, queue: "batch" | "named" = "batch"): Promise<void> {
  await page.goto(`/inbox/${id}?queue=${queue}`);
  await whenAlive(page);
}

/** Resolves when the decision bar, which may arrive after the page around it, listens to keys. */
export const whenAlive = (page: Page): Promise<void> => whenListening(page, '[role="toolbar"]');

/** Resolves when a list's own keys act: those of the bar around it act before. */
export const whenListAlive = (page: Page): Promise<void> => whenListening(page, 'main input[type="search"]');

/** Types words into the search of a list, which `/` leads to once the page listens. */
export async function searchFor(page: Page, words: string): Promise<void> {
  const search = page.locator('main input[type="search"]').first();
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(search).toBeFocused({ timeout: 1_500 });
  }).toPass();
  await page.keyboard.type(words);
}

async function whenListening(page: Page, part: string): Promise<void> {
  await page.waitForFunction((selector) => {
    const element = document.querySelector(selector);
    const isHydrated = element !== null && Object.keys(element).some((key) => key.startsWith("__reactProps"));
    return isHydrated && document.documentElement.dataset.keys === "ready";
  }, part);
}

/** Fails the story on any error the page logs or throws, except those that `ignore` matches. */
export function watchErrors(page: Page, ignore = /^$/): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !ignore.test(message.text())) errors.push(message.text());
  });
  return errors;
}
