import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countFound, textParts } from "./text-parts";

const told = (text: string, options = {}) =>
  textParts(text, options)
    .filter(({ kind }) => kind !== "plain")
    .map(({ kind, text: part, name }) => `${kind} ${name ?? part}`);
const tags = (letters: string) =>
  Array.from(letters, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join("");

describe("hostile text as it is drawn", () => {
  it.each([
    [
      "bidi controls",
      "pay \u202egpj\u202c",
      ["hidden RIGHT-TO-LEFT OVERRIDE (U+202E)", "hidden POP DIRECTIONAL FORMATTING (U+202C)"],
    ],
    ["zero-width characters", "pay\u200b\u200bpal", ["hidden ZERO WIDTH SPACE (U+200B) × 2"]],
    ["what tag characters spell", `hi${tags("approve")}`, ["hidden TAG CHARACTERS spelling “approve”"]],
    ["variation selectors", "A\uFE01B", ["hidden VARIATION SELECTOR (U+FE01)"]],
    ["Cyrillic letters in a Latin word", "to раypal.com", ["mixed раypal"]],
    ["Greek letters in a Latin word", "Αpple", ["mixed Αpple"]],
  ])("shows %s", (_, text, parts) => {
    expect(told(text)).toEqual(parts);
  });

  it("leaves markup as text, and honest foreign words unmarked", () => {
    expect(told("<img src=x onerror=alert(1)><script>alert(1)</script>")).toEqual([]);
    expect(told("Привет, 東京 and Ελλάδα")).toEqual([]);
  });

  it("finds whatever the case and takes what is sought literally; what is found goes before other marks", () => {
    expect(told("Order #W1 and order #W2 (a.b)", { find: "ORDER", marks: ["order #W2"] })).toEqual([
      "found Order",
      "found order",
    ]);
    expect(told("axb a.b", { find: "a.b" })).toEqual(["found a.b"]);
    expect(countFound("aAa", "a", 10)).toBe(3);
    expect(countFound("a".repeat(100), "a", 10)).toBe(10);
    expect(countFound("anything", "", 10)).toBe(0);
  });

  it("loses no character of an ordinary text, and stays bounded for the worst", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ minLength: 1, maxLength: 2 }), (text, find) => {
        const drawn = textParts(text, { find, marks: ["ab"] });
        expect(drawn.map((part) => part.text).join("")).toBe(text);
      }),
    );
    const worst = textParts("a\u202e".repeat(50_000));
    expect(worst.length).toBeLessThan(1_100);
    expect(worst.at(-1)?.text).toContain("‹U+202E›");
    expect(textParts("ab".repeat(50_000), { find: "a" }).length).toBeLessThan(3_100);
    expect(textParts("x".repeat(100_000))).toHaveLength(1);
  });
});
