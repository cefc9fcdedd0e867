import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import type { EmbedInput } from "./embedder-builtin";
import { embeddingText } from "./embedding-text";
import { type RedactionRules, redactionRulesOf } from "./redaction-rules";

const rules: RedactionRules = {
  paths: [["address", "*"]],
  subject: false,
  identifiers: true,
  declared: new Set([
    "order_id",
    "reason",
    "amount",
    "address",
    "city",
    "api_key",
    "notify",
    "items",
    "name",
  ]),
};
const draft = (over: Partial<EmbedInput> = {}): EmbedInput => ({
  actionType: "cancel_pending_order",
  subjectType: "customer",
  summary: "Cancel order #W6619432 ($298)",
  payload: { order_id: "#W6619432", reason: "ordered by mistake", amount: 298, notify: true },
  amount: 298,
  evidence: [
    {
      kind: "message",
      title: "Asked",
      content: "Cancel #W6619432, call +1 555-123-4567 or ann@shop.example.",
    },
    {
      kind: "record",
      title: "Order",
      content: { status: "pending", address: "12 Elm Street", user_id: "ann_1234" },
    },
  ],
  ...over,
});

describe("what an endpoint is sent of a draft", () => {
  it("has nothing of what a rule redacts, be it the amount or a state that a record repeats", () => {
    const redacting = { ...rules, paths: [["amount"], ["reason"]] };
    const records = [{ kind: "record" as const, title: "Order", content: { reason: "ordered by mistake" } }];
    const text = embeddingText(draft({ summary: "Cancel it", evidence: records }), redacting);
    expect(text).not.toMatch(/298|mistake/);
  });

  it("says what kind of action it is, with summary, amount, fields, states and messages", () => {
    expect(embeddingText(draft(), rules)).toBe(
      [
        "cancel pending order for a customer",
        "Cancel order # ($298)",
        "amount: 298",
        "order id: #",
        "reason: ordered by mistake",
        "amount: 298",
        "notify: true",
        "status: pending",
        "Cancel #, call # or #.",
      ].join("\n"),
    );
  });

  it("is the same for two drafts that differ in whom they are about", () => {
    const about = (order: string, mail: string) =>
      draft({
        summary: `Cancel order ${order}`,
        payload: { order_id: order },
        evidence: [{ kind: "message", title: "Asked", content: `Please cancel ${order}; I am ${mail}` }],
      });
    expect(embeddingText(about("#W1111111", "a@b.example"), rules)).toBe(
      embeddingText(about("#W2222222", "somebody.else@c.example"), rules),
    );
  });

  it("holds nothing that a policy redacts, wherever it stands, nor a field that is secret by its name", () => {
    const text = embeddingText(
      draft({
        summary: "Send it to Willow Lane",
        payload: {
          address: { city: "Willow Lane" },
          api_key: "hunter two",
          items: [{ name: "Lamp", password: "x y z" }],
        },
        evidence: [
          { kind: "message", title: "Asked", content: "I live in willow lane." },
          { kind: "record", title: "Order", content: { status: "open", token: { type: "tok en" } } },
        ],
      }),
      rules,
    );
    for (const gone of [/willow/i, /hunter/, /x y z/, /tok en/]) expect(text).not.toMatch(gone);
    expect(text).toContain("Lamp");
  });

  it("is told of an action type that no policy covers only by summary and messages", () => {
    const strict = redactionRulesOf({ raw: {}, payloadSchema: {} } as never);
    expect(embeddingText(draft(), strict)).not.toContain("mistake");
  });

  it("is bounded whatever it is given", () => {
    const policies = loadPolicies("policies");
    const input = fc.record({
      actionType: fc.string(),
      subjectType: fc.string(),
      summary: fc.string({ unit: "binary", maxLength: 2000 }),
      payload: fc.dictionary(fc.string(), fc.jsonValue()),
      amount: fc.option(fc.double()),
      evidence: fc.array(
        fc.record({
          kind: fc.constantFrom("message", "record", "document"),
          title: fc.string(),
          content: fc.option(fc.jsonValue(), { nil: undefined }),
        }),
        { maxLength: 20 },
      ),
    });
    fc.assert(
      fc.property(input, fc.constantFrom(...policies.values()), (any, policy) => {
        const text = embeddingText(any as EmbedInput, redactionRulesOf(policy));
        expect(text.length).toBeLessThanOrEqual(1800);
        expect(text.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
    const long = "please ".repeat(100_000);
    expect(
      embeddingText(draft({ evidence: [{ kind: "message", title: "", content: long }] }), rules),
    ).toHaveLength(1800);
  });
});
