import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findValue, insertEntry, removeEntry, replaceValue } from "./json-text";

const flat = `{
  "action_type": "refund",
  "tiers": [
    { "tier": "low", "when": { "amount_lte": 50 }, "route": "auto_execute" },
    { "tier": "medium", "route": "batch_review", "name": "a \\"quoted\\" ] name" }
  ],
  "hard_blocks": ["fraud"]
}
`;

describe("a JSON text", () => {
  it("takes a new entry on a line of its own, written as its neighbours are, and nothing else changes", () => {
    const rule = {
      tier: "low",
      when: { amount_lte: 80.5 },
      route: "auto_execute",
      lease: { until: "2027-02-21" },
    };
    const lines = flat.split("\n");
    lines.splice(
      4,
      0,
      '    { "tier": "low", "when": { "amount_lte": 80.5 }, "route": "auto_execute", "lease": { "until": "2027-02-21" } },',
    );
    expect(insertEntry(flat, ["tiers"], 1, rule)).toBe(lines.join("\n"));
    expect(JSON.parse(insertEntry(flat, ["tiers"], 2, rule)).tiers[2]).toEqual(rule);
  });

  it("takes one over several lines where its neighbours are, with their indentation and line ends", () => {
    const text = '{\r\n\t"tiers": [\r\n\t\t{\r\n\t\t\t"tier": "low"\r\n\t\t}\r\n\t]\r\n}\r\n';
    expect(insertEntry(text, ["tiers"], 0, { tier: "high", when: { a: true } })).toBe(
      '{\r\n\t"tiers": [\r\n\t\t{\r\n\t\t\t"tier": "high",\r\n\t\t\t"when": {\r\n\t\t\t\t"a": true\r\n\t\t\t}\r\n\t\t},\r\n\t\t{\r\n\t\t\t"tier": "low"\r\n\t\t}\r\n\t]\r\n}\r\n',
    );
  });

  it("keeps a byte order mark in front", () => {
    expect(replaceValue(`\uFEFF${flat}`, ["action_type"], "voucher")).toBe(
      `\uFEFF${flat.replace('"refund"', '"voucher"')}`,
    );
  });

  it("stays on one line where all of it is", () => {
    expect(insertEntry('{"tiers":[{"tier":"low"}]}', ["tiers"], 1, { tier: "high" })).toBe(
      '{"tiers":[{"tier":"low"}, {"tier":"high"}]}',
    );
  });

  it("has one value replaced, braces in texts and escaped keys notwithstanding", () => {
    const text = '[{ "n\\u0061me": "a } b", "facts": {"x": [1, 2]} , "route": "batch_review" }]';
    expect(replaceValue(text, [0, "name"], "new")).toContain('"n\\u0061me": "new", "facts"');
    expect(findValue(text, [0, "facts", "x", 1])).toEqual({
      start: text.indexOf("2]"),
      end: text.indexOf("2]") + 1,
    });
    expect(findValue(text, [0, "missing"])).toBeNull();
    expect(findValue(text, [0, 0])).toBeNull();
    expect(() => replaceValue(text, [1], 0)).toThrow();
  });

  it("of any shape means the same but for the change", () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        value,
        fc.constantFrom(0, 2, "\t"),
        (list, nth, added, indent) => {
          const text = JSON.stringify({ before: [list], list, after: "]}" }, null, indent);
          const index = nth % (list.length + 1);
          const expected = [...list];
          expected.splice(index, 0, added);
          const shorter = list.filter((_, at) => at !== nth % list.length);
          expect(JSON.parse(removeEntry(text, ["list"], nth % list.length))).toEqual(
            JSON.parse(JSON.stringify({ before: [list], list: shorter, after: "]}" })),
          );
          expect(JSON.parse(insertEntry(text, ["list"], index, added))).toEqual(
            JSON.parse(JSON.stringify({ before: [list], list: expected, after: "]}" })),
          );
        },
      ),
    );
  });
});
