import { describe, expect, it } from "vitest";
import { compilePolicy, type Facts } from "./compile-policy";
import { evaluate } from "./evaluate";
import { parsePolicy } from "./parse-policy";

const compile = (json: object) => {
  const result = parsePolicy({ action_type: "test", ...json });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return compilePolicy(result.policy);
};
const known = (values: Record<string, unknown>): Facts =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, source: "test" }]));
const classify = (json: object, values: Record<string, unknown> = {}) =>
  evaluate(compile(json), known(values));

const auto = { tier: "low", route: "auto_execute" };
const batch = { tier: "medium", route: "batch_review" };
const named = { tier: "high", route: "named_approver", approver_rule: "boss" };
const refund = {
  tiers: [
    { ...auto, when: { amount_lte: 50, customer_months_gte: 3 } },
    { ...batch, when: { amount_lte: 500 }, sla_hours: 12 },
    { ...named, when: { amount_gt: 500 }, sla_hours: 8, escalate_to: "lead" },
  ],
  hard_blocks: ["chargeback_open"],
};
const clear = { chargeback_open: false };

describe("the rule that decides", () => {
  it("is the first whose conditions hold, and brings everything that follows from it", () => {
    expect(classify(refund, { amount: 50, customer_months: 3, ...clear })).toMatchObject({
      tier: "low",
      route: "auto_execute",
      rule: { index: 0, name: "low #1" },
      decided_by: "rule",
      sla_hours: null,
      escalation: [],
    });
    expect(classify(refund, { amount: 620, customer_months: 9, ...clear })).toMatchObject({
      tier: "high",
      route: "named_approver",
      rule_name: "high #3",
      approver_rule: "boss",
      approvals_required: 1,
      sla_hours: 8,
      escalation: [{ after_hours: 8, to: "lead" }],
      on_timeout: "deny",
      reasons: ["amount 620 is over 500"],
    });
  });

  it("says why it is not the laxer one, and takes 24 hours where the policy names none", () => {
    const result = classify({ tiers: [refund.tiers[0], batch] }, { amount: 30, customer_months: 1 });
    expect(result.reasons).toEqual(["customer months 1 is under 3", "medium #2 has no conditions"]);
    expect(result.sla_hours).toBe(24);
  });

  it("is none where none holds: the strictest named approver of the policy decides, or a default one", () => {
    expect(classify({ tiers: [{ ...auto, when: { a: true } }] }, { a: false })).toMatchObject({
      tier: "high",
      route: "named_approver",
      approver_rule: "default_approvers",
      rule: null,
      rule_name: "default",
      decided_by: "default",
      sla_hours: 24,
    });
    const two = { ...named, approver_rule: "board", approvals_required: 2, when: { b: true } };
    expect(classify({ tiers: [two, { ...named, when: { b: true } }] }, { b: false })).toMatchObject({
      approver_rule: "board",
      approvals_required: 2,
    });
  });
});

describe("the clock of the time to decide", () => {
  const office = { ...batch, sla_in: "business_hours", when: { amount_lte: 500 } };

  it("is what the rule that sets the route says, and passing time where none says anything", () => {
    expect(classify({ tiers: [office] }, { amount: 5 }).sla_in).toBe("business_hours");
    expect(classify({ tiers: [batch] }).sla_in).toBe("elapsed");
    expect(classify({ tiers: [office, named] }).sla_in).toBe("elapsed");
    const late = { ...named, sla_in: "business_hours", when: { a: true } };
    expect(classify({ tiers: [late] }, { a: false })).toMatchObject({
      decided_by: "default",
      sla_in: "business_hours",
    });
    expect(classify({ tiers: [auto], hard_blocks: ["fraud"] })).toMatchObject({
      route: "batch_review",
      sla_in: "elapsed",
    });
  });
});

describe("a policy that says whom a draft is about", () => {
  const tied = { tiers: [auto], subject_from: { type: "customer", fact: "order_customer" } };

  it("blocks a draft that claims another subject, and lets none run while that is unknown", () => {
    expect(classify(tied, { subject_mismatch: false }).route).toBe("auto_execute");
    expect(classify(tied, { subject_mismatch: true })).toMatchObject({
      blocked_by: ["subject_mismatch"],
      decided_by: "hard_block",
    });
    expect(classify(tied)).toMatchObject({
      route: "batch_review",
      unresolved_blocks: ["subject_mismatch"],
    });
    expect(compile(tied).factNames).toEqual(["subject_mismatch", "order_customer"]);
  });
});

describe("an unknown fact", () => {
  it("makes its rule count, so the strictest of it and the first definite one applies", () => {
    const tiers = [{ ...named, when: { risky: true } }, auto];
    expect(classify({ tiers }, { risky: false })).toMatchObject({ tier: "low", decided_by: "rule" });
    for (const values of [{}, { risky: null }, { risky: "false" }, { risky: 0 }]) {
      expect(classify({ tiers }, values)).toMatchObject({
        tier: "high",
        route: "named_approver",
        decided_by: "unknown_fact",
        rule: { index: 0 },
      });
    }
  });

  it("of a prohibited rule prohibits", () => {
    const tiers = [{ tier: "prohibited", when: { embargo: true } }, auto];
    expect(classify({ tiers }, { embargo: false }).tier).toBe("low");
    expect(classify({ tiers }, { embargo: true })).toMatchObject({
      tier: "prohibited",
      decided_by: "prohibited",
    });
    expect(classify({ tiers })).toMatchObject({ tier: "prohibited", decided_by: "unknown_fact" });
    expect(classify({ tiers: [{ ...tiers[0] }] }).tier).toBe("prohibited");
  });

  it("never trades a review for a higher tier that executes by itself", () => {
    const tiers = [
      {
        tier: "medium",
        route: "named_approver",
        approver_rule: "boss",
        approvals_required: 2,
        when: { risky: true },
      },
      { tier: "high", route: "auto_execute" },
    ];
    expect(classify({ tiers })).toMatchObject({
      tier: "high",
      route: "named_approver",
      approver_rule: "boss",
      approvals_required: 2,
    });
  });

  it("is said in the reasons", () => {
    expect(classify(refund, { amount: 20, ...clear }).reasons).toEqual([
      "amount 20 is at most 500",
      "customer months is unknown",
    ]);
  });
});

describe("nesting", () => {
  const verdict = (when: object, values: Record<string, unknown>) =>
    compile({ tiers: [{ ...auto, when }] }).rules[0]!.test(known(values), []);

  it.each([
    [{ any: [{ a: true }, { b: true }] }, { a: true }, true],
    [{ any: [{ a: true }, { b: true }] }, { a: false }, null],
    [{ any: [{ a: true }, { b: true }] }, { a: false, b: false }, false],
    [{ all: [{ a: true }, { b: true }] }, { a: false }, false],
    [{ all: [{ a: true }, { b: true }] }, { a: true }, null],
    [{ a: true, b: true }, { b: false }, false],
    [{ a: true, any: [{ b: true }, { n_gt: 5 }] }, { a: true, n: 6 }, true],
    [{ not: { a: true } }, {}, null],
    [{ not: { a: true, b: true } }, { b: false }, true],
    [{ a: false }, { a: false }, true],
  ])("%j with %j is %s", (when, values, expected) => {
    expect(verdict(when, values)).toBe(expected);
  });
});

describe("operators", () => {
  it.each([
    [{ n_lte: 5 }, 5, 5.01],
    [{ n_lt: 5 }, 4.99, 5],
    [{ n_gte: 5 }, 5, 4.99],
    [{ n_gt: 5 }, 5.01, 5],
    [{ n_eq: 5 }, 5, 6],
    [{ n_ne: 5 }, 6, 5],
    [{ n_eq: "x" }, "x", "X"],
    [{ n_in: ["a", "b"] }, "b", "c"],
    [{ n_not_in: ["a", "b"] }, "c", "a"],
    [{ n_in: ["a", 1, true] }, true, false],
  ])("%j holds for %j and not for %j", (when, yes, no) => {
    const results = [yes, no].map(
      (n) => classify({ tiers: [{ ...auto, when }] }, { n }).conditions[0]!.holds,
    );
    expect(results).toEqual([true, false]);
  });

  it.each([
    [{ n_lte: 5 }, "4"],
    [{ n_lte: 5 }, Number.NaN],
    [{ n_gt: 5 }, Number.POSITIVE_INFINITY],
    [{ n_lte: 5 }, true],
    [{ n_lte: 5 }, [1]],
    [{ n_ne: "x" }, 5],
    [{ n_eq: 1 }, "1"],
    [{ n_not_in: ["a"] }, 5],
    [{ n_not_in: ["a"] }, ["b"]],
    [{ n_ne: "x" }, {}],
    [{ n: false }, 0],
  ])("%j cannot be known for %j", (when, n) => {
    expect(classify({ tiers: [{ ...auto, when }] }, { n }).conditions[0]!.holds).toBeNull();
  });
});

describe("hard blocks", () => {
  const values = { amount: 20, customer_months: 9 };

  it("that hold forbid, whatever the tier", () => {
    expect(classify(refund, { ...values, chargeback_open: true })).toMatchObject({
      tier: "low",
      blocked_by: ["chargeback_open"],
      decided_by: "hard_block",
      reasons: expect.arrayContaining(["forbidden: chargeback open is true"]),
    });
  });

  it("that are unknown keep the tier but forbid execution before a review", () => {
    expect(classify(refund, values)).toMatchObject({
      tier: "low",
      route: "batch_review",
      sla_hours: 24,
      blocked_by: [],
      unresolved_blocks: ["chargeback_open"],
      decided_by: "unknown_fact",
    });
    const later = { ...refund, tiers: [{ tier: "low", route: "execute_then_review" }] };
    expect(classify(later).route).toBe("batch_review");
    expect(classify({ ...refund, tiers: [named] })).toMatchObject({
      route: "named_approver",
      decided_by: "rule",
    });
  });

  it("can be conditions, named by what they say whatever the order of their keys", () => {
    const blocks = [
      { b_gt: 1, a: true },
      { a: true, b_gt: 1 },
    ];
    const labels = blocks.map(
      (block) => classify({ tiers: [auto], hard_blocks: [block] }, { a: true, b: 2 }).blocked_by,
    );
    expect(labels).toEqual([["a is true and b is over 1"], ["a is true and b is over 1"]]);
    const status = { tiers: [auto], hard_blocks: [{ order_status_ne: "pending" }] };
    expect(classify(status, { order_status: "pending" }).route).toBe("auto_execute");
    expect(classify(status, { order_status: "delivered" }).blocked_by).toEqual([
      "order status is not pending",
    ]);
    expect(classify(status).unresolved_blocks).toEqual(["order status is not pending"]);
  });
});

describe("a classification", () => {
  it("of a prohibited action type is prohibited whatever the facts", () => {
    const policy = { prohibited: true, tiers: [auto], hard_blocks: ["fraud"] };
    expect(classify(policy, { fraud: true })).toMatchObject({
      tier: "prohibited",
      rule: null,
      decided_by: "prohibited",
      blocked_by: ["fraud"],
    });
  });

  it("records each condition of every rule looked at, with value, source and time", () => {
    const facts = {
      amount: { value: 120, source: "payload" },
      customer_months: { value: 4, source: "crm", at: "2025-01-01T00:00:00Z" },
    };
    const { conditions } = evaluate(compile(refund), facts);
    expect(conditions.map(({ rule, fact, holds }) => [rule, fact, holds])).toEqual([
      ["hard block: chargeback_open", "chargeback_open", null],
      ["low #1", "amount", false],
      ["low #1", "customer_months", true],
      ["medium #2", "amount", true],
    ]);
    expect(conditions[2]).toEqual({
      rule: "low #1",
      fact: "customer_months",
      operator: "gte",
      expected: 3,
      actual: 4,
      source: "crm",
      at: "2025-01-01T00:00:00Z",
      holds: true,
    });
  });

  it("says beside a fact what lies behind it", () => {
    const note = "the shop did not answer";
    const unknown = { amount: { value: null, source: "shop", note } };
    const { conditions, reasons } = evaluate(compile(refund), unknown);
    expect(conditions[1]).toMatchObject({ fact: "amount", actual: null, holds: null, note });
    expect(reasons).toContain("amount is unknown: the shop did not answer");
  });

  it("is not misled by names that every object has", () => {
    const tiers = [{ ...auto, when: { constructor: true, toString_ne: "x" } }, named];
    expect(classify({ tiers }).conditions.every(({ holds }) => holds === null)).toBe(true);
    const inherited = evaluate(
      compile({ tiers }),
      Object.create(known({ constructor: true, toString: "y" })),
    );
    expect(inherited.conditions.every(({ holds }) => holds === null)).toBe(true);
  });
});
