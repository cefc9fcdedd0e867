import type { Role } from "@/lib/context";

/** What each role lets a person do, in one line. */
export const ROLE_WORDS: Record<Role, string> = {
  approver: "Decides the drafts that approver rules bring to them.",
  manager: "Sees every queue, and holds action types and agents back to review.",
  admin: "Changes people, rules, schedules, agents and keys. Being admin alone decides nothing.",
  auditor: "Reads everything, the trail included, and changes nothing.",
};
