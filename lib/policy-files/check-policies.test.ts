import { describe, expect, it } from "vitest";
import { compilePolicy } from "@/lib/policy/compile-policy";
import { parsePolicy } from "@/lib/policy/parse-policy";
import { checkPolicies } from "./check-policies";
import type { GoldenCase } from "./load-cases";
import type { LoadedPolicies, LoadedPolicy } from "./load-policies";

const low = { tier: "low", route: "auto_execute", when: { amount_lte: 50 } };
const medium = { tier: "medium", route: "batch_review" };
const good: GoldenCase = {
  name: "small",
  facts: { amount: 5, fraud: false },
  tier: "low",
  route: "auto_execute",
};

function check(policy: object, cases: GoldenCase[] | null, prose = "# Low\n# Medium\n# High") {
  const parsed = parsePolicy({ action_type: "pay", tiers: [low, medium], hard_blocks: ["fraud"], ...policy });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const compiled = compilePolicy(parsed.policy);
  const factSources = Object.fromEntries(compiled.factNames.map((name) => [name, {}]));
  const loaded = {
    actionType: "pay",
    policy: compiled,
    raw: parsed.policy,
    prose,
    factSources,
  } as unknown as LoadedPolicy;
  const policies: LoadedPolicies = new Map([["pay", loaded]]);
  return checkPolicies(policies, new Map(cases ? [["pay", cases]] : []));
}

describe("checking policies", () => {
  it("finds nothing where there is nothing", () => {
    const { rows, findings } = check({}, [
      good,
      { name: "bad", facts: { fraud: true }, blocked_by: ["fraud"] },
    ]);
    expect(findings).toEqual([]);
    expect(rows).toEqual([{ actionType: "pay", rules: 2, hardBlocks: 1, cases: 2, failed: 0 }]);
  });

  it("tells what a golden case expected, what it got, and every comparison", () => {
    const { rows, findings } = check({ tiers: [{ ...low, when: { amount_lte: 4 } }, medium] }, [good]);
    expect(rows[0]?.failed).toBe(1);
    expect(findings).toEqual([
      {
        severity: "error",
        actionType: "pay",
        file: "cases.json",
        message:
          'case "small": tier: expected "low", got "medium"; route: expected "auto_execute", got "batch_review"',
        details: ["hard block: fraud: fraud is false", "low #1: amount 5 is over 4", "decided by medium #2"],
      },
    ]);
  });

  it("fails a case that is blocked although it should not be, and the other way round", () => {
    const blocked = check({}, [{ ...good, facts: { amount: 5, fraud: true } }]).findings;
    expect(blocked[0]?.message).toContain('blocked_by: expected [], got ["fraud"]');
    const open = check({}, [{ name: "open", facts: { fraud: false }, blocked_by: ["fraud"] }]).findings;
    expect(open[0]?.message).toContain('blocked_by: expected ["fraud"], got []');
  });

  it.each([
    [{}, null, undefined, "error", "there are no golden cases"],
    [{}, [], undefined, "error", "there are no golden cases"],
    [
      { tiers: [medium, low] },
      [{ ...good, tier: "medium", route: "batch_review" }],
      undefined,
      "error",
      "tiers[1] (low #2) can never match: tiers[0] always does",
    ],
    [
      { tiers: [{ ...low, cites: "Small sums" }, medium] },
      [good],
      undefined,
      "error",
      'no heading "Small sums", which tiers[0] cites',
    ],
    [{}, [good], "# Low", "warning", "no heading names the tier medium that tiers[1] leads to"],
    [
      {},
      [{ ...good, facts: { ...good.facts, amuont: 5 } }],
      undefined,
      "warning",
      "does not look at a fact named amuont",
    ],
  ] as const)("reports %j with cases %j", (policy, cases, prose, severity, message) => {
    const { findings } = check(policy, cases as GoldenCase[] | null, prose);
    expect(findings).toEqual([
      expect.objectContaining({ severity, message: expect.stringContaining(message) }),
    ]);
  });
});
