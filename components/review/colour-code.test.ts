import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { colourCode } from "./colour-code";

const told = (line: string, language: "json" | "yaml" | "properties") =>
  colourCode(line, language)
    .filter(({ kind }) => kind !== "plain")
    .map(({ text, kind }) => `${kind} ${text}`);

describe("colours of configuration", () => {
  it("tells keys, values and comments of YAML apart", () => {
    expect(told("  timeout_ms: 2500   # a minute", "yaml")).toEqual([
      "key timeout_ms",
      "number 2500",
      "comment # a minute",
    ]);
    expect(told('- message: "Too # many: 3"', "yaml")).toEqual(["key message", 'text "Too # many: 3"']);
    expect(told("retry: true", "yaml")).toEqual(["key retry", "word true"]);
    expect(told("image: shop-2.1", "yaml")).toEqual(["key image"]);
  });

  it("tells those of JSON and of properties apart", () => {
    expect(told('  "a": [1, "b", null],', "json")).toEqual(['key "a"', "number 1", 'text "b"', "word null"]);
    expect(told("db.pool.size = 20", "properties")).toEqual(["key db.pool.size", "number 20"]);
    expect(told("# a note", "properties")).toEqual(["comment # a note"]);
  });

  it("leaves no character out, whatever the line holds", () => {
    const line = fc.oneof(fc.string(), fc.stringMatching(/^[ "'#:=,\\[{}a-z0-9-]{0,40}$/));
    fc.assert(
      fc.property(line, fc.constantFrom("json", "yaml", "properties", null), (text, language) => {
        const tokens = colourCode(text, language as "json" | null);
        expect(tokens.map((token) => token.text).join("")).toBe(text);
      }),
    );
  });

  it("takes a hundred kilobytes in one line as plain text", () => {
    expect(colourCode("a: ".repeat(40_000), "yaml")).toHaveLength(1);
  });
});
