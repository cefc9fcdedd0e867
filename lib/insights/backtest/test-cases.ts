import { compilePolicy } from "@/lib/policy/compile-policy";
import { parsePolicy } from "@/lib/policy/parse-policy";
import type { PolicyProblem } from "@/lib/policy/policy-error";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { resolveFactSources } from "@/lib/policy-files/resolve-fact-sources";
import { columnsOf } from "./columns";
import type { PastCase, PastCases } from "./past-case";

/** A policy for tests, as if it had been loaded; the payload declares `amount` and what else is named. */
export function testPolicy(policy: object, declared: readonly string[] = ["amount"]): LoadedPolicy {
  const problems: PolicyProblem[] = [];
  const parsed = parsePolicy({ action_type: "test", ...policy });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const compiled = compilePolicy(parsed.policy);
  const factSources = resolveFactSources(parsed.policy, compiled.factNames, new Set(declared), "", problems);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return {
    actionType: "test",
    policy: compiled,
    raw: parsed.policy,
    prose: "",
    payloadSchema: { properties: Object.fromEntries(declared.map((name) => [name, { type: "number" }])) },
    validatePayload: () => ({ ok: true }),
    hash: JSON.stringify(policy),
    factSources,
  } as unknown as LoadedPolicy;
}

/** Cases for tests; facts by name, as the first of the policies calls them. */
export function testCases(
  policies: readonly LoadedPolicy[],
  cases: (Partial<PastCase> & { facts: Record<string, unknown> })[],
): PastCases {
  const columns = columnsOf(policies);
  return {
    actionType: "test",
    columns,
    cases: cases.map(({ facts, ...rest }, index) => ({
      id: `drf_${index}`,
      at: index,
      agentId: "agt_1",
      subjectType: "customer",
      imported: false,
      outcome: null,
      seconds: null,
      values: columns.map(({ name }) => facts[name]),
      ...rest,
    })),
  };
}
