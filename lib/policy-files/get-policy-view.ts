import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { getDirectory } from "@/lib/directory/load-directory";
import { executorOf } from "@/lib/drafts/submit-draft";
import { titleOf } from "@/lib/drafts/title-of";
import { CountersignError } from "@/lib/errors";
import { listOpenHolds, type OpenHold } from "@/lib/holds/list-open-holds";
import type { Handling } from "@/lib/policy/compile-policy";
import { describeCondition } from "@/lib/policy/explain";
import type { PolicyAttributes } from "@/lib/policy/schema";
import { ruleNamed } from "@/lib/routing/resolve-approvers";
import { describeSource } from "./explain-facts";
import { type FactControl, factControls } from "./fact-controls";
import { type GoldenResult, getGoldenResult } from "./golden-cases";
import { listVersions, type PolicyVersions } from "./list-versions";
import { policyVersionId } from "./policy-versions";

/** One rule, in the order in which rules are asked. */
export interface RuleView extends Handling {
  name: string;
  description: string | null;
  when: string;
}

/** A golden case with what came of it. */
export interface GoldenCaseView {
  name: string;
  facts: Record<string, unknown>;
  /** What it says must come of them, in words. */
  expected: string;
  passed: boolean;
  /** What came of it instead, and every comparison; empty when it passed. */
  found: string[];
}

/** Everything about one policy in force. */
export interface PolicyView {
  actionType: string;
  title: string;
  description: string | null;
  prohibited: boolean;
  attributes: PolicyAttributes;
  executor: "agent" | "webhook";
  department: { kind: "named" | "fact"; name: string } | null;
  subjectFrom: { type: string; fact: string } | null;
  rules: RuleView[];
  /** How a draft is handled that no rule covers. */
  fallback: Handling;
  /** Approver rules that the policy asks and nobody has entered. */
  missingApproverRules: string[];
  hardBlocks: string[];
  facts: FactControl[];
  /** Facts that are settled but that no rule looks at. */
  unusedFacts: { name: string; comesFrom: string }[];
  prose: string;
  /** policy.json, spelled out. */
  source: string;
  golden: { ok: true; cases: GoldenCaseView[]; unreached: string[] } | { ok: false; problem: string };
  holds: OpenHold[];
  versionId: string;
  versions: PolicyVersions;
}

/**
 * One policy as it is in force, with its golden cases, versions and holds.
 * @throws CountersignError `forbidden`, `not_found` when no policy covers the action type.
 */
export async function getPolicyView(ctx: Context, actionType: string): Promise<PolicyView> {
  requirePermission(ctx.actor, "organisation.read");
  const loaded = ctx.policies.get(actionType);
  if (!loaded) throw new CountersignError("not_found", "No policy covers this action type.");
  const [holds, versions, directory] = await Promise.all([
    listOpenHolds(ctx),
    listVersions(ctx, actionType),
    getDirectory(ctx.db),
  ]);
  const { policy, raw, factSources } = loaded;
  const asked = [...policy.rules, policy.fallback].flatMap(({ approver_rule, escalation }) => [
    ...(approver_rule === null ? [] : [approver_rule]),
    ...escalation.map(({ to }) => to),
  ]);
  return {
    actionType,
    title: titleOf(loaded, actionType),
    description: raw.description ?? null,
    prohibited: policy.prohibited,
    attributes: raw.attributes ?? {},
    executor: executorOf(loaded),
    department: departmentWords(policy),
    subjectFrom: policy.subjectFrom,
    rules: policy.rules.map(({ index, condition, test: _, ...rule }) => ({
      ...rule,
      description: raw.tiers?.[index]?.description ?? null,
      when: describeCondition(condition),
    })),
    fallback: policy.fallback,
    missingApproverRules: [...new Set(asked)].filter((name) => !ruleNamed(directory, name)),
    hardBlocks: policy.hardBlocks.map(({ label }) => label),
    facts: factControls(loaded),
    unusedFacts: Object.entries(factSources)
      .filter(([name]) => !policy.factNames.includes(name))
      .map(([name, source]) => ({ name, comesFrom: describeSource(source) })),
    prose: loaded.prose,
    source: JSON.stringify(raw, null, 2),
    golden: goldenView(getGoldenResult(loaded)),
    holds: holds.filter((hold) => hold.actionType === actionType),
    versionId: policyVersionId(loaded),
    versions,
  };
}

function departmentWords({
  department,
  departmentFact,
}: {
  department: string | null;
  departmentFact: string | null;
}): PolicyView["department"] {
  if (departmentFact !== null) return { kind: "fact", name: departmentFact };
  return department === null ? null : { kind: "named", name: department };
}

function goldenView(result: GoldenResult): PolicyView["golden"] {
  if (!result.ok) return result;
  const { cases, check } = result;
  return {
    ok: true,
    cases: cases.map(({ name, facts, ...expected }, at) => {
      const failures = check.findings.filter(
        ({ severity, path }) => severity === "error" && path === `[${at}]`,
      );
      return {
        name,
        facts,
        expected: Object.entries(expected)
          .map(([key, value]) => `${key.replaceAll("_", " ")} ${sayExpected(key, value)}`)
          .join(", "),
        passed: failures.length === 0,
        found: failures.flatMap(({ found, details }) => [found, ...details]),
      };
    }),
    unreached: check.coverage.filter((rule) => rule.cases.length === 0).map(({ rule }) => rule),
  };
}

function sayExpected(key: string, value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return "none";
  if (key === "approver_rule" || key === "rule_name") return String(value);
  return [value].flat().join(", ").replaceAll("_", " ");
}
