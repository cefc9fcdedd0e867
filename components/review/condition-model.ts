import type { Classification } from "@/lib/policy/evaluate";
import type { ConditionResult } from "@/lib/policy/explain";

const BLOCK = "hard block: ";

/** Comparisons of one rule or hard block. */
export interface ConditionGroup {
  rule: string;
  decides: boolean;
  isBlock: boolean;
  results: ConditionResult[];
}

/**
 * Comparisons by what they belong to, each once: what decides first, then the hard blocks, then the rules that did not
 * hold.
 */
export function groupConditions(classification: Classification): ConditionGroup[] {
  const { rule_name, blocked_by, conditions } = classification;
  const decides = (rule: string) =>
    rule === rule_name || blocked_by.some((label) => rule === `${BLOCK}${label}`);
  const isBlock = (rule: string) => rule.startsWith(BLOCK);
  const rank = (rule: string) => (decides(rule) ? 0 : isBlock(rule) ? 1 : 2);
  const rules = [...new Set(conditions.map(({ rule }) => rule))].sort((a, b) => rank(a) - rank(b));
  const seen = new Set<string>();
  return rules
    .map((rule) => ({
      rule,
      decides: decides(rule),
      isBlock: isBlock(rule),
      results: conditions.filter((result) => {
        const key = `${result.fact} ${result.operator} ${JSON.stringify(result.expected)}`;
        return result.rule === rule && !seen.has(key) && seen.add(key);
      }),
    }))
    .filter(({ results }) => results.length > 0);
}
