import { describe, expect, it } from "vitest";
import { changedFields } from "./changed-fields";

describe("what an edit changes", () => {
  it("names each changed leaf, also those that came or went", () => {
    expect(changedFields({ a: 1, b: { c: "x", d: 2 }, e: 1 }, { a: 1, b: { c: "y", d: 2 }, f: [1] })).toEqual(
      [
        { pointer: "/b/c", from: "x", to: "y" },
        { pointer: "/e", from: 1, to: undefined },
        { pointer: "/f", from: undefined, to: [1] },
      ],
    );
  });

  it("says nothing when nothing changed", () => {
    expect(changedFields({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([]);
  });
});
