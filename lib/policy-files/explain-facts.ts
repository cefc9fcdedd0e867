import { type Classification, evaluate } from "@/lib/policy/evaluate";
import { type ConditionResult, explainCondition } from "@/lib/policy/explain";
import type { LoadedPolicy } from "./load-policies";
import type { FactSource } from "./resolve-fact-sources";

/** What a policy makes of these values, and each of them with where it would come from. */
export interface Explanation {
  classification: Classification;
  /** The comparisons, each with where the policy would find its fact. */
  conditions: (ConditionResult & { comesFrom: string })[];
  /** Facts that the policy looks at and that were not given. */
  unknown: string[];
  /** Facts that were given and that the policy does not look at. */
  ignored: string[];
}

/** Evaluates a policy on facts as a person typed them. */
export function explainFacts(
  { policy, factSources }: LoadedPolicy,
  values: Record<string, unknown>,
): Explanation {
  const facts = Object.entries(values).map(([name, value]) => [name, { value, source: "given" }]);
  const classification = evaluate(policy, Object.fromEntries(facts));
  const given = Object.keys(values).filter((name) => values[name] !== null);
  return {
    classification,
    conditions: classification.conditions.map((result) => ({
      ...result,
      comesFrom: describeSource(factSources[result.fact]!),
    })),
    unknown: policy.factNames.filter((name) => !given.includes(name)),
    ignored: given.filter((name) => !policy.factNames.includes(name)),
  };
}

/** Where a fact is looked up, in a few words. */
export function describeSource(source: FactSource): string {
  switch (source.kind) {
    case "payload":
      return `payload ${source.pointer}`;
    case "computed":
      return `computed ${source.name}`;
    case "http":
      return `lookup ${source.lookup} ${source.pointer}`;
    case "subject_check":
      return "subject_from";
    case "pushed": {
      const subject =
        source.idPointer === null ? "the draft's subject" : `${source.subjectType} ${source.idPointer}`;
      return `pushed ${source.name} of ${subject}`;
    }
  }
}

/** The explanation as lines of text. */
export function formatExplanation(explanation: Explanation, actionType: string): string[] {
  const { classification: got, conditions, unknown, ignored } = explanation;
  const blocked = got.tier === "prohibited" || got.blocked_by.length > 0;
  const people = [got.approver_rule, ...got.escalation.map(({ to }) => to)].filter(Boolean).join(", then ");
  const clock = got.sla_in === "business_hours" ? "business hours" : "hours";
  const summary: [string, string][] = [
    ["action type", actionType],
    ["tier", got.tier],
    ["route", blocked ? "none: it is blocked" : got.route],
    ["decided by", `${got.rule_name} (${got.decided_by.replaceAll("_", " ")})`],
    ...(blocked || got.sla_hours === null
      ? []
      : [["time to decide", `${got.sla_hours} ${clock}`] as [string, string]]),
    ...(blocked || !people
      ? []
      : [["asks", `${people} (${got.approvals_required} needed)`] as [string, string]]),
    ["hard blocks", got.blocked_by.join("; ") || "none holds"],
    ["not known to be clear", got.unresolved_blocks.join("; ") || "none"],
  ];
  const width = Math.max(...summary.map(([name]) => name.length));
  const rules = [...new Set(conditions.map(({ rule }) => rule))];
  return [
    ...summary.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    ...rules.flatMap((rule) => [
      "",
      rule,
      ...conditions.filter((one) => one.rule === rule).map(formatCondition),
    ]),
    ...(unknown.length ? ["", `unknown: ${unknown.join(", ")}`] : []),
    ...(ignored.length ? ["", `not looked at: ${ignored.join(", ")}`] : []),
  ];
}

function formatCondition(result: Explanation["conditions"][number]): string {
  const verdict = result.holds === null ? "?  " : result.holds ? "yes" : "no ";
  const wanted = `${result.fact}_${result.operator} ${JSON.stringify(result.expected)}`;
  return `  ${verdict}  ${wanted}: ${explainCondition(result)}  [${result.comesFrom}]`;
}
