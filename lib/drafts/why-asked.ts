import type { Directory } from "@/lib/routing/directory";
import type { Approver, Via } from "@/lib/routing/resolve-approvers";
import type { DraftUnderDecision } from "./load-for-decision";

/** Why the approver rule asks this person, as one sentence to them. */
export function whyAsked({ row, directory }: DraftUnderDecision, { via, onBehalfOf }: Approver): string {
  const waits =
    row.after_review === "waiting"
      ? "It ran by itself, and a look at it afterwards waits for"
      : "It waits for";
  const asked = row.escalation_level > 0 ? "It escalated to" : waits;
  const who = onBehalfOf === null ? "you are" : `you stand in for ${nameOf(directory, onBehalfOf)}, who is`;
  const how: Record<Via["kind"], string> = {
    person: `${who} named by it`,
    group: `${who} in the group ${"name" in via ? via.name : ""}`,
    schedule: `${who} on call in ${"name" in via ? via.name : ""}`,
    department_head: `${who} the head of ${"name" in via ? via.name : ""}`,
    every_approver: `${who} an approver`,
  };
  return `${asked} ${row.approver_rule}, and ${how[via.kind]}.`;
}

/** Why somebody whom duty does not keep away may not decide all the same: the rule asks others at this moment. */
export function notAsked({ row, resolution, directory }: DraftUnderDecision): string {
  const { approvers, passedOver } = resolution;
  if (approvers.length === 0) {
    const reasons = passedOver.map(({ who, because }) => `${who}: ${because}`).join("; ");
    return `This waits for ${row.approver_rule}, where nobody may decide it now${reasons ? ` (${reasons})` : ""}.`;
  }
  const names = approvers.slice(0, 3).map(({ personId }) => nameOf(directory, personId));
  const others = approvers.length > 3 ? ` and ${approvers.length - 3} more` : "";
  return `This waits for ${row.approver_rule}, which asks ${names.join(", ")}${others} now, not you.`;
}

const nameOf = (directory: Directory, personId: string): string =>
  directory.people.get(personId)?.name ?? personId;
