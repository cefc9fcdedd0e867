import { titleOf } from "@/lib/drafts/title-of";
import type { CompiledRule } from "@/lib/policy/compile-policy";
import { runsBeforeReview } from "@/lib/policy/scrutiny";
import type { LoadedPolicies } from "@/lib/policy-files/load-policies";
import type { PersonAttention } from "../attention/types";
import type { FigureRow, Figures } from "../figures/types";
import type { Candidate } from "../promotion/list-candidates";

/** What findings are made of. Figures are null for as long as they are prepared. */
export interface QuarterFacts {
  policies: LoadedPolicies;
  now: Date;
  rules: readonly FigureRow[] | null;
  agents: readonly FigureRow[] | null;
  /** Rules of which a part is always approved, by what wizard and backtest find. */
  partly: readonly Pick<
    Candidate,
    "actionType" | "rule" | "limit" | "currency" | "within" | "decided" | "bound"
  >[];
  attention: readonly PersonAttention[];
  unassigned: readonly { actionType: string; agentName: string; submissions: number }[];
  overturned: readonly { actionType: string; rule: string; overturned: number; upheld: number }[];
  holds: readonly {
    id: string;
    what: string;
    actionType: string | null;
    rule: string | null;
    days: number;
  }[];
}

/** Whether the policies in force have a rule of that name. */
export const hasRule = (policies: LoadedPolicies, actionType: string, rule: string): boolean =>
  policies.get(actionType)?.policy.rules.some(({ name }) => name === rule) ?? false;

/** Every rule of the policies in force. */
export const rulesOf = (policies: LoadedPolicies) =>
  [...policies.values()].flatMap((policy) =>
    policy.policy.rules.map((rule: CompiledRule) => ({
      actionType: policy.actionType,
      title: titleOf(policy, policy.actionType),
      rule,
    })),
  );

/** The rules that put drafts before people, with their figures. */
export const reviewedRules = (policies: LoadedPolicies, rules: readonly FigureRow[] | null) =>
  rulesOf(policies).flatMap((each) => {
    const now = figuresOf(rules, each.actionType, each.rule.name);
    const isReviewed = each.rule.tier !== "prohibited" && !runsBeforeReview(each.rule.route);
    return now && isReviewed ? [{ ...each, now }] : [];
  });

/** What came of the drafts under one rule; undefined while figures are prepared, and of a rule without any. */
export const figuresOf = (
  rules: readonly FigureRow[] | null,
  actionType: string,
  rule: string,
): Figures | undefined => rules?.find((row) => row.actionType === actionType && row.rule === rule)?.now;
