import { chainOf } from "@/lib/drafts/assign-approvers";
import type { LoadedPolicies } from "@/lib/policy-files/load-policies";
import type { ApproverRuleDefinition } from "@/lib/routing/approver-rule";
import type { Directory } from "@/lib/routing/directory";
import { ruleNamed } from "@/lib/routing/resolve-approvers";
import { findGaps, type Stretch } from "./find-gaps";
import type { Gap, RuleGaps } from "./types";
import { countWaiting, type Waits } from "./waits";

const HOUR_MS = 3_600_000;
const MOST_LISTED = 3;

/** The approver rules that policies route or escalate to. */
export const routedRules = (policies: LoadedPolicies): string[] => [
  ...new Set(
    [...policies.values()].flatMap(({ policy }) => [...policy.rules, policy.fallback].flatMap(chainOf)),
  ),
];

/** A rule's gaps before they are counted against what waited. */
export interface FoundGaps {
  rule: string;
  past: Stretch[];
  next: Stretch | null;
}

/** The gaps of every rule in a period up to `now`, and the next one within `ahead` milliseconds; rules without any left out. */
export function gapsOfRules(
  directory: Directory,
  rules: readonly string[],
  { from, now, aheadMs }: { from: Date; now: Date; aheadMs: number },
): FoundGaps[] {
  const until = new Date(now.getTime() + aheadMs);
  return rules.flatMap((rule) => {
    const gaps = findGaps(directory, rule, from, until);
    const past = gaps
      .filter(({ start }) => start < now)
      .map((gap) => (gap.end > now ? { ...gap, end: now } : gap));
    const next = gaps.find(({ end }) => end > now) ?? null;
    return past.length === 0 && next === null ? [] : [{ rule, past, next }];
  });
}

/** What the page says of a rule's gaps; `waits` is what waited for the rule in the period. */
export function describeGaps(
  directory: Directory,
  found: FoundGaps,
  waits: Waits | undefined,
  now: Date,
): RuleGaps {
  const { rule, past, next } = found;
  const definition = ruleNamed(directory, rule);
  const gaps = past.map(({ start, end }): Gap => {
    const waited = waits ? countWaiting(waits, start.getTime(), end.getTime()) : 0;
    return { start: start.toISOString(), end: end.toISOString(), waited };
  });
  const lengthOf = ({ start, end }: Gap) => Date.parse(end) - Date.parse(start);
  return {
    rule,
    amounts: definition && amountsOf(definition, [...past, ...(next ? [next] : [])]),
    count: gaps.length,
    hours: gaps.reduce((sum, gap) => sum + lengthOf(gap), 0) / HOUR_MS,
    longest: gaps.toSorted((one, other) => lengthOf(other) - lengthOf(one)).slice(0, MOST_LISTED),
    waited: gaps.reduce((sum, { waited }) => sum + waited, 0),
    next: next && {
      start: next.start.toISOString(),
      end: next.end.toISOString(),
      isNow: next.start <= now,
    },
    schedules: schedulesOf(directory, definition),
  };
}

/** The bands in which nobody is there, as amounts; null when it is all of them. */
function amountsOf({ bands }: ApproverRuleDefinition, gaps: readonly Stretch[]): string | null {
  const empty = [...new Set(gaps.flatMap((gap) => gap.bands))].sort((one, other) => one - other);
  if (empty.length === bands.length) return null;
  return empty
    .map((index) => {
      const [over, upTo] = [bands[index - 1]?.up_to, bands[index]?.up_to];
      if (upTo == null) return `over ${over}`;
      return over == null ? `up to ${upTo}` : `over ${over} up to ${upTo}`;
    })
    .join(", ");
}

function schedulesOf(directory: Directory, definition: ApproverRuleDefinition | null) {
  const ids = (definition?.bands ?? []).flatMap(({ ask }) =>
    ask.flatMap((target) => (target.kind === "schedule" ? [target.id] : [])),
  );
  return [...new Set(ids)].flatMap((id) => {
    const schedule = directory.schedules.get(id);
    return schedule ? [{ id, name: schedule.name }] : [];
  });
}
