import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anyPolicy,
  anyValues,
  FACT_NAMES,
  factName,
  hardBlock,
  toFacts,
} from "@/lib/policy-files/test-policies";
import { compilePolicy, type Facts } from "./compile-policy";
import { type Classification, evaluate } from "./evaluate";
import type { Policy } from "./schema";
import { routeRank, runsBeforeReview, tierRank } from "./scrutiny";

const facts = anyValues.map(toFacts);
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
    const wild = fc.dictionary(fc.oneof(factName, fc.string()), fc.anything() as fc.Arbitrary<never>);
    fc.assert(
      fc.property(anyPolicy, fc.oneof(facts, wild), (json, known) => {
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
      fc.property(anyPolicy, facts, factName, (json, known, gone) => {
        const { [gone]: _, ...fewer } = known;
        expectNoLessScrutiny(classify(json, known), classify(json, fewer));
      }),
      runs,
    );
  });

  it("never looks less closely when a hard block is added, and lets nothing go that was blocked", () => {
    fc.assert(
      fc.property(anyPolicy, facts, hardBlock, fc.boolean(), (json, known, extra, first) => {
        const blocks = json.hard_blocks ?? [];
        const hard_blocks = first ? [extra as string, ...blocks] : [...blocks, extra as string];
        const [before, after] = [classify(json, known), classify({ ...json, hard_blocks }, known)];
        expectNoLessScrutiny(before, after);
        expect(after.blocked_by).toEqual(expect.arrayContaining(before.blocked_by));
      }),
      runs,
    );
  });

  it("never looks less closely when it is said whom a draft must be about", () => {
    fc.assert(
      fc.property(anyPolicy, facts, factName, (json, known, told) => {
        const tied = { ...json, subject_from: { type: "customer", fact: told } };
        expectNoLessScrutiny(classify({ ...json, subject_from: undefined }, known), classify(tied, known));
      }),
      runs,
    );
  });

  it("takes a fact that is null, of another type or without a value for one that is missing", () => {
    const unusable = fc.constantFrom(null, undefined, Number.NaN, Number.POSITIVE_INFINITY, [1], {});
    fc.assert(
      fc.property(anyPolicy, facts, factName, unusable, (json, known, name, useless) => {
        const { [name]: _, ...fewer } = known;
        const verdicts = (all: Facts) => {
          const { tier, route, blocked_by, unresolved_blocks, rule_name } = classify(json, all);
          return { tier, route, blocked_by, unresolved_blocks, rule_name };
        };
        expect(verdicts({ ...fewer, [name]: { value: useless, source: "test" } })).toEqual(verdicts(fewer));
      }),
      runs,
    );
  });

  it("never runs by itself what is blocked, prohibited, or not known to be clear", () => {
    fc.assert(
      fc.property(anyPolicy, facts, (json, known) => {
        const { tier, route, unresolved_blocks, sla_hours, decided_by, blocked_by } = classify(json, known);
        if (unresolved_blocks.length > 0 && tier !== "prohibited")
          expect(runsBeforeReview(route)).toBe(false);
        if (tier === "prohibited") expect(route).toBe("named_approver");
        else if (route === "auto_execute") expect(sla_hours).toBeNull();
        else expect(sla_hours).toBeGreaterThan(0);
        if (blocked_by.length > 0 && json.prohibited !== true) expect(decided_by).toBe("hard_block");
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
      fc.property(anyPolicy, facts, (json, known) => {
        expect(classify(turn(json) as Policy, turn(known) as Facts)).toEqual(classify(json, known));
      }),
      runs,
    );
  });

  it("is not changed by a fact that the policy does not name", () => {
    fc.assert(
      fc.property(anyPolicy, facts, fc.string(), fc.anything(), (json, known, name, extra) => {
        fc.pre(!FACT_NAMES.includes(name) && name !== "__proto__");
        expect(classify(json, { ...known, [name]: { value: extra, source: "agent" } })).toEqual(
          classify(json, known),
        );
      }),
      runs,
    );
  });
});
