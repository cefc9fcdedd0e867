import { describe, expect, it } from "vitest";
import { diffPayloads } from "./diff-payloads";

describe("diffPayloads", () => {
  it("names each field that differs, is new or is gone", () => {
    const from = { amount: 10, to: { city: "Bonn", zip: "1" }, gone: true };
    const to = { amount: 12, to: { city: "Bonn", zip: "2" }, fresh: null };
    expect(diffPayloads(from, to)).toEqual([
      { path: "/amount", from: 10, to: 12 },
      { path: "/to/zip", from: "1", to: "2" },
      { path: "/gone", from: true, to: undefined },
      { path: "/fresh", from: undefined, to: null },
    ]);
  });
  it("compares lists as a whole and finds nothing between equals", () => {
    expect(diffPayloads({ items: ["a", "b"] }, { items: ["b", "a"] })).toHaveLength(1);
    expect(diffPayloads({ items: [{ a: 1 }] }, { items: [{ a: 1 }] })).toEqual([]);
  });
  it("escapes keys that would read as a path", () => {
    expect(diffPayloads({ "a/b": 1 }, { "a/b": 2 })[0]?.path).toBe("/a~1b");
  });
});
