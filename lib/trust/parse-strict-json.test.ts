import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseStrictJson } from "./parse-strict-json";

const read = (text: string, limits?: Parameters<typeof parseStrictJson>[1]) =>
  parseStrictJson(new TextEncoder().encode(text), limits);

function offence(text: string) {
  const result = read(text);
  return result.ok ? "accepted" : [result.code, result.path, result.offset];
}

describe("strict JSON", () => {
  it.each([
    ['{"a":1,"a":2}', ["duplicate_key", "/a", 7]],
    ['{"a":{"b":[0,{"c":1,"\\u0063":2}]}}', ["duplicate_key", "/a/b/1/c", 20]],
    ['{"é":0,"x/y~z":9007199254740992}', ["number_out_of_range", "/x~1y~0z", 16]],
    ["[-9007199254740992]", ["number_out_of_range", "/0", 1]],
    ["[1e400]", ["number_out_of_range", "/0", 1]],
    ["[9.007199254740993e15]", ["number_out_of_range", "/0", 1]],
    ["[9007199254740993.5]", ["number_out_of_range", "/0", 1]],
    ['["\\ud800"]', ["lone_surrogate", "/0", 1]],
    ['{"\\udc00\\ud800":1}', ["lone_surrogate", "", 1]],
    ['{"a":"x\\u0000"}', ["nul_character", "/a", 5]],
    ['{"a\\u0000":1}', ["nul_character", "", 1]],
    ['{"a":"\u0000"}', ["invalid_json", "/a", 5]],
    ['{"a":{"__proto__":1}}', ["forbidden_key", "/a/__proto__", 6]],
    ['{"\\u005f_proto__":1}', ["forbidden_key", "/__proto__", 1]],
    ["\ufeff{}", ["invalid_json", "", 0]],
    ['{"a":1} x', ["invalid_json", "", 8]],
    ["", ["invalid_json", "", 0]],
    ["{'a':1}", ["invalid_json", "", 1]],
    ['{"a":01}', ["invalid_json", "", 6]],
    ['{"a":NaN}', ["invalid_json", "/a", 5]],
    ['["a\nb"]', ["invalid_json", "/0", 1]],
    ['["never closed\\"', ["invalid_json", "/0", 1]],
  ])("refuses %j with code, path and byte offset", (text, expected) => {
    expect(offence(text)).toEqual(expected);
  });

  it("keeps the largest exact integers, negative zero, fractions and names that only look dangerous", () => {
    const text =
      '{"max":9007199254740991,"min":-9007199254740991,"f":0.1,"toString":1,"constructor":{"prototype":2}}';
    expect(read(text)).toEqual({ ok: true, value: JSON.parse(text) });
    expect(read("-0")).toEqual({ ok: true, value: -0 });
  });

  it("counts 32 levels as allowed and the 33rd as too deep, at its path", () => {
    expect(read("[".repeat(32) + "]".repeat(32)).ok).toBe(true);
    expect(read("[".repeat(33) + "]".repeat(33))).toMatchObject({
      code: "too_deep",
      path: "/0".repeat(32),
      offset: 32,
    });
    expect(read("[[]]", { maxDepth: 1 })).toMatchObject({ ok: false, code: "too_deep" });
    expect(read("[[],[],{}]", { maxDepth: 2 }).ok).toBe(true);
  });

  it("refuses a body above the limit before it looks at it", () => {
    expect(read('"123456"', { maxBytes: 8 }).ok).toBe(true);
    expect(read('"1234567"', { maxBytes: 8 })).toMatchObject({ ok: false, code: "too_large" });
  });

  it("names the byte at which UTF-8 breaks, also after a replacement character that was really sent", () => {
    const bytes = Buffer.concat([Buffer.from('["\ufffd ä '), Buffer.from([0xc3, 0x28]), Buffer.from('"]')]);
    expect(parseStrictJson(bytes)).toMatchObject({ ok: false, code: "invalid_utf8", offset: 9 });
    expect(parseStrictJson(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]))).toMatchObject({
      code: "invalid_utf8",
    });
  });

  it("reads two megabytes of escapes", () => {
    const text = JSON.stringify(`${'"\n'.repeat(500_000)}\\\\`);
    expect(read(text, { maxBytes: 4_000_000 })).toEqual({ ok: true, value: JSON.parse(text) });
  });

  it("gives back every I-JSON value that it is sent", () => {
    const key = fc.string({ unit: "binary" }).filter((k) => k !== "__proto__" && !k.includes("\u0000"));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constant(null),
        fc.boolean(),
        fc.double({ noNaN: true, min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
        fc.maxSafeInteger(),
        key,
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 2, "\t"), (sent, space) => {
        const text = JSON.stringify(sent, null, space);
        expect(read(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
      { numRuns: 300 },
    );
  });

  it("never throws, and accepts nothing that JSON.parse refuses or reads differently", () => {
    const token = fc.constantFrom(
      ...'{}[]:,"\\ue-+.0123456789truefalsn \n'.split(""),
      '"a"',
      '"b":',
      "[1,",
      '{"a":',
      "\\ud83d\\ude00",
      "\\ud800",
      "null",
      "true",
      "1e5",
      "\ufeff",
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.array(token, { maxLength: 14 }).map((tokens) => Buffer.from(tokens.join(""))),
    );
    fc.assert(
      fc.property(bytes, (sent) => {
        const result = parseStrictJson(sent);
        let plain: { value: unknown } | null = null;
        try {
          plain = {
            value: JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(sent)),
          };
        } catch {}
        if (result.ok) expect(plain).toEqual({ value: result.value });
        else if (result.code === "invalid_json" || result.code === "invalid_utf8") expect(plain).toBeNull();
      }),
      { numRuns: 3000 },
    );
  });
});
