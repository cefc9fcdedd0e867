import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import Provider from "oidc-provider";
import { type Database, openDatabase } from "@/lib/db/database";
import { findFreePort } from "@/scripts/launcher/claim-port";
import { launchProduct, type Product } from "./launch-product";

test.describe.configure({ mode: "serial", timeout: 120_000 });

let issuer: string;
let provider: Server;
let product: Product;
let db: Database;

/** A real OpenID provider on loopback, whose development screens take any name for an account. */
async function startProvider(redirectUri: string): Promise<{ server: Server; issuer: string }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const oidc = new Provider(url, {
    clients: [
      { client_id: "countersign", client_secret: "a-secret-of-the-tests", redirect_uris: [redirectUri] },
    ],
    features: { devInteractions: { enabled: true } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: id }) }),
    pkce: { required: () => true },
  });
  server.on("request", oidc.callback());
  return { server, issuer: url };
}

test.beforeAll(async () => {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  ({ server: provider, issuer } = await startProvider(`${url}/api/auth/callback/oidc`));
  product = await launchProduct({
    port,
    environment: {
      DEMO: "0",
      AUTH_URL: url,
      AUTH_OIDC_ISSUER: issuer,
      AUTH_OIDC_CLIENT_ID: "countersign",
      AUTH_OIDC_CLIENT_SECRET: "a-secret-of-the-tests",
    },
  });
  await product.ready;
  db = openDatabase(product.runtime()!.databaseUrl, 1);
  await db.prisma.person.create({
    data: {
      id: "per_olga",
      name: "Olga Petrov",
      email: "olga@example.com",
      roles: { create: { role: "approver" } },
      identities: { create: { issuer, subject: "olga" } },
    },
  });
});
test.afterAll(async () => {
  await db?.close();
  await product?.stop();
  provider?.closeAllConnections();
  provider?.close();
});

async function signInAtProvider(page: Page, account: string): Promise<void> {
  await page.goto(`${product.url}/inbox`);
  await expect(page.getByText(/demo/i)).toHaveCount(0);
  await page.getByRole("button", { name: /sign.on|sign in/i }).click();
  await page.waitForURL((url) => url.origin === issuer);
  await page.locator("input[name=login]").fill(account);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
  await page.locator("button[type=submit]").click();
}

test("a person signs in at the organisation's provider and is let in by who it says they are", async ({
  page,
}) => {
  await signInAtProvider(page, "olga");
  await page.waitForURL(/\/inbox/);
  await expect(page.getByText("Olga Petrov").first()).toBeVisible();
});

test("somebody the organisation does not know gets no further than a page that says so", async ({ page }) => {
  await signInAtProvider(page, "mallory");
  await page.waitForURL(/no-account/);
  await page.goto(`${product.url}/inbox`);
  await expect(page).toHaveURL(/\/sign-in/);
});

test("nobody signs in as a demo person outside demo mode", async ({ request }) => {
  const { csrfToken } = await (await request.get(`${product.url}/api/auth/csrf`)).json();
  await request.post(`${product.url}/api/auth/callback/demo`, { form: { csrfToken, personId: "per_olga" } });
  const session = await (await request.get(`${product.url}/api/auth/session`)).json();
  expect(session).toEqual({});
});

test("a person who is disabled is out at once", async ({ page }) => {
  await signInAtProvider(page, "olga");
  await page.waitForURL(/\/inbox/);
  await db.prisma.person.update({ where: { id: "per_olga" }, data: { disabledAt: new Date() } });
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);
});
