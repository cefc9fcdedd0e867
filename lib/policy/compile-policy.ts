import { type Condition, conditionFacts, isUnconditional, parseCondition } from "./condition";
import type { ConditionResult } from "./explain";
import { describeCondition } from "./explain";
import { OPERATORS, type Verdict } from "./operators";
import { PolicyError } from "./policy-error";
import type { Policy, PolicyRule } from "./schema";
import { type Route, routeRank, type Tier, tierRank } from "./scrutiny";

/**
 * A fact with where it comes from and when it was true (ISO 8601). A null value is unknown; `note` says why it is, or
 * what lies behind the value.
 */
export type FactValue = { value: unknown; source: string; at?: string; note?: string };
/** The facts known for one draft; what is missing is unknown. */
export type Facts = Readonly<Record<string, FactValue | undefined>>;

/** Tests a condition and appends every comparison in it to `out`: none is skipped, so that all can be shown. */
export type Test = (facts: Facts, out: ConditionResult[]) => Verdict;

export type SlaClock = "elapsed" | "business_hours";
export type EscalationStep = { after_hours: number; to: string };
/** Until which day, in UTC, a rule lets something run by itself, and the promotion that it comes from. */
export type Lease = { until: string; promotion?: string | undefined };

/** What follows once a rule has decided. */
export type Handling = {
  tier: Tier;
  route: Route;
  approver_rule: string | null;
  approvals_required: number;
  sla_hours: number | null;
  /** What `sla_hours` and the escalation's `after_hours` count. */
  sla_in: SlaClock;
  escalation: EscalationStep[];
  on_timeout: "deny" | "hold";
  sample_review: number;
  undo_seconds: number;
  min_reading_seconds: number;
  cites: string | null;
  /** Missing where what runs by itself does so without an end. */
  lease?: Lease;
};

export type CompiledRule = Handling & {
  index: number;
  /** The rule's own name, or its tier and position: "medium #2". */
  name: string;
  condition: Condition;
  test: Test;
};

export type CompiledBlock = { label: string; condition: Condition; test: Test };

export type CompiledPolicy = {
  actionType: string;
  prohibited: boolean;
  rules: readonly CompiledRule[];
  hardBlocks: readonly CompiledBlock[];
  /** How a draft is handled that no rule definitely covers: high tier, the strictest named approver. */
  fallback: Handling;
  /** The department that the policy names; `departmentFact` is the fact that tells it instead. */
  department: string | null;
  departmentFact: string | null;
  /** The fact that holds the id of whom a draft is really about, and the type that subject has. */
  subjectFrom: { type: string; fact: string } | null;
  /** Every fact the policy looks at, in order of appearance. */
  factNames: readonly string[];
};

export const DEFAULT_SLA_HOURS = 24;
/** True when a draft claims to be about another subject than `subject_from` finds. The facts carry it. */
export const SUBJECT_MISMATCH = "subject_mismatch";
/** The approver rule of whatever names none. */
export const DEFAULT_APPROVER_RULE = "default_approvers";

/**
 * Turns a valid policy into closures, once, so that evaluating is quick.
 * Throws PolicyError for a condition that `parsePolicy` would have refused.
 */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const tiers = policy.tiers ?? [];
  const rules = tiers.map((rule, index) => compileRule(rule, index, positionOf(tiers, index)));
  const subjectFrom = policy.subject_from ?? null;
  const departmentFact = policy.department_from ?? null;
  const hardBlocks = [
    ...(subjectFrom ? [compileBlock(SUBJECT_MISMATCH, -1)] : []),
    ...(policy.hard_blocks ?? []).map(compileBlock),
  ];
  const conditions = [...rules, ...hardBlocks].map(({ condition }) => condition);
  const others = [subjectFrom?.fact, departmentFact].filter((fact) => typeof fact === "string");
  return {
    actionType: policy.action_type,
    prohibited: policy.prohibited ?? false,
    rules,
    hardBlocks,
    fallback: chooseFallback(rules),
    department: policy.department ?? null,
    departmentFact,
    subjectFrom,
    factNames: [...new Set([...conditions.flatMap(conditionFacts), ...others])],
  };
}

/**
 * Where a rule stands, from 1, past those that a promotion has put in: were they counted, the rules behind them would
 * change their names, and holds and figures go by names.
 */
const positionOf = (tiers: readonly PolicyRule[], index: number): number =>
  index + 1 - tiers.slice(0, index).filter(({ name, lease }) => name && lease?.promotion).length;

function compileRule(rule: PolicyRule, index: number, position: number): CompiledRule {
  const name = rule.name ?? `${rule.tier} #${position}`;
  const condition = readCondition(rule.when ?? {}, `tiers[${index}].when`);
  const route = rule.route ?? "named_approver";
  const waits = rule.tier !== "prohibited" && route !== "auto_execute";
  const sla_hours = waits ? (rule.sla_hours ?? DEFAULT_SLA_HOURS) : null;
  const toOne =
    rule.escalate_to && sla_hours !== null ? [{ after_hours: sla_hours, to: rule.escalate_to }] : [];
  return {
    index,
    name,
    condition,
    test: isUnconditional(condition) ? () => true : compileTest(condition, name),
    tier: rule.tier,
    route,
    approver_rule: rule.approver_rule ?? null,
    approvals_required: rule.approvals_required ?? 1,
    sla_hours,
    sla_in: rule.sla_in ?? "elapsed",
    escalation: rule.escalation ?? toOne,
    on_timeout: rule.on_timeout ?? "deny",
    sample_review: rule.sample_review ?? 0,
    undo_seconds: rule.undo_seconds ?? 0,
    min_reading_seconds: rule.min_reading_seconds ?? 0,
    cites: rule.cites ?? null,
    ...(rule.lease ? { lease: rule.lease } : {}),
  };
}

function compileBlock(block: unknown, index: number): CompiledBlock {
  if (typeof block === "string") {
    const condition: Condition = { kind: "fact", fact: block, operator: "eq", expected: true };
    return { label: block, condition, test: compileTest(condition, `hard block: ${block}`) };
  }
  const condition = readCondition(block, `hard_blocks[${index}]`);
  const label = describeCondition(condition);
  return { label, condition, test: compileTest(condition, `hard block: ${label}`) };
}

function readCondition(raw: unknown, path: string): Condition {
  const problems: Parameters<typeof parseCondition>[1] = [];
  const condition = parseCondition(raw, problems);
  if (problems.length === 0) return condition;
  throw new PolicyError(problems.map(({ found, allowed }) => ({ file: "", path, found, allowed })));
}

function compileTest(condition: Condition, rule: string): Test {
  if (condition.kind === "fact") {
    const { fact, operator, expected } = condition;
    const holds = OPERATORS[operator].compile(expected as never);
    return (facts, out) => {
      const known = Object.hasOwn(facts, fact) ? facts[fact] : undefined;
      const actual = known?.value ?? null;
      const verdict = actual === null ? null : holds(actual);
      const source = known?.source ?? null;
      const at = known?.at ?? null;
      out.push({ rule, fact, operator, expected, actual, source, at, holds: verdict, note: known?.note });
      return verdict;
    };
  }
  if (condition.kind === "not") {
    const test = compileTest(condition.part, rule);
    return (facts, out) => {
      const verdict = test(facts, out);
      return verdict === null ? null : !verdict;
    };
  }
  const tests = condition.parts.map((part) => compileTest(part, rule));
  // One part that is `settling` settles the whole; failing that, one unknown part leaves it unknown.
  const settling = condition.kind === "any";
  return (facts, out) => {
    let result: Verdict = !settling;
    for (const test of tests) {
      const verdict = test(facts, out);
      if (verdict === settling) result = settling;
      else if (verdict === null && result !== settling) result = null;
    }
    return result;
  };
}

function chooseFallback(rules: readonly CompiledRule[]): Handling {
  const strictest = rules
    .filter((rule) => rule.route === "named_approver")
    .sort(compareScrutiny)
    .at(-1);
  return {
    tier: "high",
    route: "named_approver",
    approver_rule: strictest?.approver_rule ?? DEFAULT_APPROVER_RULE,
    approvals_required: strictest?.approvals_required ?? 1,
    sla_hours: strictest?.sla_hours ?? DEFAULT_SLA_HOURS,
    sla_in: strictest?.sla_in ?? "elapsed",
    escalation: strictest?.escalation ?? [],
    on_timeout: strictest?.on_timeout ?? "deny",
    sample_review: 0,
    undo_seconds: strictest?.undo_seconds ?? 0,
    min_reading_seconds: strictest?.min_reading_seconds ?? 0,
    cites: null,
  };
}

/** Orders handlings by tier, then route, then approvals; equal ones keep their order in the file. */
export function compareScrutiny(a: Handling, b: Handling): number {
  return (
    tierRank(a.tier) - tierRank(b.tier) ||
    routeRank(a.route) - routeRank(b.route) ||
    a.approvals_required - b.approvals_required
  );
}
