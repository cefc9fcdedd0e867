import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffTexts } from "./diff-texts";

describe("comparing two texts", () => {
  it("tells what was removed and what was added between what stayed", () => {
    expect(diffTexts("a\nb\nc\n", "a\nB\nc\n")).toEqual([
      { kind: "same", lines: ["a"] },
      { kind: "removed", lines: ["b"] },
      { kind: "added", lines: ["B"] },
      { kind: "same", lines: ["c"] },
    ]);
  });

  it("does not count a missing line break at the end", () => {
    expect(diffTexts("a", "a\n")).toEqual([{ kind: "same", lines: ["a"] }]);
  });

  it("replaces the whole where nearly nothing is alike, in bounded time", () => {
    const lines = (word: string) => Array.from({ length: 5_000 }, (_, at) => `${word} ${at}`).join("\n");
    expect(diffTexts(lines("old"), lines("new")).map(({ kind }) => kind)).toEqual(["removed", "added"]);
  });

  it("keeps both texts whole", () => {
    const text = fc.array(fc.constantFrom("a", "b", "", "c d"), { minLength: 1 });
    fc.assert(
      fc.property(text, text, (from, to) => {
        const runs = diffTexts(`${from.join("\n")}\n`, `${to.join("\n")}\n`);
        const without = (kind: string) => runs.flatMap((run) => (run.kind === kind ? [] : run.lines));
        expect(without("added")).toEqual(from);
        expect(without("removed")).toEqual(to);
      }),
    );
  });
});
