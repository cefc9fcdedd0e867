import { describe, expect, it } from "vitest";
import { applyLease, endedLease, leaseEndsAt, policyAt } from "./apply-lease";
import { compilePolicy, type Facts } from "./compile-policy";
import { evaluate } from "./evaluate";
import { parsePolicy } from "./parse-policy";

const lease = { until: "2027-02-21", promotion: "prm_1" };
const before = new Date("2027-02-21T23:59:59.999Z");
const after = new Date("2027-02-22T00:00:00Z");

function read(tiers: unknown[]) {
  const parsed = parsePolicy({ action_type: "test", tiers });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return compilePolicy(parsed.policy);
}
const problemsOf = (rule: object) => {
  const parsed = parsePolicy({ action_type: "test", tiers: [rule] });
  return parsed.ok ? [] : parsed.problems.map(({ path }) => path);
};
const facts = (values: Record<string, unknown>): Facts =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, source: "test" }]));

const policy = read([
  { tier: "low", when: { amount_lte: 100 }, route: "auto_execute", sample_review: 0.1, lease },
  { tier: "medium", route: "batch_review", sla_hours: 8 },
]);

describe("a rule's lease", () => {
  it("lets it run by itself to the end of its last day in UTC, and not a moment longer", () => {
    const classification = evaluate(policy, facts({ amount: 50 }));
    expect(classification).toMatchObject({ route: "auto_execute", lease });
    expect(applyLease(classification, before)).toBe(classification);
    expect(applyLease(classification, after)).toMatchObject({
      tier: "low",
      route: "batch_review",
      sla_hours: 24,
      held_by: [{ id: "prm_1" }],
    });
    expect(applyLease(classification, after).reasons.at(-1)).toBe(
      "held back to review: its permission to run by itself ended with 2027-02-21",
    );
    expect(leaseEndsAt(lease)).toEqual(after);
  });

  it("changes the policy as it changes what the policy comes to", () => {
    for (const [now, amount, route] of [
      [before, 50, "auto_execute"],
      [after, 50, "batch_review"],
      [after, 500, "batch_review"],
    ] as const) {
      const known = facts({ amount });
      expect(evaluate(policyAt(policy, now), known).route).toBe(route);
      expect(applyLease(evaluate(policy, known), now).route).toBe(route);
    }
  });

  it("says nothing of what people review anyway", () => {
    const classification = evaluate(policy, facts({ amount: 500 }));
    expect(classification.lease).toBeUndefined();
    expect(applyLease(classification, after)).toBe(classification);
    expect(endedLease(undefined, after)).toBeNull();
  });

  it("counts as the first to end where facts are unknown and two rules share the answer", () => {
    const two = read([
      { tier: "low", when: { vip: true }, route: "auto_execute", lease },
      { tier: "low", when: { amount_lte: 100 }, route: "auto_execute", lease: { until: "2027-06-30" } },
      { tier: "medium", route: "batch_review" },
    ]);
    expect(evaluate(two, facts({ amount: 50 })).lease).toEqual(lease);
    expect(evaluate(two, facts({ amount: 50, vip: false })).lease).toEqual({ until: "2027-06-30" });
  });

  it("stands only where something runs before review, and names a day", () => {
    expect(problemsOf({ tier: "low", route: "auto_execute", lease })).toEqual([]);
    expect(problemsOf({ tier: "low", route: "execute_then_review", lease: { until: "2027-02-21" } })).toEqual(
      [],
    );
    expect(problemsOf({ tier: "medium", route: "batch_review", lease })).toEqual(["tiers[0].lease"]);
    expect(problemsOf({ tier: "prohibited", lease })).toEqual(["tiers[0].lease"]);
    expect(problemsOf({ tier: "low", route: "auto_execute", lease: { until: "2027-02-30" } })).toEqual([
      "tiers[0].lease.until",
    ]);
    expect(problemsOf({ tier: "low", route: "auto_execute", lease: { ...lease, ends: 1 } })).toEqual([
      "tiers[0].lease",
    ]);
  });
});
