import {
  type CompiledPolicy,
  type CompiledRule,
  compareScrutiny,
  DEFAULT_SLA_HOURS,
  type Facts,
  type Handling,
  type Lease,
} from "./compile-policy";
import { type ConditionResult, explainCondition } from "./explain";
import { routeRank, runsBeforeReview } from "./scrutiny";

/** What a policy says about one draft. A prohibited draft carries the strictest route, but no route leads on. */
export type Classification = Handling & {
  /** The rule that set the tier; null when none did (default, or the whole action type is prohibited). */
  rule: { index: number; name: string } | null;
  rule_name: string;
  decided_by: "rule" | "unknown_fact" | "default" | "hard_block" | "prohibited";
  /** Hard blocks that hold: the action is forbidden, whatever tier and route say. */
  blocked_by: string[];
  /** Hard blocks that cannot be known yet: no automatic execution, and no dispatch until they are known. */
  unresolved_blocks: string[];
  reasons: string[];
  /** Every comparison of every rule and hard block that was looked at. */
  conditions: ConditionResult[];
  /** What holds this back to review although its rule would let it run by itself; missing when nothing does. */
  held_by?: { id: string; reason: string }[];
};

type Seen = { rule: CompiledRule; from: number; to: number };

/**
 * Classifies a draft by its facts. Total and deterministic: never throws, whatever the facts hold, and neither the
 * order of keys nor a fact that the policy does not name makes a difference.
 * The first rule that definitely holds decides, together with every earlier one that cannot be known: tier and
 * route are each the strictest among them. So a missing fact never leads to less scrutiny than a present one.
 */
export function evaluate(policy: CompiledPolicy, facts: Facts): Classification {
  const conditions: ConditionResult[] = [];
  const blocked_by: string[] = [];
  const unresolved_blocks: string[] = [];
  const reasons: string[] = [];

  for (const block of policy.hardBlocks) {
    const from = conditions.length;
    const verdict = block.test(facts, conditions);
    if (verdict === false) continue;
    (verdict ? blocked_by : unresolved_blocks).push(block.label);
    const sentences = conditions
      .slice(from)
      .filter((result) => verdict || result.holds === null)
      .map(explainCondition);
    reasons.push(`${verdict ? "forbidden" : "not known to be allowed"}: ${sentences.join(", ")}`);
  }

  if (policy.prohibited) {
    return {
      ...prohibitedHandling,
      rule: null,
      rule_name: "prohibited",
      decided_by: "prohibited",
      blocked_by,
      unresolved_blocks,
      reasons: [...reasons, "the AI may never take this action"],
      conditions,
    };
  }

  const unknown: Seen[] = [];
  let definite: Seen | null = null;
  let laxer: Seen | null = null;
  for (const rule of policy.rules) {
    const from = conditions.length;
    const verdict = rule.test(facts, conditions);
    const seen = { rule, from, to: conditions.length };
    if (verdict === true) {
      definite = seen;
      break;
    }
    if (verdict === null) unknown.push(seen);
    else laxer = seen;
  }

  const last: Handling = definite?.rule ?? policy.fallback;
  const candidates: Handling[] = [...unknown.map(({ rule }) => rule), last];
  const byTier = strictest(candidates, compareScrutiny);
  const byRoute = byTier.tier === "prohibited" ? byTier : strictest(candidates, compareByRoute);
  const isUnknown = byTier !== last || byRoute !== last;
  const rule = "index" in byTier ? (byTier as CompiledRule) : null;

  if (definite && laxer && compareScrutiny(laxer.rule, byTier) < 0) {
    reasons.push(...sentencesOf(laxer, conditions, (result) => result.holds === false));
  }
  if (definite) {
    const held = sentencesOf(definite, conditions, (result) => result.holds !== null);
    reasons.push(...(held.length ? held : [`${definite.rule.name} has no conditions`]));
  } else {
    reasons.push("no rule definitely holds, so the strictest applies");
  }
  for (const seen of unknown) {
    reasons.push(...sentencesOf(seen, conditions, (result) => result.holds === null));
  }
  if (isUnknown) reasons.push(`what is unknown counts as ${rule?.name ?? policy.fallback.tier}`);

  const heldBack = unresolved_blocks.length > 0 && runsBeforeReview(byRoute.route);
  const route = heldBack ? "batch_review" : byRoute.route;
  const lease = runsBeforeReview(route) ? firstToEnd(candidates) : undefined;
  return {
    tier: byTier.tier,
    route,
    approver_rule: byRoute.approver_rule,
    approvals_required: highest("approvals_required"),
    sla_hours: heldBack ? (byRoute.sla_hours ?? DEFAULT_SLA_HOURS) : byRoute.sla_hours,
    sla_in: byRoute.sla_in,
    escalation: byRoute.escalation,
    on_timeout: byRoute.on_timeout,
    sample_review: route === "auto_execute" ? highest("sample_review") : 0,
    undo_seconds: byRoute.undo_seconds,
    min_reading_seconds: highest("min_reading_seconds"),
    cites: byTier.cites,
    ...(lease ? { lease } : {}),
    rule: rule && { index: rule.index, name: rule.name },
    rule_name: rule?.name ?? "default",
    decided_by: decidedBy(),
    blocked_by,
    unresolved_blocks,
    reasons: [...new Set(reasons)],
    conditions,
  };

  function highest(key: "approvals_required" | "sample_review" | "min_reading_seconds"): number {
    return candidates.reduce((most, candidate) => Math.max(most, candidate[key]), 0);
  }

  function decidedBy(): Classification["decided_by"] {
    if (blocked_by.length > 0) return "hard_block";
    if (isUnknown || heldBack) return "unknown_fact";
    if (!definite) return "default";
    return byTier.tier === "prohibited" ? "prohibited" : "rule";
  }
}

const prohibitedHandling: Handling = {
  tier: "prohibited",
  route: "named_approver",
  approver_rule: null,
  approvals_required: 1,
  sla_hours: null,
  sla_in: "elapsed",
  escalation: [],
  on_timeout: "deny",
  sample_review: 0,
  undo_seconds: 0,
  min_reading_seconds: 0,
  cites: null,
};

/** The strictest of the candidates; of equals the last, which stands latest in the file. */
function strictest(candidates: readonly Handling[], compare: (a: Handling, b: Handling) => number): Handling {
  return candidates.reduce((best, candidate) => (compare(candidate, best) >= 0 ? candidate : best));
}

/** Of the leases that it runs by itself under, the one that ends first. */
function firstToEnd(candidates: readonly Handling[]): Lease | undefined {
  return candidates
    .flatMap(({ lease }) => lease ?? [])
    .reduce<Lease | undefined>(
      (first, lease) => (first && first.until <= lease.until ? first : lease),
      undefined,
    );
}

function compareByRoute(a: Handling, b: Handling): number {
  return routeRank(a.route) - routeRank(b.route) || compareScrutiny(a, b);
}

function sentencesOf(
  { from, to }: Seen,
  conditions: readonly ConditionResult[],
  keep: (result: ConditionResult) => boolean,
): string[] {
  return conditions.slice(from, to).filter(keep).map(explainCondition);
}
