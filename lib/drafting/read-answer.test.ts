import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { answerFormat, readAnswer } from "./read-answer";

const policies = loadPolicies("policies");
const refund = policies.get("refund")!;
const payload = { amount: 20, currency: "USD", reason: "broken" };
const draft = { outcome: "draft", missing: null, summary: "Refund", reasoning: "Photo", confidence: 0.8 };
const read = (answer: unknown) =>
  readAnswer(typeof answer === "string" ? answer : JSON.stringify(answer), refund);
const problemsOf = (answer: unknown): string[] => {
  const result = read(answer);
  return result.kind === "invalid" ? result.problems : [];
};

describe("what the model answered", () => {
  it("is a draft with the payload as the schema takes it, fillers left out", () => {
    expect(read({ ...draft, payload: { ...payload, order_id: null, note_to_customer: null } })).toEqual({
      kind: "draft",
      written: { payload, summary: "Refund", reasoning: "Photo", confidence: 0.8, expected_outcome: null },
    });
  });

  it("has nothing but the named keys: action type, subject and tier are not the model's to say", () => {
    const result = read({
      ...draft,
      payload,
      action_type: "delete_customer",
      subject: { type: "customer", id: "somebody else" },
      tier: "low",
      route: "auto_execute",
      requested_by: "nobody",
      evidence: [],
    });
    expect(result.kind).toBe("draft");
    expect(Object.keys(result.kind === "draft" ? result.written : {}).sort()).toEqual([
      "confidence",
      "expected_outcome",
      "payload",
      "reasoning",
      "summary",
    ]);
  });

  it("may come in a fence, or with words around it", () => {
    const text = JSON.stringify({ ...draft, payload });
    expect(read(`Here it is:\n\`\`\`json\n${text}\n\`\`\``).kind).toBe("draft");
  });

  it("says what is missing, in words, or is no answer", () => {
    expect(read({ outcome: "cannot", missing: " Which order? " })).toEqual({
      kind: "cannot",
      missing: "Which order?",
    });
    expect(problemsOf({ outcome: "cannot", missing: "" })).toHaveLength(1);
  });

  it.each([
    ["no JSON", "I refunded it."],
    ["half of it", '{"outcome": "draft", "payload": {'],
    ["a key twice", '{"outcome": "cannot", "outcome": "draft"}'],
    ["a list", "[]"],
    ["no payload", draft],
    ["a payload of a wrong type", { ...draft, payload: [payload] }],
    ["an amount of the wrong type", { ...draft, payload: { ...payload, amount: "20" } }],
    ["an amount out of bounds", { ...draft, payload: { ...payload, amount: -1 } }],
    ["a property that is not declared", { ...draft, payload: { ...payload, approved: true } }],
    ["no summary", { ...draft, payload, summary: " " }],
    ["a confidence that is none", { ...draft, payload, confidence: 90 }],
    ["far too much", { ...draft, payload: { ...payload, reason: "x".repeat(600_000) } }],
    ["an outcome that is none", { ...draft, payload, outcome: "approved" }],
  ])("is refused with what is wrong: %s", (_, answer) => {
    const problems = problemsOf(answer);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem.length).toBeLessThanOrEqual(500);
  });

  it("never throws, and lets no payload through that the schema refuses, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((j) => `{"outcome":"draft","summary":"s","payload":${j}}`),
        ),
        (content) => {
          const result = readAnswer(content, refund);
          if (result.kind === "draft") expect(refund.validatePayload(result.written.payload).ok).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("the format that is asked for", () => {
  it("lets through what is read as a draft, and what cannot be drafted", () => {
    const validate = new Ajv2020({ strict: false }).compile(answerFormat(refund)!);
    const filled = { ...payload, order_id: null, payment_method_id: null, note_to_customer: null };
    const answers = [
      { ...draft, expected_outcome: null, payload: filled },
      { ...draft, outcome: "cannot", missing: "The order.", expected_outcome: null, payload: null },
    ];
    for (const answer of answers) {
      expect(validate(answer), JSON.stringify(validate.errors)).toBe(true);
      expect(read(answer).kind).toBe(answer.outcome);
    }
    expect(validate({ ...answers[0], tier: "low" })).toBe(false);
  });
});
