import { describe, expect, it } from "vitest";
import { excerptsOf, lengthOf, searchTextOf } from "./evidence-model";

describe("evidence", () => {
  it("says how long it is, in characters and lines or in fields", () => {
    expect(lengthOf("a")?.words).toBe("1 character");
    expect(lengthOf("one\ntwo")?.words).toBe("7 characters, 2 lines");
    expect(lengthOf({ a: 1, b: [1, { c: 2 }] })?.words).toBe("3 fields");
    expect(lengthOf(null)).toBeNull();
  });

  it("is looked through with its title, and records with their keys and numbers", () => {
    const text = searchTextOf("Order", { total: 982.03, items: [{ name: "Lamp" }] });
    for (const part of ["Order", "total", "982.03", "Lamp"]) expect(text).toContain(part);
  });

  it("shows where something stands in a long text, by line, without the rest of it", () => {
    const text = Array.from({ length: 900 }, (_, n) => `line ${n} ${n === 500 ? "Needle" : "hay"}`).join(
      "\n",
    );
    const excerpts = excerptsOf(text, "needle", 50);
    expect(excerpts).toHaveLength(1);
    expect(excerpts[0]?.text).toContain("line 500 Needle");
    expect(excerpts[0]?.text.length).toBeLessThan(200);
    expect(text.split("\n")[(excerpts[0]?.line ?? 0) - 1]).toMatch(/^line 49\d/);
  });

  it("joins places that touch, and stops at the most it is asked for", () => {
    expect(excerptsOf("a b a", "a", 10)).toEqual([{ line: 1, text: "a b a" }]);
    const far = Array.from({ length: 40 }, () => `needle ${"x".repeat(300)}`).join("");
    expect(excerptsOf(far, "needle", 5)).toHaveLength(5);
  });

  it("takes a hundred kilobytes of nothing but matches, in pieces that can be drawn", () => {
    const excerpts = excerptsOf("a".repeat(100_000), "a", 20);
    expect(excerpts.length).toBeLessThanOrEqual(20);
    expect(Math.max(...excerpts.map(({ text }) => text.length))).toBeLessThan(2_000);
  });
});
