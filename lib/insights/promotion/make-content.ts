import { readConfig } from "@/lib/config";
import { CountersignError } from "@/lib/errors";
import { PolicyError } from "@/lib/policy/policy-error";
import { checkCases } from "@/lib/policy-files/check-cases";
import { loadCasesOf } from "@/lib/policy-files/load-cases";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { columnOf, type PastCases } from "../backtest/past-case";
import { changeTexts } from "./change-texts";
import { backtestLimit, type PlanWorkings } from "./plan-promotion";
import { policiesPath } from "./policies-path";
import { readPolicyTexts } from "./policy-files";
import type { PromotionContent } from "./promotion-content";
import { type Promoted, promotedRule, withRule } from "./write-rule";

/**
 * Everything a promotion freezes: figures, limit and files, for the limit that the plan proposes or a stricter `value`.
 * @throws CountersignError `conflict` where history does not bear it, or the files are not what is in force.
 */
export function makeContent(
  { answer, policy: inForce, base, heldRules, past, agentNames }: PlanWorkings,
  chosen: { value: number | undefined; sampleReview: number; lease: Promoted["lease"] },
): PromotionContent {
  const { proposal, plan, ...frame } = answer;
  const { policy, replaced } = base;
  if (!proposal) {
    throw new CountersignError("conflict", "History does not bear this promotion. Look at the wizard again.");
  }
  const limit = { ...proposal.limit, value: chosen.value ?? proposal.limit.value };
  const isLooser =
    limit.direction === "lte" ? limit.value > proposal.limit.value : limit.value < proposal.limit.value;
  if (isLooser) {
    const message = `${limit.value} goes beyond ${proposal.limit.value}, the loosest limit that history bears.`;
    throw new CountersignError("conflict", message, { fields: [{ path: "/value", message }] });
  }
  const { sampleReview, lease } = chosen;
  const promoted: Promoted = { ...limit, ruleIndex: answer.rule.index, sampleReview, lease };
  const options = { includeImported: answer.includeImported, agentNames };
  const backtest = backtestLimit(past, policy, { ruleIndex: answer.rule.index, limit }, options);
  if (backtest.added.bound >= answer.tolerance) {
    const message = `Up to ${limit.value} there are too few decisions: the bound is not under the tolerance.`;
    throw new CountersignError("conflict", message, { fields: [{ path: "/value", message }] });
  }
  const texts = readTexts(inForce);
  const rule = promotedRule(policy, promoted);
  const candidate = withRule(policy, promoted.ruleIndex, rule);
  const { sample, step } = sampleAt(past, policy, limit);
  const changed = changeTexts(texts, { candidate, rule, promoted, replaced, sample, step });
  const folder = `${policiesPath()}/${policy.actionType}`;
  return {
    v: 1,
    id: chosen.lease.promotion,
    ...frame,
    limit,
    sampleReview: chosen.sampleReview,
    leaseUntil: chosen.lease.until,
    ruleName: rule.name!,
    replacedRules: replaced.map(({ name, lease }) => ({
      name,
      until: lease!.until,
      isHeld: heldRules.has(name),
    })),
    history: { drafts: plan.drafts, decided: plan.decided, wrong: plan.wrong },
    backtest,
    curve: plan.chosen?.search.curve ?? [],
    files: (["policy", "cases", "checks"] as const).flatMap((name) => {
      const after = changed[name];
      return after === null ? [] : [{ path: `${folder}/${name}.json`, before: texts[name], after }];
    }),
    movedCases: changed.movedCases,
    addedCases: changed.addedCases,
    removedChecks: changed.removedChecks,
  };
}

/** The files as they are, whose golden cases pass: only then does the patch change what it says it changes. */
export function readTexts(policy: LoadedPolicy) {
  const dir = readConfig().POLICIES_DIR;
  const texts = readPolicyTexts(dir, policy);
  try {
    const cases = loadCasesOf(dir, policy.actionType);
    if (cases.length === 0 || checkCases(policy, cases).failed === 0) return texts;
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
  }
  throw new CountersignError(
    "conflict",
    `The golden cases of ${policy.actionType} fail already. Put cases.json in order first: npm run policies:check`,
  );
}

/** The facts of a draft at the limit, and the least difference that its number was seen to come in. */
function sampleAt(past: PastCases, policy: LoadedPolicy, limit: PromotionContent["limit"]) {
  const sources = { ...policy.factSources };
  const nameAt = past.columns.map(
    ({ name }, index) =>
      Object.keys(sources).find((each) => columnOf(past.columns, sources[each]!, policy) === index) ?? name,
  );
  const at = nameAt.indexOf(limit.fact);
  const distance = (value: unknown) =>
    typeof value === "number" ? Math.abs(value - limit.value) : Number.POSITIVE_INFINITY;
  const decided = past.cases.filter(({ outcome }) => outcome === "approved" || outcome === "upheld");
  const nearest = decided.reduce<(typeof decided)[number] | null>(
    (best, each) => (best && distance(best.values[at]) <= distance(each.values[at]) ? best : each),
    null,
  );
  const known = (nearest?.values ?? []).flatMap((value, index) =>
    value === undefined || value === null ? [] : [[nameAt[index]!, value] as const],
  );
  let decimals = limit.fact === "amount" ? 2 : 0;
  for (const { values } of past.cases) decimals = Math.max(decimals, decimalsOf(values[at]));
  return {
    sample: Object.fromEntries(known) as Record<string, unknown>,
    step: 10 ** -Math.min(Math.max(decimals, decimalsOf(limit.value)), 6),
  };
}

const decimalsOf = (value: unknown): number =>
  typeof value === "number" ? (/\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0) : 0;
