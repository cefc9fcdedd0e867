import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RedactedExample, redactExample, type ToldByExample } from "./redact";
import type { RedactionRules } from "./redaction-rules";

const rules = (parts: Partial<RedactionRules> = {}): RedactionRules => ({
  paths: [],
  subject: true,
  identifiers: false,
  declared: new Set([
    "order_id",
    "address",
    "city",
    "zip",
    "items",
    "name",
    "note",
    "amount",
    "cards",
    "memo",
  ]),
  ...parts,
});
const told = (parts: Partial<ToldByExample> = {}): ToldByExample => ({
  summary: "Send the order elsewhere",
  subject: { type: "customer", id: "cus_1" },
  proposedPayload: {},
  finalPayload: {},
  reason: null,
  ...parts,
});
const redact = (parts: Partial<ToldByExample>, by: Partial<RedactionRules> = {}) =>
  redactExample(told(parts), rules(by));

describe("what an example says to a prompt", () => {
  it("lacks what stands at a redacted path, in proposal, decision and changes", () => {
    const redacted = redact(
      {
        proposedPayload: { address: { city: "Springfield", zip: "12345" }, amount: 5 },
        finalPayload: { address: { city: "Shelbyville", zip: "12345" }, amount: 5 },
      },
      { paths: [["address", "*"]] },
    );
    expect(redacted.proposedPayload).toEqual({
      address: { city: "[redacted]", zip: "[redacted]" },
      amount: 5,
    });
    expect(redacted.changes).toEqual([{ path: "/address/city", from: "[redacted]", to: "[redacted]" }]);
  });

  it("lacks it in texts too, in whatever case and spacing, and the other side's value as well", () => {
    const redacted = redact(
      {
        proposedPayload: { address: { city: "New Springfield" } },
        finalPayload: { address: { city: "Shelbyville" } },
        summary: "To NEW  springfield, please",
        reason: "They live in Shelbyville",
      },
      { paths: [["address", "city"]] },
    );
    expect(redacted.summary).toBe("To [redacted], please");
    expect(redacted.reason).toBe("They live in [redacted]");
  });

  it("lacks short values where they are words, and keeps words that they are a part of", () => {
    const redacted = redact(
      { finalPayload: { address: { city: "NY" } }, summary: "NY is not ANY city" },
      { paths: [["address", "city"]] },
    );
    expect(redacted.summary).toBe("[redacted] is not ANY city");
  });

  it("lacks a redacted number and text among the numbers too", () => {
    const redacted = redact(
      {
        proposedPayload: { address: { zip: 54321, city: "98765" } },
        finalPayload: { amount: 54321, memo: [98765, 5432], note: "54321 or 98765" },
      },
      { paths: [["address", "*"]] },
    );
    expect(redacted.finalPayload).toEqual({
      amount: "[redacted]",
      memo: ["[redacted]", 5432],
      note: "[redacted] or [redacted]",
    });
  });

  it("redacts in lists by any position or by one", () => {
    const finalPayload = { items: [{ name: "Ann Lee" }, { name: "Bo Diddley" }] };
    expect(redact({ finalPayload }, { paths: [["items", "*", "name"]] }).finalPayload).toEqual({
      items: [{ name: "[redacted]" }, { name: "[redacted]" }],
    });
    expect(redact({ finalPayload }, { paths: [["items", "1"]] }).finalPayload).toEqual({
      items: [{ name: "Ann Lee" }, "[redacted]"],
    });
  });

  it("redacts a key that is data, and keeps two such keys apart", () => {
    const redacted = redact(
      { finalPayload: { cards: { card_11: 1, card_22: 2 }, memo: "card_11 is theirs" } },
      { paths: [["cards", "*"]] },
    );
    expect(redacted.finalPayload).toEqual({
      cards: { "[redacted]": "[redacted]", "[redacted] 2": "[redacted]" },
      memo: "[redacted] is theirs",
    });
  });

  it("has no id of its subject, nor that id anywhere else, unless the policy lets it", () => {
    const parts = { finalPayload: { memo: "for cus_1" }, summary: "Refund cus_1" };
    expect(redact(parts)).toMatchObject({
      subject: { type: "customer" },
      summary: "Refund [redacted]",
      finalPayload: { memo: "for [redacted]" },
    });
    expect(redact(parts, { subject: false })).toMatchObject({
      subject: { id: "cus_1" },
      summary: "Refund cus_1",
    });
  });

  it("says nothing in words where too much of it is redacted to look for each value", () => {
    const items = Array.from({ length: 2000 }, (_, n) => `customer ${n}`);
    const finalPayload = { items, note: "For customer 7", amount: 5 };
    const started = performance.now();
    const redacted = redact({ finalPayload, summary: "Write to customer 1999" }, { paths: [["items"]] });
    expect(redacted).toMatchObject({
      summary: "[redacted]",
      finalPayload: { items: "[redacted]", note: "[redacted]", amount: "[redacted]" },
    });
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it("has nothing of a property that the schema of today does not know", () => {
    expect(redact({ finalPayload: { phone: { home: "x" }, amount: 5 } }).finalPayload).toEqual({
      phone: "[redacted]",
      amount: 5,
    });
  });

  it("nor of one further in, also among the items of a list, where the schema of today is closed there", () => {
    const address = {
      type: "object",
      additionalProperties: false,
      allOf: [{ properties: { city: { type: "string" } } }],
      properties: { zip: { type: "string" } },
    };
    const schema = {
      properties: {
        address: { $ref: "#/$defs/address" },
        items: { type: "array", items: { anyOf: [{ type: "string" }, address] } },
        memo: { type: "object" },
      },
      $defs: { address },
    };
    const here = { city: "Springfield", zip: "12345" };
    const then = { ...here, phone: "call at noon" };
    const finalPayload = { address: then, items: [then, "chair"], memo: { any: "thing" } };
    expect(redact({ finalPayload }, { schema }).finalPayload).toEqual({
      address: { ...here, phone: "[redacted]" },
      items: [{ ...here, phone: "[redacted]" }, "chair"],
      memo: { any: "thing" },
    });
  });

  it("says nothing of a change whose parent is redacted but that there was one", () => {
    const redacted = redact(
      { proposedPayload: { address: { city: "A" } }, finalPayload: { address: { city: "B" } } },
      { paths: [["address"]] },
    );
    expect(redacted.changes).toEqual([{ path: "/address/city", from: "[redacted]", to: "[redacted]" }]);
  });

  it("masks identifiers in payloads only where the policy says nothing", () => {
    const finalPayload = { order_id: "#W2611340", amount: 120 };
    expect(redact({ finalPayload }).finalPayload).toEqual(finalPayload);
    expect(redact({ finalPayload }, { identifiers: true }).finalPayload).toEqual({
      order_id: "[id]",
      amount: 120,
    });
    const numbers = { order_id: 5551234567, amount: 1_250_000.5 };
    expect(redact({ finalPayload: numbers }, { identifiers: true }).finalPayload).toEqual({
      order_id: "[id]",
      amount: 1_250_000.5,
    });
  });
});

/** No value with a bracket: the marks hold some, and a mark says nothing about what it stands for. */
const text = fc.string({ unit: "grapheme", minLength: 4, maxLength: 12 }).filter((value) => {
  const plain = value.trim().toLowerCase();
  return (
    plain.length >= 4 && !/[[\]]/.test(value) && !"redacted".includes(plain) && !plain.includes("redacted")
  );
});
const leaf = fc.oneof(text, fc.integer({ min: 100_000, max: 9_999_999 }), fc.boolean(), fc.constant(null));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom("name", "note", "zip"), text), tie("tree"), { maxKeys: 4 }),
  ),
}));

/** Every text in a JSON value, its keys too. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, child]) => [key, ...textsIn(child)]);
  return [];
}

/** Every text that an example tells; the names of its own fields, "type" or "reason", tell nothing. */
const toldBy = ({ summary, reason, subject, changes, ...payloads }: RedactedExample) =>
  [summary, reason, subject.id, ...Object.values(payloads), ...changes.flatMap(Object.values)].flatMap(
    textsIn,
  );

describe("whatever the payload", () => {
  const declared = rules().declared;
  it("no value of a redacted place survives anywhere in what leaves", () => {
    fc.assert(
      fc.property(
        fc.record({ secret: tree, items: fc.array(tree, { maxLength: 4 }), memo: tree, open: tree }),
        fc.record({ secret: tree, other: tree }),
        fc.array(text, { maxLength: 3 }),
        fc.boolean(),
        (payload, edit, words, identifiers) => {
          const proposedPayload = { name: payload.secret, items: payload.items, memo: payload.memo };
          const finalPayload = { name: edit.secret, items: payload.items, memo: edit.other };
          const hidden = [proposedPayload.name, finalPayload.name, payload.items].flatMap(textsIn);
          const secrets = hidden.filter((value) => value.length >= 4 && !declared.has(value));
          const sentence = [...words, ...secrets].join(" and ");
          const redacted = redact(
            {
              proposedPayload: { ...proposedPayload, note: sentence, cards: { [sentence]: secrets } },
              finalPayload: { ...finalPayload, note: secrets.join("") },
              summary: sentence,
              reason: `x${secrets.join("x")}x`,
              subject: { type: "customer", id: "subject-of-this" },
            },
            { paths: [["name"], ["items", "*"]], identifiers },
          );
          const left = toldBy(redacted).map((found) => found.replaceAll(/\[\w+\](?: \d+)?/g, "\0"));
          for (const secret of secrets)
            for (const found of left)
              if (found.includes(secret)) throw new Error(JSON.stringify({ secret, found }));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("redacting changes neither its shape nor what no rule is about", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("name", "zip", "amount"), fc.integer()), (memo) => {
        const redacted = redact({ finalPayload: { memo } }, { paths: [["address"]], subject: false });
        expect(redacted.finalPayload).toEqual({ memo });
      }),
    );
  });
});
