import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { launchProduct, type Product } from "./launch-product";

test.describe.configure({ mode: "serial", timeout: 300_000 });

const isAlive = (pid: number | undefined) => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};
const processesOf = (product: Product) => Object.values(product.runtime()?.processes ?? {});
const isReady = async ({ url }: Product) =>
  (await fetch(`${url}/api/ready`).catch(() => null))?.status === 200;
const peopleOf = async (product: Product) => {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: product.runtime()!.databaseUrl });
  await client.connect();
  const { rows } = await client.query("SELECT count(*)::int AS people FROM person");
  await client.end();
  return rows[0].people as number;
};

let product: Product;
test.beforeAll(async () => {
  product = await launchProduct();
  await product.ready;
});
test.afterAll(() => product?.stop());

for (const name of ["web", "worker", "shop", "database"]) {
  test(`someone kills the ${name} process, and Countersign heals without being told`, async () => {
    const former = product.runtime()!.processes[name]!;
    process.kill(former, "SIGKILL");
    await expect.poll(() => product.runtime()?.processes[name], { timeout: 60_000 }).not.toBe(former);
    await expect.poll(() => isReady(product), { timeout: 60_000 }).toBe(true);
    expect(isAlive(product.runtime()!.processes[name])).toBe(true);
    expect(product.output()).toContain(`${name} ended (`);
    expect(await peopleOf(product)).toBeGreaterThan(5);
  });
}

test("a second npm start on the same data is told where the first one runs", async () => {
  const second = await launchProduct({ dataDir: product.dataDir });
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain("already running");
  expect(second.output()).toContain(String(product.launcher.pid));
  expect(await isReady(product)).toBe(true);
});

test("an administrator makes a key at the command line and an agent gets in with it", async () => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--import", "tsx", "scripts/keys.ts", "create", "--agent", "Story bot"],
    { env: { ...process.env, DATABASE_URL: "", DATA_DIR: product.dataDir }, encoding: "utf8" },
  );
  expect(status, stderr).toBe(0);
  const key = stdout.trimEnd().split("\n").at(-1)!;
  expect(key).toMatch(/^csk_[0-9A-Za-z]{39}$/);
  expect(stderr).not.toContain(key);
  const list = (authorization: string) =>
    fetch(`${product.url}/api/v1/drafts`, { headers: { authorization } });
  expect((await list(`Bearer ${key}`)).status).toBe(200);
  expect((await list(`Bearer ${key.slice(0, -1)}`)).status).toBe(401);
});

test("stopping it ends every process, and the next start finds all data again", async () => {
  const processes = processesOf(product);
  expect(processes.length).toBe(4);
  product.launcher.kill("SIGTERM");
  expect(await product.ended).toBe(0);
  expect(processes.filter(isAlive)).toEqual([]);
  expect(product.runtime()).toBeNull();

  const { dataDir } = product;
  product = await launchProduct({ dataDir });
  await product.ready;
  expect(product.output()).toMatch(/Demo organisation \(kept/);
  expect(product.output()).toMatch(/Web application \(unchanged/);
});

test("someone kills the launcher itself, and nothing of it stays behind", async () => {
  const processes = processesOf(product);
  expect(processes.filter(isAlive).length).toBe(4);
  product.launcher.kill("SIGKILL");
  await product.ended;
  await expect.poll(() => processes.filter(isAlive), { timeout: 30_000 }).toEqual([]);

  product = await launchProduct({ dataDir: product.dataDir });
  await product.ready;
});

test("a process that keeps crashing stops everything, with the reason", async () => {
  test.slow();
  const processes = processesOf(product);
  const crash = setInterval(() => {
    const pid = product.runtime()?.processes.shop;
    if (isAlive(pid)) process.kill(pid!, "SIGKILL");
  }, 100);
  expect(await product.ended).toBe(1);
  clearInterval(crash);
  expect(product.output()).toContain("shop crashed five times within a minute");
  expect(processes.filter(isAlive)).toEqual([]);
});

test("a taken port is said before anything is started, with what to do", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const refused = await launchProduct({ port });
  expect(await refused.ended).toBe(1);
  server.close();
  expect(refused.output()).toContain(`PORT=${port + 1} npm start`);
  expect(refused.output()).not.toContain("Embedded database");
});

test("a database of one's own without a session secret is asked for the secret", async () => {
  const refused = await launchProduct({
    environment: { DATABASE_URL: "postgresql://127.0.0.1:1/none", AUTH_SECRET: "" },
  });
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toContain("AUTH_SECRET is not set");
});

test("a policy with a mistake keeps it from starting, and the mistake is named", async () => {
  const { mkdtempSync, mkdirSync, writeFileSync, rmSync } = await import("node:fs");
  const policies = mkdtempSync("/tmp/countersign-policies-");
  mkdirSync(`${policies}/refund`);
  writeFileSync(`${policies}/refund/policy.json`, '{"action_type": "refund", "tiers": [{"tier": "lowest"}]}');
  writeFileSync(`${policies}/refund/schema.json`, '{"type": "object", "additionalProperties": false}');
  const refused = await launchProduct({ environment: { POLICIES_DIR: policies } });
  expect(await refused.ended).toBe(1);
  rmSync(policies, { recursive: true });
  expect(refused.output()).toMatch(/refund\/policy\.json.*lowest/s);
  expect(refused.output()).not.toMatch(/\n\s+at /);
});
