import { type Assignment, assignmentKey } from "@/lib/drafts/assign-approvers";
import type { Route } from "@/lib/drafts/types";
import type { Directory } from "@/lib/routing/directory";
import type { Notice } from "./notice";

/** A notice reaches at most so many people: whoever else is on a rule finds the draft in the inbox. */
const MOST = 20;

/**
 * Whom to tell that a draft has come to an approver rule: the people it asks by name, and the admins when it asks too
 * few. The batch queue is looked at anyway, and nobody is told of each draft there.
 */
export function aboutAssignment(
  directory: Directory,
  draft: { id: string; route: Route | null },
  assignment: Assignment,
  classificationId: string,
): Notice[] {
  const { approverRule, level, resolution } = assignment;
  const kind = level === 0 ? "assigned" : "escalated";
  // An edit starts the chain anew, and with it what people are told.
  const key = assignmentKey(draft.id, classificationId, level);
  const asked = kind === "escalated" || draft.route === "named_approver" ? resolution.approvers : [];
  const notices = asked.slice(0, MOST).map(
    ({ personId }): Notice => ({
      personId,
      kind,
      draftId: draft.id,
      text:
        kind === "assigned"
          ? `${approverRule} asks you to decide.`
          : `It has escalated to ${approverRule}, and so to you.`,
      dedupeKey: key,
    }),
  );
  if (resolution.enough) return notices;
  const admins = [...directory.people.values()].filter(({ isAdmin }) => isAdmin).slice(0, MOST);
  const who = resolution.passedOver.map(({ who, because }) => `${who}: ${because}`).join("; ");
  return [
    ...notices,
    ...admins.map(
      ({ id }): Notice => ({
        personId: id,
        kind: "nobody",
        draftId: draft.id,
        text: `Too few people may decide what waits for ${approverRule}${who ? ` (${who})` : ""}.`,
        dedupeKey: `${key}:nobody`,
      }),
    ),
  ];
}
