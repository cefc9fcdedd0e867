import type { Route } from "@/lib/drafts/types";
import type { Approver } from "@/lib/routing/resolve-approvers";
import type { Notice } from "./notice";

interface Waiting {
  id: string;
  route: Route;
  approver_rule: string;
  classification_id: string;
  escalation_level: number;
  due_at: Date;
}

/**
 * Reminds the people a draft waits for that half of its time has passed (`passed` 1), or nine tenths (2). A named draft
 * is named; of a batch queue, one notice an hour says that its drafts run out of time, however many they are.
 */
export function aboutReminder(draft: Waiting, passed: number, approvers: readonly Approver[]): Notice[] {
  const isNamed = draft.route === "named_approver";
  const share = passed > 1 ? "Nine tenths" : "Half";
  const due = draft.due_at.toISOString();
  return approvers.map(({ personId }) => ({
    personId,
    kind: "reminder",
    draftId: isNamed ? draft.id : null,
    text: isNamed
      ? `${share} of the time to decide it has passed.`
      : `Drafts that wait for ${draft.approver_rule} run out of time.`,
    dedupeKey: isNamed
      ? `${draft.id}:${draft.classification_id}:${draft.escalation_level}:reminder:${passed}`
      : `batch:${draft.approver_rule}:${due.slice(0, 13)}`,
  }));
}
