import { describe, expect, it } from "vitest";
import { diffPayloads } from "@/lib/drafts/diff-payloads";
import { drawChange } from "./change-model";

const schema = {
  properties: {
    amount: { type: "number" },
    target: { title: "Target", properties: { host: { type: "string" } } },
    diff: { "x-format": "diff" },
  },
};
const drawn = (from: unknown, to: unknown) =>
  diffPayloads(from, to).map((change) => drawChange(change, { schema, amountFrom: "/amount" }));

describe("the change of one field", () => {
  it("is told as money, as values, and as nothing before or after", () => {
    expect(drawn({ amount: 20, note: "a" }, { amount: 200, target: { host: "x" } })).toEqual([
      { path: "/amount", label: "Amount", kind: "money", from: 20, to: 200 },
      { path: "/note", label: "Note", kind: "values", from: "a", to: null },
      { path: "/target", label: "Target", kind: "values", from: null, to: "host x" },
    ]);
  });

  it("names nested fields by their labels, and goes by words in long texts", () => {
    const from = { target: { host: "a" }, diff: "-a: 1\n+a: 2" };
    expect(drawn(from, { target: { host: "b" }, diff: "-a: 1\n+a: 3" })).toMatchObject([
      { label: "Target › Host", kind: "values" },
      { kind: "words", isCode: true },
    ]);
  });

  it("tells what came into a list and what left it", () => {
    const [change] = drawn({ ids: ["1", "2", "3"] }, { ids: ["1", "4", "3"] });
    expect(change).toMatchObject({
      kind: "items",
      items: [
        { text: "1", kind: "same" },
        { text: "2", kind: "removed" },
        { text: "4", kind: "added" },
        { text: "3", kind: "same" },
      ],
    });
  });
});
