import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePolicy, type Facts } from "@/lib/policy/compile-policy";
import { evaluate } from "@/lib/policy/evaluate";
import { parsePolicy } from "@/lib/policy/parse-policy";
import { runsBeforeReview } from "@/lib/policy/scrutiny";
import { quickPolicy } from "./quick-policy";

const NAMES = ["a", "b", "c", "d"];
const fact = fc.constantFrom(...NAMES);
const number = fc.integer({ min: 0, max: 4 });
const text = fc.constantFrom("x", "y", "z");
const { when } = fc.letrec<{ when: object; leaf: object }>((tie) => ({
  leaf: fc.oneof(
    fc
      .tuple(fact, fc.constantFrom("_lte", "_lt", "_gte", "_gt", "_eq", "_ne"), number)
      .map(([name, operator, value]) => ({ [name + operator]: value })),
    fc.tuple(fact, fc.boolean()).map(([name, wanted]) => ({ [name]: wanted })),
    fc
      .tuple(fact, fc.constantFrom("_in", "_not_in"), fc.array(text, { minLength: 1, maxLength: 2 }))
      .map(([name, operator, list]) => ({ [name + operator]: list })),
  ),
  when: fc.oneof(
    { maxDepth: 3 },
    tie("leaf"),
    fc.tuple(tie("leaf"), tie("leaf")).map(([one, two]) => ({ ...one, ...two })),
    fc.record({ all: fc.array(tie("when"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ any: fc.array(tie("when"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("when") }),
  ),
}));
const rule = fc
  .tuple(
    fc.constantFrom("low", "medium", "high", "prohibited"),
    fc.constantFrom("auto_execute", "execute_then_review", "batch_review", "named_approver"),
    fc.option(when, { nil: undefined, freq: 6 }),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([tier, route, condition, approvals]) => ({
    tier,
    when: condition,
    ...(tier === "prohibited" ? {} : { route }),
    ...(tier !== "prohibited" && route === "named_approver" ? { approver_rule: "boss" } : {}),
    ...(tier !== "prohibited" && route !== "auto_execute" ? { approvals_required: approvals } : {}),
  }));
const policy = fc
  .record({
    action_type: fc.constant("test"),
    tiers: fc.array(rule, { minLength: 1, maxLength: 5 }),
    hard_blocks: fc.array(fc.oneof(fact, when), { maxLength: 2 }),
    prohibited: fc.option(fc.constant(true), { nil: undefined, freq: 10 }),
  })
  .map((json) => {
    const parsed = parsePolicy(json);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return compilePolicy(parsed.policy);
  });
const value = fc.oneof(number, fc.boolean(), text, fc.constant(null), fc.constant([1]));

describe("a policy without its explanation", () => {
  it("comes to what the explained one says, for any policy and any facts", () => {
    fc.assert(
      fc.property(policy, fc.dictionary(fact, value, { maxKeys: 4 }), (compiled, known) => {
        const facts: Facts = Object.fromEntries(
          Object.entries(known).map(([name, each]) => [name, { value: each, source: "test" }]),
        );
        const explained = evaluate(compiled, facts);
        const quick = quickPolicy(compiled, (name) => NAMES.indexOf(name));
        const outcome = quick(NAMES.map((name) => (Object.hasOwn(known, name) ? known[name] : undefined)));
        const isProhibited = explained.tier === "prohibited";
        expect(outcome).toEqual({
          tier: explained.tier,
          route: isProhibited ? null : explained.route,
          rule: explained.rule?.index ?? null,
          blocked: explained.blocked_by.length > 0,
          automatic: !isProhibited && explained.blocked_by.length === 0 && runsBeforeReview(explained.route),
          unknown: outcome.unknown,
        });
        if (explained.decided_by === "unknown_fact") expect(outcome.unknown).toBe(true);
        if (explained.conditions.every(({ holds }) => holds !== null)) expect(outcome.unknown).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it("takes a fact that was not read for unknown", () => {
    const parsed = parsePolicy({
      action_type: "test",
      tiers: [
        { tier: "low", when: { a_lte: 1 }, route: "auto_execute" },
        { tier: "medium", route: "batch_review" },
      ],
    });
    if (!parsed.ok) throw new Error("unreadable");
    const quick = quickPolicy(compilePolicy(parsed.policy), () => -1);
    expect(quick([1])).toMatchObject({ tier: "medium", automatic: false, unknown: true });
  });
});
