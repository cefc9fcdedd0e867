import { describe, expect, it } from "vitest";
import { type FormField, formFields, formValues, readForm } from "./form-model";

const schema = {
  type: "object",
  required: ["order_id", "amount"],
  properties: {
    order_id: { type: "string" },
    amount: { type: "number", minimum: 0 },
    reason: { enum: ["no longer needed", "ordered by mistake"] },
    item_ids: { type: "array", items: { type: "string" } },
    notify: { type: "boolean" },
    target: {
      type: "object",
      required: ["host"],
      properties: { host: { type: "string" }, port: { type: "integer" } },
    },
    extra: { type: "array", items: { type: "object" } },
    body: { type: "string" },
  },
};
const fields = formFields(schema, "/amount") as FormField[];
const payload = {
  order_id: "#W1",
  amount: 12.5,
  reason: "no longer needed",
  item_ids: ["1", "2 \n of two lines"],
  notify: false,
  target: { host: "a", port: 80 },
  extra: [{ a: 1 }],
  body: "",
};

describe("the edit form", () => {
  it("picks a control for each property", () => {
    expect(fields.map(({ control }) => control)).toEqual([
      "text",
      "number",
      "choice",
      "strings",
      "boolean",
      "group",
      "json",
      "longtext",
    ]);
    expect(fields[1]).toMatchObject({ money: true, required: true });
  });

  it("gives back the very same payload when nothing is edited", () => {
    expect(readForm(fields, formValues(fields, payload), payload)).toEqual({ payload, errors: {} });
  });

  it("reads edits back in their own types and keeps what it has no control for", () => {
    const values = {
      ...formValues(fields, payload),
      "/amount": "40",
      "/item_ids": "3\n\n 4 ",
      "/target/port": "81",
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

  it("says what is wrong beside the control it is wrong in", () => {
    const values = {
      ...formValues(fields, payload),
      "/order_id": "",
      "/amount": "-1",
      "/target/port": "8.5",
      "/extra": "[{",
    };
    expect(Object.keys(readForm(fields, values, payload).errors).sort()).toEqual([
      "/amount",
      "/extra",
      "/order_id",
      "/target/port",
    ]);
  });

  it("drops an optional property that was emptied", () => {
    const values = { ...formValues(fields, payload), "/reason": "" };
    expect(readForm(fields, values, payload).payload).not.toHaveProperty("reason");
  });

  it("leaves schemas with alternatives to the JSON editor", () => {
    expect(formFields({ oneOf: [] })).toBeNull();
    expect(formFields({ properties: { a: {} }, anyOf: [] })).toBeNull();
  });
});
