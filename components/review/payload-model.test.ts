import { describe, expect, it } from "vitest";
import { payloadFields } from "./payload-model";

const schema = (properties: Record<string, unknown>) => ({ type: "object", properties });
const hints = { schema: {}, currency: "USD" };

describe("how a payload is drawn", () => {
  it("draws money with its currency, identifiers as values and arrays as lists, in the schema's order", () => {
    const fields = payloadFields(
      { amount: 354.49, item_ids: ["1", "2"], order_id: "#W1" },
      {
        schema: schema({ order_id: { title: "Order" }, item_ids: {}, amount: {} }),
        currency: "USD",
        amountFrom: "/amount",
      },
    );
    expect(fields).toMatchObject([
      { kind: "value", text: "#W1", label: "Order", pointer: "/order_id" },
      { kind: "list", items: ["1", "2"], label: "Item ids" },
      { kind: "money", amount: 354.49, currency: "USD" },
    ]);
  });

  it("draws an address as lines, leaving nothing of it out", () => {
    const address = {
      address1: "953 Park Avenue",
      address2: "Suite 613",
      city: "New York",
      country: "USA",
      state: "NY",
      zip: "10064",
    };
    const [order, lines] = payloadFields({ order_id: "#W2", ...address }, hints);
    expect(order).toMatchObject({ kind: "value" });
    expect(lines).toMatchObject({ kind: "lines", label: "Address" });
    for (const part of Object.values(address)) expect(JSON.stringify(lines)).toContain(part);
  });

  it("draws a diff as a diff and a body as text", () => {
    const fields = payloadFields({ diff: "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y", body: "Hello" }, hints);
    expect(fields.map(({ kind }) => kind)).toEqual(["diff", "text"]);
  });

  it("marks what the schema does not declare and puts it last", () => {
    const fields = payloadFields({ extra: 1, known: 2 }, { ...hints, schema: schema({ known: {} }) });
    expect(fields.map(({ pointer, declared }) => [pointer, declared])).toEqual([
      ["/known", true],
      ["/extra", false],
    ]);
  });

  it("draws nested objects as groups, and what it has no form for as a tree", () => {
    const fields = payloadFields({ target: { host: "a" }, rows: [{ a: 1 }], "a/b": null }, hints);
    expect(fields).toMatchObject([
      { kind: "group", fields: [{ pointer: "/target/host" }] },
      { kind: "tree", value: [{ a: 1 }] },
      { kind: "value", text: "—", pointer: "/a~1b" },
    ]);
  });
});
