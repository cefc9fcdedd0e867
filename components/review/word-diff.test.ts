import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wordDiff } from "./word-diff";

describe("the difference of two texts", () => {
  it("is told by words", () => {
    expect(wordDiff("We refund 20 dollars today.", "We refund 200 dollars tomorrow.")).toEqual([
      { text: "We refund ", kind: "same" },
      { text: "20", kind: "removed" },
      { text: "200", kind: "added" },
      { text: " dollars ", kind: "same" },
      { text: "today", kind: "removed" },
      { text: "tomorrow", kind: "added" },
      { text: ".", kind: "same" },
    ]);
  });

  it("gives both texts back in full", () => {
    const text = fc.stringMatching(/^[ab \n.]{0,60}$/);
    fc.assert(
      fc.property(text, text, (from, to) => {
        const parts = wordDiff(from, to);
        const without = (kind: string) =>
          parts
            .filter((part) => part.kind !== kind)
            .map((part) => part.text)
            .join("");
        expect(without("added")).toBe(from);
        expect(without("removed")).toBe(to);
      }),
    );
  });

  it("does not compare hundreds of kilobytes of nothing in common word by word", () => {
    const from = Array.from({ length: 8_000 }, (_, n) => `a${n}`).join("\n");
    const to = Array.from({ length: 8_000 }, (_, n) => `b${n}`).join("\n");
    expect(wordDiff(from, to)).toHaveLength(2);
  });
});
