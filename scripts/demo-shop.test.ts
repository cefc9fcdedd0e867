import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, it } from "vitest";
import { payloadHash } from "@/lib/trust/sha256";
import { type DemoShop, startDemoShop } from "./demo-shop";

const secret = `whsec_${Buffer.from("the shop's secret in tests").toString("base64")}`;
const folder = mkdtempSync(join(tmpdir(), "countersign-shop-"));
const ledger = join(folder, "ledger.jsonl");
let shop: DemoShop;

afterEach(async () => {
  await shop.close();
  rmSync(ledger, { force: true });
});

const open = async () => {
  shop = await startDemoShop({ port: 0, ledger, secret });
};

async function send(id: string, payload: unknown, signWith = secret) {
  const body = JSON.stringify({ action_type: "cancel_order", payload });
  const now = new Date();
  const response = await fetch(shop.url, {
    method: "POST",
    body,
    headers: {
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": new Webhook(signWith).sign(id, now, body),
    },
  });
  return { status: response.status, answer: await response.json() };
}

describe("the demo shop", () => {
  it("acts on a signed action once, however often it comes, and answers the hash of what it executed", async () => {
    await open();
    const payload = { order: "#W1", reason: "ordered by mistake" };
    const first = await send("drf_1", payload);
    expect(first).toMatchObject({ status: 200, answer: { executed_payload_hash: payloadHash(payload) } });
    expect(await send("drf_1", payload)).toEqual(first);
    expect(readFileSync(ledger, "utf8").trim().split("\n")).toHaveLength(1);
    const counts = await fetch(new URL("/ledger", shop.url)).then((response) => response.json());
    expect(counts).toEqual({ actions: 1, by_type: { cancel_order: 1 } });
  });

  it("refuses what it cannot verify", async () => {
    await open();
    const other = `whsec_${Buffer.from("another secret altogether").toString("base64")}`;
    expect((await send("drf_1", {}, other)).status).toBe(401);
    expect(shop.ledger).toEqual([]);
  });

  it("knows after a restart what it did before, and drops a line that a crash cut off", async () => {
    await open();
    await send("drf_1", { order: "#W1" });
    await shop.close();
    appendFileSync(ledger, '{"id":"drf_2","acti');
    await open();
    expect(shop.ledger.map(({ id }) => id)).toEqual(["drf_1"]);
    await send("drf_1", { order: "#W1" });
    await send("drf_2", { order: "#W2" });
    await shop.close();
    await open();
    expect(shop.ledger.map(({ id }) => id)).toEqual(["drf_1", "drf_2"]);
  });
});
