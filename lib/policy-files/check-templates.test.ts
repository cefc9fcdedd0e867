import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PolicyError } from "@/lib/policy/policy-error";
import { fillTemplate } from "./check-templates";
import { loadPolicies } from "./load-policies";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "countersign-policies-"));
  cpSync("policies/refund", join(dir, "refund"), { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const GOOD = {
  name: "refunded before",
  because: "it was refunded in full last week.",
  ids: { customer: "cus_??????" },
  facts: { customer_months: 14, chargeback_open: false, account_flagged_fraud: false },
  subject: { type: "customer", id: "{customer}" },
  payload: { amount: 184.5, currency: "USD", reason: "It never arrived." },
  summary: "Refund 184.50 USD for {customer}",
};

/** What loading says of these checks; the empty text when they are fine. */
function said(checks: unknown): string {
  writeFileSync(join(dir, "refund", "checks.json"), JSON.stringify(checks));
  try {
    loadPolicies(dir);
    return "";
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.message;
  }
}

describe("checks.json of a policy folder", () => {
  it("is not needed, and no part of the policy version", { timeout: 20_000 }, () => {
    const before = loadPolicies(dir).get("refund")!;
    rmSync(join(dir, "refund", "checks.json"));
    const without = loadPolicies(dir).get("refund")!;
    expect(without.checks).toEqual([]);
    expect(without.hash).toBe(before.hash);
    expect(said([GOOD])).toBe("");
    expect(loadPolicies(dir).get("refund")?.checks).toHaveLength(1);
  });

  it.each([
    ["no list", GOOD, /checks\.json/],
    ["an unknown key", [{ ...GOOD, amount: 3 }], /\[0\]/],
    ["no reason", [{ ...GOOD, because: "" }], /\[0\]\.because/],
    ["a name twice", [GOOD, GOOD], /\[1\]\.name.*again/],
    ["an id that is none", [{ ...GOOD, ids: { customer: "cus_1" } }], /\[0\]\.ids\.customer/],
    ["a name that no id has", [{ ...GOOD, summary: "For {order}" }], /\{order\}, which no id is named/],
    ["a payload that the schema refuses", [{ ...GOOD, payload: { amount: -1 } }], /\[0\]\.payload/],
    [
      "a fact that the policy never looks at",
      [{ ...GOOD, facts: { ...GOOD.facts, mood: 1 } }],
      /facts\.mood/,
    ],
    ["a fact of the payload", [{ ...GOOD, facts: { ...GOOD.facts, amount: 1 } }], /facts\.amount/],
    [
      "what runs by itself",
      [{ ...GOOD, payload: { ...GOOD.payload, amount: 20 } }],
      /auto_execute by rule "low #1"/,
    ],
    [
      "what a named approver decides",
      [{ ...GOOD, payload: { ...GOOD.payload, amount: 900 } }],
      /named_approver/,
    ],
    [
      "what is blocked",
      [{ ...GOOD, facts: { ...GOOD.facts, chargeback_open: true } }],
      /blocked by chargeback_open/,
    ],
    ["a block that is unknown", [{ ...GOOD, facts: { customer_months: 14 } }], /with no hard block unknown/],
  ])("refuses to load with %s", (_, checks, sentence) => expect(said(checks)).toMatch(sentence));

  it("invents ids anew in every text, and leaves the rest as it is", () => {
    let digit = 0;
    const { ids: _, ...template } = GOOD;
    const filled = fillTemplate(
      {
        ...template,
        ids: GOOD.ids,
        evidence: [{ kind: "message", title: "{customer}", content: ["of {customer}", 3] }],
      },
      () => String(digit++ % 10),
    );
    expect(filled).toMatchObject({
      subject: { type: "customer", id: "cus_012345" },
      summary: "Refund 184.50 USD for cus_012345",
      evidence: [{ title: "cus_012345", content: ["of cus_012345", 3] }],
      payload: GOOD.payload,
    });
    expect(filled).not.toHaveProperty("ids");
  });
});
