import { DEFAULT_APPROVER_RULE } from "@/lib/policy/compile-policy";
import { findExcerpt } from "@/lib/policy/excerpt";
import { quoteFound } from "@/lib/policy/policy-error";
import { findGap, findUnreachableRules } from "@/lib/policy/reachability";
import { error, type Finding, warning } from "./finding";
import type { LoadedPolicy } from "./load-policies";
import { payloadDomains } from "./payload-domains";

/** What is wrong with the rules of one policy as they stand: see the functions below. */
export function checkRules(policy: LoadedPolicy, approverRules: ReadonlySet<string> | null): Finding[] {
  return [
    ...findDeadRules(policy),
    ...findDefaulted(policy),
    ...findMissingSections(policy),
    ...(approverRules ? findMissingApproverRules(policy, approverRules) : []),
  ];
}

/** Rules that no draft can be decided by. */
function findDeadRules(policy: LoadedPolicy): Finding[] {
  return findUnreachableRules(policy.policy, payloadDomains(policy)).map(({ index, because }) => {
    const whole = `tiers[${index}]`;
    const when = quoteFound(policy.raw.tiers?.[index]?.when ?? {});
    const place = { actionType: policy.actionType, file: "policy.json", path: `${whole}.when` } as const;
    if (because === "contradiction") {
      return error(place, `${when}, which can never hold`, "conditions that some draft can meet");
    }
    const cover = because === "covered" ? "the rules before it cover" : `tiers[${because.coveredBy}] covers`;
    return error(
      place,
      `${when}, which ${cover}`,
      "conditions that some draft meets before no earlier rule's",
    );
  });
}

/** Drafts that no rule is about, although everything is known of them. */
function findDefaulted({ actionType, policy, ...rest }: LoadedPolicy): Finding[] {
  if (policy.prohibited) return [];
  const gap = findGap(policy, payloadDomains({ actionType, policy, ...rest }));
  if (!gap) return [];
  const { tier, approver_rule } = policy.fallback;
  const found = `no rule for ${JSON.stringify(gap)}, which falls to the default (${tier}, ${approver_rule})`;
  return [
    warning({ actionType, file: "policy.json", path: "tiers" }, found, "a last rule without conditions"),
  ];
}

/** Sections that a rule quotes and policy.md does not have. */
function findMissingSections({ actionType, policy, prose }: LoadedPolicy): Finding[] {
  return policy.rules
    .filter(({ cites, tier }) => !findExcerpt(prose, { cites, tier }))
    .map(({ cites, tier, index }) => {
      const path = `tiers[${index}]`;
      return cites === null
        ? warning(
            { actionType, file: "policy.md", path: "" },
            `no heading that names the tier ${tier}`,
            `one for approvers of ${path} to read, or cites there`,
          )
        : error(
            { actionType, file: "policy.json", path: `${path}.cites` },
            JSON.stringify(cites),
            "a heading of policy.md",
          );
    });
}

/** Approver rules that a rule names and nobody has made. */
function findMissingApproverRules(
  { actionType, raw }: LoadedPolicy,
  existing: ReadonlySet<string>,
): Finding[] {
  const named = (raw.tiers ?? []).flatMap(({ approver_rule, escalate_to, escalation = [] }, index) => [
    { path: `tiers[${index}].approver_rule`, name: approver_rule },
    { path: `tiers[${index}].escalate_to`, name: escalate_to },
    ...escalation.map(({ to }, step) => ({ path: `tiers[${index}].escalation[${step}].to`, name: to })),
  ]);
  const allowed = `an approver rule that exists: ${[...existing].sort().join(", ") || "there is none"}`;
  return named.flatMap(({ path, name }) =>
    name === undefined || name === DEFAULT_APPROVER_RULE || existing.has(name)
      ? []
      : [error({ actionType, file: "policy.json", path }, JSON.stringify(name), allowed)],
  );
}
