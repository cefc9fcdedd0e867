import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePolicy, type Facts } from "./compile-policy";
import { type Classification, evaluate } from "./evaluate";
import { parsePolicy } from "./parse-policy";
import type { Policy } from "./schema";
import { routeRank, runsBeforeReview, tierRank } from "./scrutiny";

const NAMES = ["a", "b", "c", "d"];
const fact = fc.constantFrom(...NAMES);
const number = fc.integer({ min: 0, max: 4 });
const text = fc.constantFrom("x", "y", "z");

const { when } = fc.letrec<{ when: object; leaf: object }>((tie) => ({
  leaf: fc.oneof(
    fc
      .tuple(fact, fc.constantFrom("_lte", "_lt", "_gte", "_gt", "_eq", "_ne"), number)
      .map(([f, op, n]) => ({ [f + op]: n })),
    fc.tuple(fact, fc.boolean()).map(([f, wanted]) => ({ [f]: wanted })),
    fc
      .tuple(fact, fc.constantFrom("_in", "_not_in"), fc.array(text, { minLength: 1, maxLength: 2 }))
      .map(([f, op, list]) => ({ [f + op]: list })),
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
const block = fc.oneof(fact, when);
const policy = fc
  .record({
    action_type: fc.constant("test"),
    tiers: fc.array(rule, { minLength: 1, maxLength: 5 }),
    hard_blocks: fc.array(block, { maxLength: 2 }),
  })
  .map((json) => {
    const result = parsePolicy(json);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    return result.policy;
  });
const value = fc.oneof(number, fc.boolean(), text, fc.constant(null), fc.constant([1]));
const facts = fc
  .dictionary(fact, value, { maxKeys: 4 })
  .map(
    (values): Facts =>
      Object.fromEntries(Object.entries(values).map(([n, v]) => [n, { value: v, source: "test" }])),
  );

const classify = (json: Policy, known: Facts) => evaluate(compilePolicy(json), known);
const runs = { numRuns: 2000 };

/** What must never shrink when less is known or more is forbidden. */
function expectNoLessScrutiny(before: Classification, after: Classification) {
  expect(tierRank(after.tier)).toBeGreaterThanOrEqual(tierRank(before.tier));
  if (after.tier !== "prohibited") {
    expect(routeRank(after.route)).toBeGreaterThanOrEqual(routeRank(before.route));
    expect(after.approvals_required).toBeGreaterThanOrEqual(before.approvals_required);
  }
  const forbiddenOrOpen = [...after.blocked_by, ...after.unresolved_blocks];
  for (const label of before.blocked_by) expect(forbiddenOrOpen).toContain(label);
  for (const label of before.unresolved_blocks) expect(forbiddenOrOpen).toContain(label);
  if (after.unresolved_blocks.length > 0) expect(runsBeforeReview(after.route)).toBe(false);
}

describe("evaluation, for any policy and any facts", () => {
  it("always gives an answer, and the same one each time", () => {
    const wild = fc.dictionary(fc.oneof(fact, fc.string()), fc.anything() as fc.Arbitrary<never>);
    fc.assert(
      fc.property(policy, fc.oneof(facts, wild), (json, known) => {
        const compiled = compilePolicy(json);
        const first = evaluate(compiled, known);
        expect(evaluate(compiled, known)).toEqual(first);
        expect(first.reasons.length).toBeGreaterThan(0);
        if (first.tier !== "prohibited" && first.route === "named_approver")
          expect(first.approver_rule).toBeTruthy();
      }),
      runs,
    );
  });

  it("never looks less closely when a fact is missing", () => {
    fc.assert(
      fc.property(policy, facts, fact, (json, known, gone) => {
        const { [gone]: _, ...fewer } = known;
        expectNoLessScrutiny(classify(json, known), classify(json, fewer));
      }),
      runs,
    );
  });

  it("never looks less closely when a hard block is added", () => {
    fc.assert(
      fc.property(policy, facts, block, (json, known, extra) => {
        const tighter = { ...json, hard_blocks: [...(json.hard_blocks ?? []), extra as string] };
        expectNoLessScrutiny(classify(json, known), classify(tighter, known));
      }),
      runs,
    );
  });

  it("does not depend on the order of keys, in the policy or in the facts", () => {
    const turn = (part: unknown): unknown => {
      if (Array.isArray(part)) return part.map(turn);
      if (typeof part !== "object" || part === null) return part;
      return Object.fromEntries(
        Object.entries(part)
          .reverse()
          .map(([key, inner]) => [key, turn(inner)]),
      );
    };
    fc.assert(
      fc.property(policy, facts, (json, known) => {
        expect(classify(turn(json) as Policy, turn(known) as Facts)).toEqual(classify(json, known));
      }),
      runs,
    );
  });

  it("is not changed by a fact that the policy does not name", () => {
    fc.assert(
      fc.property(policy, facts, fc.string(), fc.anything(), (json, known, name, extra) => {
        fc.pre(!NAMES.includes(name) && name !== "__proto__");
        expect(classify(json, { ...known, [name]: { value: extra, source: "agent" } })).toEqual(
          classify(json, known),
        );
      }),
      runs,
    );
  });
});
