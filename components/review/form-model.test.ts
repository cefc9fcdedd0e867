import { describe, expect, it } from "vitest";
import { emptyValue, type FormField, type FormValues, formFields, formValues } from "./form-model";
import { readForm } from "./read-form";

const schema = {
  type: "object",
  required: ["order_id", "amount"],
  properties: {
    order_id: { type: "string", pattern: "^#W[0-9]+$", examples: ["#W1234567"] },
    amount: { type: "number", exclusiveMinimum: 0, maximum: 1000 },
    reason: { enum: ["no longer needed", "ordered by mistake"] },
    item_ids: { type: "array", items: { type: "string" }, minItems: 1 },
    notify: { type: "boolean" },
    target: {
      type: "object",
      required: ["host"],
      properties: { host: { type: "string" }, port: { type: "integer" } },
    },
    lines: {
      type: "array",
      items: {
        type: "object",
        required: ["sku"],
        properties: { sku: { type: "string" }, count: { type: "integer" } },
      },
    },
    extra: { type: "array", items: { type: "object" } },
    body: { type: "string", maxLength: 20 },
    until: { type: "string", format: "date" },
    diff: { type: "string", "x-format": "diff" },
  },
};
const fields = formFields(schema, { amountFrom: "/amount" }) as FormField[];
const payload = {
  order_id: "#W1",
  amount: 12.5,
  reason: "no longer needed",
  item_ids: ["1", "2 \n of two lines"],
  notify: false,
  target: { host: "a", port: 80 },
  lines: [{ sku: "x", count: 1, hidden: true }, { sku: "y" }],
  extra: [{ a: 1 }],
  body: "",
  until: "2026-12-31",
  diff: "@@ -1 +1 @@\n-a\n+b",
};
const edited = (changes: FormValues) =>
  readForm(fields, { ...formValues(fields, payload), ...changes }, payload);

describe("the edit form", () => {
  it("picks a control for each property", () => {
    expect(fields.map(({ control }) => control)).toEqual([
      "text",
      "number",
      "choice",
      "list",
      "boolean",
      "group",
      "list",
      "json",
      "longtext",
      "date",
      "code",
    ]);
    expect(fields[1]).toMatchObject({ money: true, required: true });
  });

  it("gives back the very same payload when nothing is edited", () => {
    expect(edited({})).toEqual({ payload, errors: {} });
  });

  it("reads edits back in their own types and keeps what it has no control for", () => {
    const values = {
      ...formValues(fields, payload),
      amount: "40",
      item_ids: ["3", "4"],
      target: { host: "a", port: "81" },
    };
    const read = readForm(fields, values, { ...payload, undeclared: 1 });
    expect(read.errors).toEqual({});
    expect(read.payload).toMatchObject({
      amount: 40,
      item_ids: ["3", "4"],
      target: { host: "a", port: 81 },
      undeclared: 1,
    });
  });

  it("adds, removes and moves items of a list, which keep what their controls do not show", () => {
    const [first, second] = formValues(fields, payload).lines as FormValues[];
    const read = edited({ lines: [second!, first!, { sku: "z", count: "3" }] });
    expect(read.payload.lines).toEqual([
      { sku: "y" },
      { sku: "x", count: 1, hidden: true },
      { sku: "z", count: 3 },
    ]);
    expect(edited({ lines: [] }).payload.lines).toEqual([]);
    const lines = fields.find(({ key }) => key === "lines");
    expect(lines?.control === "list" && emptyValue(lines.item)).toEqual({ sku: "" });
  });

  it("says what is wrong beside the control it is wrong in", () => {
    const read = edited({
      order_id: "",
      amount: "0",
      item_ids: [],
      target: { host: "a", port: "8.5" },
      lines: [{ sku: "" }],
      extra: "[{",
      body: "x".repeat(25),
    });
    expect(read.errors).toEqual({
      "/order_id": "Needed.",
      "/amount": "Must be over 0.",
      "/item_ids": "At least 1.",
      "/target/port": "Must be a whole number.",
      "/lines/0/sku": "Needed.",
      "/extra": "This is not valid JSON.",
      "/body": "5 characters too long.",
    });
    expect(edited({ order_id: "W1" }).errors).toEqual({ "/order_id": "Must look like #W1234567." });
  });

  it("takes an amount only as people cannot misread it", () => {
    expect(edited({ amount: "1,50" }).errors["/amount"]).toContain("without separators");
    expect(edited({ amount: "12.345" }).errors["/amount"]).toBe("At most two decimals.");
    expect(edited({ amount: "0x10" }).errors["/amount"]).toBe("Must be a number.");
    expect(edited({ amount: " 40.5 " }).payload.amount).toBe(40.5);
  });

  it("drops an optional property that was emptied, and keeps an empty text that was one", () => {
    expect(edited({ reason: "" }).payload).not.toHaveProperty("reason");
    expect(edited({}).payload).toHaveProperty("body", "");
  });

  it("gives a form to schemas whose alternatives only narrow it, and JSON to those that bring other properties", () => {
    const narrowed = {
      properties: { a: { type: "string" } },
      anyOf: [{ properties: { a: { minLength: 2 } } }],
    };
    expect(formFields(narrowed)).toHaveLength(1);
    expect(formFields({ oneOf: [] })).toBeNull();
    expect(formFields({ properties: { a: {} }, anyOf: [{ properties: { b: {} } }] })).toBeNull();
  });
});
