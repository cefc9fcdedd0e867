import { describe, expect, it } from "vitest";
import { columnsOf } from "../backtest/columns";
import type { PastCase } from "../backtest/past-case";
import { payloadColumns } from "../backtest/payload-columns";
import { replayPolicies } from "../backtest/replay-policies";
import { testCases, testPolicy } from "../backtest/test-cases";
import { planRule } from "./plan-rule";
import { promotedRule, withRule } from "./write-rule";

const policy = testPolicy(
  {
    tiers: [
      { tier: "low", when: { amount_lte: 50, months_gte: 3 }, route: "auto_execute" },
      { tier: "medium", when: { amount_lte: 500 }, route: "batch_review" },
      { tier: "high", route: "named_approver", approver_rule: "boss" },
    ],
    hard_blocks: ["fraud"],
    facts: { vip: { from: "pushed" } },
  },
  ["amount", "weight"],
);
const TOLERANCE = 0.05;
/** Amounts spread over 51 to 499, in no order. */
const amountAt = (index: number) => 51 + ((index * 137) % 449);

function plan(
  count: number,
  isWrong: (facts: { amount: number; months: number; vip: boolean; weight: number }) => boolean,
  options: Partial<Parameters<typeof planRule>[3]> & { more?: Partial<PastCase> } = {},
) {
  const { more, ...rest } = options;
  const cases = Array.from({ length: count }, (_, index) => {
    const facts = {
      amount: amountAt(index),
      months: index % 40,
      vip: index % 3 > 0,
      weight: index % 7,
      fraud: false,
    };
    const outcome = isWrong(facts) ? ("rejected" as const) : ("approved" as const);
    return { facts, outcome, ...more };
  });
  const weight = { name: "weight", source: { kind: "payload", pointer: "/weight" } as const };
  const past = testCases([policy], cases);
  const columns = [...columnsOf([policy]), weight];
  const wider = {
    ...past,
    columns,
    cases: past.cases.map((each, index) => ({
      ...each,
      values: columns.map(({ name }) => (cases[index]!.facts as Record<string, unknown>)[name]),
    })),
  };
  return { past: wider, plan: planRule(wider, policy, 1, { tolerance: TOLERANCE, ...rest }) };
}

describe("the plan of a promotion", () => {
  it("finds the limit that people go by, from what they decided under the reviewed rule", () => {
    const { plan: found, past } = plan(449, ({ amount }) => amount > 220);
    expect(found.chosen).toMatchObject({
      fact: "amount",
      direction: "lte",
      only: null,
      limit: { value: 220, wrong: 0 },
    });
    const rule = promotedRule(policy, {
      ruleIndex: 1,
      fact: "amount",
      direction: "lte",
      value: 220,
      only: null,
      sampleReview: 0.1,
      lease: { until: "2027-02-21", promotion: "prm_1" },
    });
    expect(rule).toEqual({
      tier: "low",
      name: "promoted: amount up to 220",
      when: { amount_lte: 220 },
      route: "auto_execute",
      sample_review: 0.1,
      lease: { until: "2027-02-21", promotion: "prm_1" },
    });
    const { added } = replayPolicies(past, policy, withRule(policy, 1, rule));
    expect(added).toMatchObject({
      decided: found.chosen!.limit.decided,
      wrong: 0,
      bound: found.chosen!.limit.bound,
    });
  });

  it("leaves the rules behind it their names, by which holds and figures go", () => {
    const lease = { until: "2027-02-21", promotion: "prm_1" };
    const promoted = { ruleIndex: 1, fact: "amount", direction: "lte", value: 220, only: null } as const;
    const rule = promotedRule(policy, { ...promoted, sampleReview: 0, lease });
    const names = withRule(policy, 1, rule).policy.rules.map(({ name }) => name);
    expect(names).toEqual(["low #1", "promoted: amount up to 220", "medium #2", "high #3"]);
    expect(rule).not.toHaveProperty("sample_review");
    const again = promotedRule(withRule(policy, 1, rule), { ...promoted, sampleReview: 0, lease });
    expect(again.name).toBe("promoted: amount up to 220 (2)");
  });

  it("says not yet, and how many more it takes, when history is thin", () => {
    const { plan: found } = plan(40, () => false);
    expect(found).toMatchObject({ chosen: null, decided: 40, wrong: 0, missing: { needed: 19 } });
    expect(plan(0, () => false).plan).toMatchObject({
      decided: 0,
      chosen: null,
      missing: { needed: 59, at: null },
    });
  });

  it("says not yet where people refuse at every amount", () => {
    const { plan: found } = plan(400, ({ amount }) => amount % 2 === 0);
    expect(found.chosen).toBeNull();
    expect(found.missing!.needed).toBeGreaterThan(0);
  });

  it("asks for one more fact where that lets clearly more through", () => {
    const { plan: found } = plan(449, ({ amount, vip }) => !vip || amount > 400);
    expect(found.chosen).toMatchObject({
      fact: "amount",
      only: { fact: "vip", value: true },
      limit: { wrong: 0 },
    });
    expect(found.chosen!.limit.value).toBeGreaterThan(390);
    expect(found.chosen!.limit.value).toBeLessThanOrEqual(400);
  });

  it("asks for nothing more where that lets hardly more through", () => {
    const { plan: found } = plan(449, ({ amount, vip }) => amount > 370 || (!vip && amount > 250));
    expect(found.chosen).toMatchObject({ fact: "amount", only: null });
  });

  it("goes by another number where the amount is not it: how long, at least, or a number of the payload", () => {
    expect(plan(449, ({ months }) => months < 6).plan.chosen).toMatchObject({
      fact: "months",
      direction: "gte",
      limit: { value: 6 },
    });
    expect(plan(449, ({ weight }) => weight > 4).plan.chosen).toMatchObject({
      fact: "weight",
      limit: { value: 4 },
    });
    expect(plan(449, ({ weight }) => weight > 4, { fact: "amount" }).plan.chosen).toBeNull();
  });

  it("leaves out what a hard block forbids: no rule lets that run", () => {
    const { past } = plan(100, () => false);
    const at = past.columns.findIndex(({ name }) => name === "fraud");
    const cases = past.cases.map((each, index) => ({
      ...each,
      values: each.values.map((value, column) => (column === at ? index % 2 === 0 : value)),
    }));
    expect(planRule({ ...past, cases }, policy, 1, { tolerance: TOLERANCE })).toMatchObject({
      drafts: 50,
      decided: 50,
    });
  });

  it("leaves imported decisions out until they are asked for", () => {
    const more = { imported: true };
    expect(plan(449, () => false, { more }).plan).toMatchObject({ decided: 0, chosen: null });
    expect(plan(449, () => false, { more, includeImported: true }).plan.chosen?.limit.value).toBe(499);
  });

  it("never reads the columns of the payload that a fact of another kind has the name of", () => {
    const named = testPolicy({ tiers: policy.raw.tiers, facts: { weight: { from: "pushed" } } }, [
      "amount",
      "weight",
    ]);
    expect(
      payloadColumns({
        ...named,
        payloadSchema: { properties: { weight: { type: "number" }, amount: { type: "number" } } },
      }),
    ).toEqual([{ name: "amount", source: { kind: "payload", pointer: "/amount" } }]);
  });
});
