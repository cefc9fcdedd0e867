import { compilePolicy } from "@/lib/policy/compile-policy";
import { factWords } from "@/lib/policy/explain";
import { parsePolicy } from "@/lib/policy/parse-policy";
import { PolicyError, type PolicyProblem } from "@/lib/policy/policy-error";
import type { PolicyRule } from "@/lib/policy/schema";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { resolveFactSources } from "@/lib/policy-files/resolve-fact-sources";
import { payloadHash } from "@/lib/trust/sha256";

/** What is promoted: the drafts of a reviewed rule up to a limit. */
export interface Promoted {
  ruleIndex: number;
  fact: string;
  direction: "lte" | "gte";
  value: number;
  only: { fact: string; value: string | boolean } | null;
  /** Share of what runs by itself that a person checks afterwards. */
  sampleReview: number;
  lease: { until: string; promotion: string };
}

/** The rule that lets the promoted drafts run by themselves: everything the reviewed rule asks, and the limit. */
export function promotedRule(policy: LoadedPolicy, promoted: Promoted): PolicyRule {
  const { ruleIndex, fact, direction, value, only, sampleReview, lease } = promoted;
  const reviewed = policy.raw.tiers?.[ruleIndex];
  const asked = (reviewed?.when ?? {}) as Record<string, unknown>;
  const limit = `${fact}_${direction}`;
  return {
    tier: "low",
    name: nameOf(policy, promoted),
    when: {
      ...asked,
      [limit]: value,
      ...(only ? { [typeof only.value === "boolean" ? only.fact : `${only.fact}_eq`]: only.value } : {}),
    },
    route: "auto_execute",
    ...(sampleReview > 0 ? { sample_review: sampleReview } : {}),
    lease,
  };
}

/** Named by its limit: by its position it would take the name of the rule that it comes before. */
function nameOf({ policy }: LoadedPolicy, { fact, direction, value, only }: Promoted): string {
  const besides = only ? `, ${only.fact} ${only.value}` : "";
  const name = `promoted: ${factWords(fact)} ${direction === "lte" ? "up to" : "from"} ${value}${besides}`;
  const taken = new Set(policy.rules.map((rule) => rule.name));
  const short = name.slice(0, 70);
  for (let count = 1; ; count++) {
    const free = count === 1 ? short : `${short} (${count})`;
    if (!taken.has(free)) return free;
  }
}

/** The policy with one more rule before the one at `index`. @throws PolicyError when that cannot be loaded. */
export function withRule(policy: LoadedPolicy, index: number, rule: PolicyRule): LoadedPolicy {
  const tiers = [...(policy.raw.tiers ?? [])];
  tiers.splice(index, 0, rule);
  return withTiers(policy, tiers);
}

/** The policy with other rules. @throws PolicyError when that cannot be loaded. */
export function withTiers(policy: LoadedPolicy, tiers: PolicyRule[]): LoadedPolicy {
  const json = { ...policy.raw, tiers };
  const file = `${policy.actionType}/policy.json`;
  const parsed = parsePolicy(json);
  if (!parsed.ok) throw new PolicyError(parsed.problems.map((problem) => ({ ...problem, file })));
  const compiled = compilePolicy(parsed.policy);
  const declared = Object.entries(policy.factSources).filter(([, { kind }]) => kind === "payload");
  const properties = new Set([
    ...Object.keys(policy.payloadSchema.properties ?? {}),
    ...declared.map(([name]) => name),
  ]);
  const problems: PolicyProblem[] = [];
  const factSources = resolveFactSources(parsed.policy, compiled.factNames, properties, file, problems);
  if (problems.length > 0) throw new PolicyError(problems);
  return {
    ...policy,
    policy: compiled,
    raw: parsed.policy,
    factSources,
    hash: payloadHash({ policy: json, prose: policy.prose, schema: policy.payloadSchema }),
  };
}
