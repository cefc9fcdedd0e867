import fc from "fast-check";
import type { Facts } from "@/lib/policy/compile-policy";
import { parsePolicy } from "@/lib/policy/parse-policy";
import type { Policy } from "@/lib/policy/schema";

/** The facts that the policies below look at; the last is what `subject_from` adds. */
export const FACT_NAMES = ["a", "b", "c", "d", "subject_mismatch"];

/** The name of a fact. */
export const factName = fc.constantFrom(...FACT_NAMES);
const number = fc.integer({ min: 0, max: 4 });
const text = fc.constantFrom("x", "y", "z");

const { when } = fc.letrec<{ when: object; leaf: object }>((tie) => ({
  leaf: fc.oneof(
    fc
      .tuple(factName, fc.constantFrom("_lte", "_lt", "_gte", "_gt", "_eq", "_ne"), number)
      .map(([name, operator, value]) => ({ [name + operator]: value })),
    fc.tuple(factName, fc.boolean()).map(([name, wanted]) => ({ [name]: wanted })),
    fc
      .tuple(factName, fc.constantFrom("_in", "_not_in"), fc.array(text, { minLength: 1, maxLength: 2 }))
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
    ...(tier !== "prohibited" && route !== "auto_execute"
      ? { approvals_required: approvals, sla_in: approvals > 1 ? "business_hours" : "elapsed" }
      : {}),
  }));

/** A hard block: a fact, or a condition. */
export const hardBlock = fc.oneof(factName, when);

/** Any policy, for property tests: few facts and few values, so that rules meet. */
export const anyPolicy: fc.Arbitrary<Policy> = fc
  .record({
    action_type: fc.constant("test"),
    tiers: fc.array(rule, { minLength: 1, maxLength: 5 }),
    hard_blocks: fc.array(hardBlock, { maxLength: 2 }),
    subject_from: fc.option(fc.record({ type: fc.constant("customer"), fact: factName }), { nil: undefined }),
    prohibited: fc.option(fc.constant(true), { nil: undefined, freq: 10 }),
  })
  .map((json) => {
    const result = parsePolicy(json);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    return result.policy;
  });

/** What may be known of a draft: some facts, some of them unusable. */
export const anyValues = fc.dictionary(
  factName,
  fc.oneof(number, fc.boolean(), text, fc.constant(null), fc.constant([1])),
  { maxKeys: FACT_NAMES.length },
);

/** Values as facts. */
export const toFacts = (values: Record<string, unknown>): Facts =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, source: "test" }]));
