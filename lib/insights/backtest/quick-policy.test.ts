import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePolicy } from "@/lib/policy/compile-policy";
import { evaluate } from "@/lib/policy/evaluate";
import { parsePolicy } from "@/lib/policy/parse-policy";
import { runsBeforeReview } from "@/lib/policy/scrutiny";
import { anyPolicy, anyValues, FACT_NAMES, toFacts } from "@/lib/policy-files/test-policies";
import { quickPolicy } from "./quick-policy";

describe("a policy without its explanation", () => {
  it("comes to what the explained one says, for any policy and any facts", () => {
    fc.assert(
      fc.property(anyPolicy, anyValues, (policy, known) => {
        const compiled = compilePolicy(policy);
        const explained = evaluate(compiled, toFacts(known));
        const quick = quickPolicy(compiled, (name) => FACT_NAMES.indexOf(name));
        const outcome = quick(FACT_NAMES.map((name) => (Object.hasOwn(known, name) ? known[name] : null)));
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
