import { describe, expect, it } from "vitest";
import { countsOf, drawsEvidence, payloadFields } from "./payload-model";

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
      { kind: "list", items: [{ text: "1" }, { text: "2" }], label: "Item ids" },
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

  const evidence = [
    { kind: "message" as const, source: "orders", content: { address: { city: "Nowhere" } } },
    {
      kind: "record" as const,
      source: "orders",
      content: {
        address: { address1: "1 Old Street", city: "Boston", zip: "02101" },
        items: [{ item_id: 11, name: "Lamp", price: 20.5, options: { color: "red" } }],
      },
    },
  ];
  const names = { source: "orders", list: "/items", id: "item_id", show: ["name", "price", "options"] };

  it("pairs what is replaced with what replaces it, and names it as the evidence does", () => {
    const fields = payloadFields(
      { item_ids: ["11", "12"], new_item_ids: ["21", "12"] },
      {
        ...hints,
        evidence,
        schema: schema({
          item_ids: { title: "Items" },
          new_item_ids: { "x-replaces": "/item_ids", "x-names": names },
        }),
      },
    );
    expect(fields).toMatchObject([
      {
        kind: "pairs",
        label: "Items",
        pairs: [
          { from: { text: "11", about: "Lamp · price 20.5 · color red" }, to: { text: "21", about: null } },
          { from: { text: "12" }, to: { text: "12" } },
        ],
      },
    ]);
    expect(drawsEvidence(fields)).toBe(true);
    expect(countsOf(fields)).toEqual(["2 items replaced"]);
  });

  it("draws both lists when they do not pair up, so that nothing is left out", () => {
    const fields = payloadFields(
      { item_ids: ["11"], new_item_ids: ["21", "12"] },
      { ...hints, schema: schema({ item_ids: {}, new_item_ids: { "x-replaces": "/item_ids" } }) },
    );
    expect(fields.map(({ kind }) => kind)).toEqual(["list", "list"]);
  });

  it("shows what a value and an address replace, from the record of that source only", () => {
    const replaces = (key: string) => ({ "x-before": { source: "orders", pointer: `/address/${key}` } });
    const properties = { address1: replaces("address1"), city: replaces("city"), zip: replaces("zip") };
    const payload = { address1: "2 New Street", city: "Boston", zip: "02102" };
    const [field] = payloadFields(payload, { ...hints, evidence, schema: schema(properties) });
    expect(field).toMatchObject({
      kind: "lines",
      lines: ["2 New Street", "Boston, 02102"],
      before: ["1 Old Street", "Boston, 02101"],
    });
    const [city] = payloadFields({ city: "Austin" }, { ...hints, evidence, schema: schema(properties) });
    expect(city).toMatchObject({ kind: "value", text: "Austin", before: ["Boston"] });
    const [unknown] = payloadFields({ city: "Austin" }, { ...hints, schema: schema(properties) });
    expect(unknown).not.toHaveProperty("before");
  });

  it("shows every recipient in full and counts them", () => {
    const recipients = { "x-format": "recipients" };
    const fields = payloadFields(
      { to: ["a@example.com"], cc: ["b@example.com", "c@example.com"] },
      { ...hints, schema: schema({ to: recipients, cc: recipients }) },
    );
    expect(fields).toMatchObject([{ kind: "recipients" }, { items: ["b@example.com", "c@example.com"] }]);
    expect(countsOf(fields)).toEqual(["3 recipients"]);
  });

  it("takes a diff's language from the file it is for", () => {
    const properties = { file: {}, diff: { "x-format": "diff", "x-language-from": "/file" } };
    const payload = { file: "config/limits.yml", diff: "@@ -1 +1 @@\n-a: 1\n+a: 2" };
    const [, diff] = payloadFields(payload, { ...hints, schema: schema(properties) });
    expect(diff).toMatchObject({ kind: "diff", language: "yaml" });
  });
});
