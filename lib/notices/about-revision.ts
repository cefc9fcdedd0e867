import { type Assignment, assignmentKey } from "@/lib/drafts/assign-approvers";
import type { Notice } from "./notice";

/**
 * Tells whoever asked for changes that the agent has made them, in place of the notice that the draft has come to them;
 * where somebody else is asked by now, it says who.
 */
export function aboutRevision(
  draftId: string,
  personId: string,
  assignment: Assignment | null,
  classificationId: string,
): Notice {
  const isTheirs = assignment?.resolution.approvers.some((approver) => approver.personId === personId);
  const where = isTheirs
    ? "It waits for you."
    : assignment
      ? `It waits for ${assignment.approverRule}.`
      : "By policy nobody has to decide it.";
  return {
    personId,
    kind: "assigned",
    draftId,
    text: `The agent has revised what you sent back. ${where}`,
    dedupeKey: assignmentKey(draftId, classificationId, assignment?.level ?? 0),
  };
}
