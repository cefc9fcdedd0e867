import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePolicy, type Facts } from "./compile-policy";
import { evaluate } from "./evaluate";
import { parsePolicy } from "./parse-policy";
import { findGap, findUnreachableRules } from "./reachability";
import { numbersWithin, valuesOf } from "./value-set";

const compile = (whens: (object | undefined)[], hard_blocks: unknown[] = []) => {
  const tiers = whens.map((when) => ({ tier: "medium", route: "batch_review", ...(when ? { when } : {}) }));
  const result = parsePolicy({ action_type: "test", tiers, hard_blocks });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return compilePolicy(result.policy);
};

describe("a rule that can never be the first to hold", () => {
  it.each([
    [[{ amount_lte: 500 }, { amount_lte: 50, vip: true }], 1, { coveredBy: 0 }],
    [[undefined, { vip: true }], 1, { coveredBy: 0 }],
    [[{ vip: true }, undefined, undefined], 2, { coveredBy: 1 }],
    [[{ s_in: ["a", "b"] }, { s_eq: "a" }], 1, { coveredBy: 0 }],
    [[{ s_ne: "a" }, { s_in: ["b", "c"] }], 1, { coveredBy: 0 }],
    [[{ any: [{ a: true }, { b_gt: 5 }] }, { b_gte: 6 }], 1, { coveredBy: 0 }],
    [[{ not: { b_gt: 5 } }, { b_lt: 5 }], 1, { coveredBy: 0 }],
    [[{ b_gt: 5 }, { not: { b_lte: 5 } }], 1, { coveredBy: 0 }],
    [[{ a: true }, { a: true, b: true }, { a: false }], 1, { coveredBy: 0 }],
    [[{ n_lte: 5 }, { n_gt: 5 }, { n_gte: 0 }], 2, "covered"],
    [[{ a: true }, { a: false }, { a_in: [true, false], b: true }], 2, "covered"],
    [[{ n_gt: 5, n_lt: 5 }], 0, "contradiction"],
    [
      [
        { n_lte: 5, s: true },
        { s: true, n_eq: "x", not: { n_ne: "y" } },
      ],
      1,
      "contradiction",
    ],
  ])("is found in %j", (whens, index, because) => {
    expect(findUnreachableRules(compile(whens))).toEqual([{ index, because }]);
  });

  it.each([
    [[{ amount_lte: 50 }, { amount_lte: 500 }]],
    [[{ amount_lte: 500, vip: true }, { amount_lte: 50 }]],
    // With the amount unknown, the second holds and the first does not.
    [[{ amount_lte: 500 }, { vip: true }]],
    [[{ n_lte: 5 }, { n_gt: 5 }, { other: true }]],
    [[{ n_lte: 5 }, { n_gt: 5 }, undefined]],
    [[{ n_lt: 5 }, { n_lte: 5 }]],
    [[{ n_eq: 5 }, { n_eq: "5" }]],
    [[{ s_not_in: ["a"] }, { s_eq: "a" }]],
  ])("is not seen in %j", (whens) => expect(findUnreachableRules(compile(whens))).toEqual([]));

  it("is also one about a value that the payload cannot have", () => {
    const domains = { env: valuesOf(["staging", "production"]) };
    const rules = compile([
      { env_eq: "staging" },
      { env_eq: "qa" },
      { env_in: ["production"] },
      { env_ne: "qa" },
    ]);
    expect(findUnreachableRules(rules, domains)).toEqual([
      { index: 1, because: "contradiction" },
      { index: 3, because: "covered" },
    ]);
  });
});

describe("a gap that falls to the default", () => {
  it.each([
    [[{ amount_lte: 50 }, { amount_lte: 500 }], { amount: 501 }],
    [[{ amount_lte: 50 }, { amount_gt: 60 }], { amount: 51 }],
    [[{ amount_lte: 50, vip: true }, { amount_gt: 50 }], { amount: 50, vip: false }],
    [[{ vip: true }], { vip: false }],
    [[{ s_in: ["a", "b"] }, { s_eq: "c" }], { s: "other" }],
    [[{ not: { any: [{ a: true }, { b: true }] } }, { a: true }], { a: false, b: true }],
  ])("is found in %j", (whens, example) => {
    const gap = findGap(compile(whens));
    expect(Object.keys(gap ?? {}).sort()).toEqual(Object.keys(example).sort());
    const facts = Object.entries({ ...example, ...gap }).map(([name, value]) => [
      name,
      { value, source: "test" },
    ]);
    expect(evaluate(compile(whens), Object.fromEntries(facts)).decided_by).toBe("default");
  });

  it.each([
    [[{ amount_lte: 50, months_gte: 3 }, { amount_lte: 500 }, { amount_gt: 500 }]],
    [[{ a: true }, { a: false }]],
    [[{ a: true }, undefined]],
    [[{ n_lt: 5 }, { n_gt: 5 }, { n_eq: 5 }]],
    [[{ s_in: ["a", "b"] }, { s_not_in: ["a"] }]],
  ])("is not seen in %j", (whens) => expect(findGap(compile(whens))).toBeNull());

  it("is none where the payload cannot lead, or a hard block stands", () => {
    const rules = [{ env_eq: "staging" }, { env_eq: "production" }];
    expect(findGap(compile(rules), { env: valuesOf(["staging", "production"]) })).toBeNull();
    expect(findGap(compile(rules, [{ env_not_in: ["staging", "production"] }]))).toBeNull();
    expect(findGap(compile([{ n_gte: 0 }]), { n: numbersWithin({ atLeast: 0 }) })).toBeNull();
    expect(findGap(compile([{ n_gt: 0 }]), { n: numbersWithin({ atLeast: 0 }) })).toEqual({ n: 0 });
  });
});

describe("for any policy", () => {
  const fact = fc.constantFrom("a", "b", "c");
  const number = fc.integer({ min: 0, max: 3 });
  const text = fc.constantFrom("x", "y");
  const leaf = fc.oneof(
    fc
      .tuple(fact, fc.constantFrom("_lte", "_lt", "_gte", "_gt", "_eq", "_ne"), number)
      .map(([f, op, n]) => ({ [f + op]: n })),
    fc.tuple(fact, fc.boolean()).map(([f, wanted]) => ({ [f]: wanted })),
    fc
      .tuple(fact, fc.constantFrom("_in", "_not_in"), fc.array(text, { minLength: 1, maxLength: 2 }))
      .map(([f, op, l]) => ({ [f + op]: l })),
  );
  const { when } = fc.letrec<{ when: object }>((tie) => ({
    when: fc.oneof(
      { maxDepth: 2 },
      leaf,
      fc.tuple(leaf, leaf).map(([one, two]) => ({ ...one, ...two })),
      fc.record({ all: fc.array(tie("when"), { minLength: 1, maxLength: 2 }) }),
      fc.record({ any: fc.array(tie("when"), { minLength: 1, maxLength: 2 }) }),
      fc.record({ not: tie("when") }),
    ),
  }));
  const whens = fc.array(when, { minLength: 2, maxLength: 5 });
  const value = fc.oneof(number, fc.constantFrom(0.5, 1.5, -1, 9, true, false, "x", "y", "z"));
  const facts = fc
    .dictionary(fact, value)
    .map(
      (values): Facts =>
        Object.fromEntries(
          Object.entries(values).map(([name, known]) => [name, { value: known, source: "test" }]),
        ),
    );

  it("no facts make an unreachable rule the first that holds", () => {
    let claims = 0;
    fc.assert(
      fc.property(whens, fc.array(facts, { minLength: 20, maxLength: 20 }), (list, many) => {
        const policy = compile(list);
        const unreachable = findUnreachableRules(policy).map(({ index }) => index);
        claims += unreachable.length;
        for (const known of many) {
          expect(unreachable).not.toContain(policy.rules.findIndex(({ test }) => test(known, []) === true));
        }
      }),
      { numRuns: 1500 },
    );
    expect(claims).toBeGreaterThan(100);
  });

  it("the facts of a gap fall to the default, and where there is none no known facts do", () => {
    const toFacts = (values: object): Facts =>
      Object.fromEntries(
        Object.entries(values).map(([name, known]) => [name, { value: known, source: "test" }]),
      );
    const whole = fc.record({ a: value, b: value, c: value });
    fc.assert(
      fc.property(whens, fc.array(whole, { minLength: 20, maxLength: 20 }), (list, many) => {
        const policy = compile(list);
        const allFail = (values: object) =>
          policy.rules.every(({ test }) => test(toFacts(values), []) === false);
        const gap = findGap(policy);
        if (gap) expect(allFail(gap)).toBe(true);
        if (gap) expect(evaluate(policy, toFacts(gap)).decided_by).toBe("default");
        else for (const values of many) expect(allFail(values)).toBe(false);
      }),
      { numRuns: 1500 },
    );
  });
});
