import { titleOf } from "@/lib/drafts/title-of";
import type { LoadedPolicies } from "@/lib/policy-files/load-policies";

/** What a hold holds back, as people say it: "Refund", "Refund, rule “low #1”", "Support agent". */
export function heldWhat(
  policies: LoadedPolicies,
  hold: { agentName: string | null; actionType: string | null; rule: string | null },
): string {
  if (hold.agentName !== null) return hold.agentName;
  const title = hold.actionType === null ? "" : titleOf(policies.get(hold.actionType), hold.actionType);
  return hold.rule === null ? title : `${title}, rule “${hold.rule}”`;
}
