import type { PersonActor, Role } from "@/lib/context";

/** What people may do, and the roles that let them. Whether one draft is theirs to decide is routing's to say. */
export const PERMISSIONS = {
  "inbox.read": ["approver", "manager", "admin", "auditor"],
  "trail.read": ["approver", "manager", "admin", "auditor"],
  "draft.decide": ["approver"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Whether one of the roles the actor has now carries the permission. */
export function may(actor: Pick<PersonActor, "roles">, permission: Permission): boolean {
  const allowed: readonly Role[] = PERMISSIONS[permission];
  return actor.roles.some((role) => allowed.includes(role));
}
