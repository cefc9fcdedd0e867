import type { Classification } from "@/lib/policy/evaluate";
import { tierRank } from "@/lib/policy/scrutiny";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { findDepartment } from "@/lib/routing/directory";
import { resolveApprovers } from "@/lib/routing/resolve-approvers";
import { barredBy } from "@/lib/routing/separation";
import { type Assignment, assignApprovers } from "./assign-approvers";
import { amountOf } from "./classify";
import type { DraftUnderDecision } from "./load-for-decision";

/** Whom a draft goes on to, and by what. */
export interface GoesOn {
  classification: Classification;
  assignment: Assignment;
  departmentId: string | null;
}

/**
 * To whom an approval sends the draft on, when those who have it are not the ones to approve it as it is judged now;
 * null when they are. An edit is never for its editor to approve again.
 */
export function goesOnTo(
  {
    draft,
    personId,
    policy,
    isEdit,
    now,
  }: { draft: DraftUnderDecision; personId: string; policy: LoadedPolicy; isEdit: boolean; now: Date },
  judged: {
    classification: Classification;
    department: string | null;
    payload: Record<string, unknown>;
  },
): GoesOn | null {
  const { row, directory, duties } = draft;
  const { classification } = judged;
  const departmentId = findDepartment(directory, judged.department);
  const question = { amount: amountOf(policy, judged.payload).amount, departmentId, at: now };
  const stricter = isStricter(classification, draft);
  if (!stricter) {
    const { approver_rule: rule, approvals_required: required } = row;
    const { approvers } = resolveApprovers(directory, {
      ...question,
      rule,
      required,
      barred: barredBy(duties),
    });
    if (approvers.some((approver) => approver.personId === personId)) return null;
  }
  const barred = barredBy(duties);
  if (isEdit) barred.add(personId);
  const from = stricter ? 0 : Math.min(row.escalation_level, classification.escalation.length);
  const assignment = assignApprovers(directory, classification, { ...question, barred }, from);
  return { classification, departmentId, assignment };
}

/** Whether it needs more than the people were asked for who have it now: a higher tier, another rule, more approvals. */
function isStricter(now: Classification, { row }: DraftUnderDecision): boolean {
  const then = row.handling;
  return (
    tierRank(now.tier) > tierRank(row.tier) ||
    (now.route === "named_approver" && now.approver_rule !== then.approver_rule) ||
    now.approvals_required > row.approvals_required
  );
}
