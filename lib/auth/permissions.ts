import type { Actor, PersonActor, Role } from "@/lib/context";
import { CountersignError } from "@/lib/errors";

/** What people may do, and the roles that let them. Whether one draft is theirs to decide is routing's to say. */
export const PERMISSIONS = {
  "inbox.read": ["approver", "manager", "admin", "auditor"],
  "trail.read": ["approver", "manager", "admin", "auditor"],
  "draft.decide": ["approver"],
  "organisation.read": ["approver", "manager", "admin", "auditor"],
  "organisation.write": ["admin"],
  "absence.write_own": ["approver", "manager", "admin", "auditor"],
  "hold.write": ["manager", "admin"],
  "keys.write": ["admin"],
  "insights.read": ["manager", "admin", "auditor"],
  "promotion.write": ["manager", "admin"],
  "checks.write": ["manager", "admin"],
  "library.write": ["manager", "admin"],
  "draft.request": ["approver", "manager", "admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Whether one of the roles the actor has now carries the permission. */
export function may(actor: Pick<PersonActor, "roles">, permission: Permission): boolean {
  const allowed: readonly Role[] = PERMISSIONS[permission];
  return actor.roles.some((role) => allowed.includes(role));
}

/** The acting person, if they have the permission. @throws CountersignError `forbidden` that names the roles that have. */
export function requirePermission(actor: Actor, permission: Permission): PersonActor {
  if (actor.kind === "person" && may(actor, permission)) return actor;
  const roles = PERMISSIONS[permission].join(" or ");
  throw new CountersignError("forbidden", `This needs the role ${roles}. An admin can give it to you.`);
}
