import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "@/lib/db/sql";
import { startTestApi, type TestApi } from "./test-api";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api?.stop());

const push = (subject: string, facts: object, observed_at?: string) =>
  api.call("PUT", `/facts/${subject}`, {
    key: api.crm.key,
    json: { facts, ...(observed_at ? { observed_at } : {}) },
  });
const storedValue = async (type: string, id: string, name: string) =>
  (
    await api.database.db.row<{ value: unknown }>(
      sql`SELECT value FROM fact WHERE subject_type = ${type} AND subject_id = ${id} AND name = ${name}`,
    )
  )?.value;
const CLEAR = { customer_months: 12, chargeback_open: false, account_flagged_fraud: false };
const previewRefund = async (id: string) => {
  const json = {
    action_type: "refund",
    payload: { amount: 20, currency: "USD", reason: "damaged" },
    summary: "Refund 20",
    subject: { type: "customer", id },
  };
  return (await api.call("POST", "/drafts/preview", { key: api.shop.key, json })).body;
};

describe("a pushed fact", () => {
  it("decides from the next draft on, and null takes it back: unknown again", async () => {
    expect(await previewRefund("cus_1")).toMatchObject({ status: "pending", route: "batch_review" });
    await push("customer/cus_1", CLEAR);
    expect(await previewRefund("cus_1")).toMatchObject({ status: "approved", route: "auto_execute" });
    for (const name of Object.keys(CLEAR)) {
      await push("customer/cus_1", { [name]: null });
      expect((await previewRefund("cus_1")).status).toBe("pending");
      await push("customer/cus_1", CLEAR);
    }
    await push("customer/cus_1", { chargeback_open: true });
    expect((await previewRefund("cus_1")).status).toBe("blocked");
  });

  it.each([["12"], [[12]], [true], ["1e9"], [""], [-0]])(
    "of an unexpected kind (%j) never means less scrutiny",
    async (customer_months) => {
      await push("customer/cus_odd", { ...CLEAR, customer_months });
      expect((await previewRefund("cus_odd")).status).toBe("pending");
    },
  );

  it("loses against one observed later, in whatever order they come, also when they come at once", async () => {
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
    expect((await push("customer/cus_2", { level: "new" }, at(5))).body).toMatchObject({
      stored: 1,
      ignored_as_older: 0,
    });
    expect((await push("customer/cus_2", { level: "old", age: 1 }, at(1))).body).toMatchObject({
      stored: 1,
      ignored_as_older: 1,
    });
    expect(await storedValue("customer", "cus_2", "level")).toBe("new");
    expect((await push("customer/cus_2", { level: null }, at(2))).body).toMatchObject({ stored: 0 });
    const minutes = Array.from({ length: 20 }, (_, index) => 10 + ((index * 7) % 20));
    await Promise.all(
      minutes.map((minute) => push("customer/cus_2", { level: minute, other: minute }, at(minute))),
    );
    expect(await storedValue("customer", "cus_2", "level")).toBe(29);
    expect(await storedValue("customer", "cus_2", "other")).toBe(29);
  });

  it("from the future is refused, save for a clock that is a little fast", async () => {
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    expect((await push("customer/cus_3", { a: 1 }, inMinutes(2))).status).toBe(200);
    for (const time of [inMinutes(10), "9999-12-31T23:59:59Z"]) {
      expect(await push("customer/cus_3", { a: 2 }, time)).toMatchObject({
        status: 422,
        body: { code: "invalid_request", errors: [{ path: "/observed_at" }] },
      });
    }
    expect(await storedValue("customer", "cus_3", "a")).toBe(1);
  });

  it("is recorded in the trail without its value", async () => {
    await push("customer/cus_4", { nickname: "Very Private Name" });
    const events = await api.database.db.rows<{ event: object }>(
      sql`SELECT event FROM audit_event WHERE verb = 'fact.pushed' AND event->'subject'->>'id' = 'cus_4'`,
    );
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events[0])).toContain("nickname");
    expect(JSON.stringify(events[0])).not.toContain("Private");
  });
});

describe("the subject in the path", () => {
  it.each([
    "#W1234567",
    "a/b",
    "50%",
    "a b+c",
    "?x=1&y",
    "Ж💥",
    "ann@example.com",
    "%2F",
    "..",
    "'; --",
    "~",
  ])("may be %s", async (id) => {
    const path = `thing/${encodeURIComponent(id)}`;
    const answer = await push(id === ".." ? "thing/.." : path, { seen: true });
    // Two dots are a step up, whoever reads the address; everything else is an id like any other.
    if (id === "..") return expect(answer.status).toBe(404);
    expect(answer).toMatchObject({ status: 200, body: { subject: { type: "thing", id } } });
    expect(await storedValue("thing", id, "seen")).toBe(true);
  });

  it("of another spelling is another subject", async () => {
    await push(`customer/${encodeURIComponent("Zoë".normalize("NFC"))}`, CLEAR);
    for (const id of ["Zoë".normalize("NFD"), "zoë", "Zoë\u200b"]) {
      expect((await previewRefund(id)).status).toBe("pending");
    }
    expect((await previewRefund("Zoë".normalize("NFC"))).status).toBe("approved");
  });
});

it.each([
  ["no facts", {}],
  ["a name that starts with a digit", { "1st": true }],
  ["a name with a space", { "is vip": true }],
  ["a name of 101 letters", { ["n".repeat(101)]: true }],
  ["an object as value", { level: { deep: 1 } }],
  ["a list in a list", { tags: [["a"]] }],
  ["a text of 2,001 letters", { text: "x".repeat(2001) }],
  ["101 facts", Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`f${index}`, 1]))],
])("refuses %s, and stores none of the rest", async (_, facts) => {
  const answer = await push("customer/cus_5", {
    ...(Object.keys(facts).length ? { good: true } : {}),
    ...facts,
  });
  expect(answer).toMatchObject({ status: 422, body: { code: "invalid_request" } });
  expect(await storedValue("customer", "cus_5", "good")).toBeUndefined();
});
