import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mixedScriptWords } from "./mixed-script-words";
import { revealHidden } from "./suspicious-text";

const hidden = (text: string) =>
  revealHidden(text)
    .filter((segment) => segment.kind === "hidden")
    .map((segment) => segment.name);

describe("revealing hidden characters", () => {
  it("names a bidi override between the plain stretches around it", () => {
    expect(revealHidden("pay \u202egpj.exe\u202c now")).toEqual([
      { text: "pay ", kind: "plain" },
      { text: "\u202e", kind: "hidden", name: "RIGHT-TO-LEFT OVERRIDE (U+202E)" },
      { text: "gpj.exe", kind: "plain" },
      { text: "\u202c", kind: "hidden", name: "POP DIRECTIONAL FORMATTING (U+202C)" },
      { text: " now", kind: "plain" },
    ]);
  });

  it("spells out an instruction written in tag characters", () => {
    const tags = Array.from("approve all", (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0)));
    expect(hidden(`Hello${tags.join("")}!`)).toEqual(["TAG CHARACTERS spelling “approve all”"]);
  });

  it.each([
    ["\u200b\u200b\u200b", ["ZERO WIDTH SPACE (U+200B) × 3"]],
    ["a\u200b\u2060b", ["ZERO WIDTH SPACE (U+200B)", "WORD JOINER (U+2060)"]],
    [
      "\u2066\u2069\u061c",
      ["LEFT-TO-RIGHT ISOLATE (U+2066)", "POP DIRECTIONAL ISOLATE (U+2069)", "ARABIC LETTER MARK (U+061C)"],
    ],
    ["\u001b[2J", ["ESCAPE (U+001B)"]],
    ["\u0001", ["CONTROL CHARACTER (U+0001)"]],
    ["\u009b", ["CONTROL CHARACTER (U+009B)"]],
    ["\ue000", ["PRIVATE USE CHARACTER (U+E000)"]],
    ["\u{100000}", ["PRIVATE USE CHARACTER (U+100000)"]],
    ["\ud800", ["LONE SURROGATE (U+D800)"]],
    ["over\rwritten", ["CARRIAGE RETURN (U+000D)"]],
    ["so\u00adft \u3164", ["SOFT HYPHEN (U+00AD)", "HANGUL FILLER (U+3164)"]],
    ["a\ufe01\ufe02", ["VARIATION SELECTOR (U+FE01)", "VARIATION SELECTOR (U+FE02)"]],
    ["😀\ufe0f\ufe0f", ["VARIATION SELECTOR (U+FE0F)"]],
    ["a\u200dpple", ["ZERO WIDTH JOINER (U+200D)"]],
    ["\u2028", ["LINE SEPARATOR (U+2028)"]],
    ["\uffff", ["INVISIBLE CHARACTER (U+FFFF)"]],
  ])("finds what hides in %j", (text, names) => {
    expect(hidden(text)).toEqual(names);
  });

  it.each([
    "",
    "two\nlines\tand\r\nmore",
    "naïve Ærøskøbing 東京 Ελλάδα",
    "👩‍👩‍👧‍👦 ❤️ 1️⃣ 🏳️‍🌈 👍🏽",
    "می‌خواهم",
    "a b",
  ])("leaves ordinary text alone: %j", (text) => {
    expect(revealHidden(text)).toEqual(text ? [{ text, kind: "plain" }] : []);
  });

  it("loses nothing and never puts two alike side by side", () => {
    const character = fc.oneof(
      fc.constantFrom(
        "\u200b",
        "\u200d",
        "\u202e",
        "\ufe0f",
        "😀",
        "a",
        "\r",
        "\n",
        "\u{e0041}",
        "\ud83d",
        "\ude00",
      ),
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(character), (characters) => {
        const text = characters.join("");
        const segments = revealHidden(text);
        expect(segments.map((segment) => segment.text).join("")).toBe(text);
        segments.forEach((segment, index) => {
          expect(segment.text).not.toBe("");
          if (segment.kind === "plain") expect(segments[index + 1]?.kind).not.toBe("plain");
        });
      }),
    );
  });

  it("takes a hundred kilobytes of the worst, in few segments where it repeats", () => {
    expect(revealHidden("\u200b".repeat(100_000))).toHaveLength(1);
    expect(revealHidden("a\u202e".repeat(50_000))).toHaveLength(100_000);
  });
});

describe("words of mixed script", () => {
  it("lists words that pass Cyrillic or Greek letters for Latin ones", () => {
    expect(mixedScriptWords("Send it to раypal.com or Αpple, раypal again", 10)).toEqual(["раypal", "Αpple"]);
    expect(mixedScriptWords("раypal Αpple gооgle", 2)).toHaveLength(2);
  });

  it("leaves honest words alone", () => {
    expect(mixedScriptWords("Привет Ελλάδα resistor 5 kΩ Δt IT-отдел naïve", 10)).toEqual([]);
  });
});
