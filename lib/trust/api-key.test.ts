import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generateApiKey, parseApiKey } from "./api-key";
import { sha256Hex } from "./sha256";

describe("API keys", () => {
  it("are recognised by their hash and prefix", () => {
    const { key, hash, prefix } = generateApiKey();
    expect(key).toMatch(/^csk_[0-9A-Za-z]{39}$/);
    expect(parseApiKey(key)).toEqual({ hash, prefix });
    expect(hash).toBe(sha256Hex(key));
    expect(prefix).toBe(key.slice(0, 12));
  });

  it("keep their format: a key issued long ago is still valid", () => {
    const issued = "csk_CountersignCountersignCountersign3xu1CF";
    expect(parseApiKey(issued)).toEqual({ hash: sha256Hex(issued), prefix: "csk_Counters" });
    expect(parseApiKey(issued.replace("3xu1CF", "3xu1CG"))).toBeNull();
  });

  it("use all 192 bits: the first and last random digits vary, and no two keys are alike", () => {
    const keys = Array.from({ length: 500 }, () => generateApiKey().key);
    expect(new Set(keys).size).toBe(500);
    expect(new Set(keys.map((key) => key[5])).size).toBeGreaterThan(40);
    expect(new Set(keys.map((key) => key[36])).size).toBeGreaterThan(40);
  });

  it("are refused after any one-character change", () => {
    const { key } = generateApiKey();
    fc.assert(
      fc.property(fc.nat(key.length - 1), fc.constantFrom(..."09azAZ_ -é"), (at, character) => {
        const changed = key.slice(0, at) + character + key.slice(at + 1);
        if (changed !== key) expect(parseApiKey(changed)).toBeNull();
      }),
    );
  });

  it("are not found in junk", () => {
    const { key } = generateApiKey();
    for (const junk of ["", "csk_", key.slice(0, -1), `${key}0`, ` ${key}`, `${key}\n`, key.toUpperCase()]) {
      expect(parseApiKey(junk)).toBeNull();
    }
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => parseApiKey(text) === null));
  });
});
