import type { ApproverRuleDefinition } from "./approver-rule";
import type { BusinessCalendar } from "./business-hours";
import type { Override, Schedule } from "./schedule";

export interface DirectoryPerson {
  id: string;
  name: string;
  /** Has the role approver and is not disabled. */
  isApprover: boolean;
  isAdmin: boolean;
  departmentId: string | null;
}

/** Somebody is away from `startsAt` until before `endsAt`; `delegateId` may then decide what they could. */
export interface Absence {
  id: string;
  personId: string;
  delegateId: string | null;
  startsAt: Date;
  endsAt: Date;
}

/** Everything that decides who may be asked, as it stands at one version. Never changed: a new version is a new one. */
export interface Directory {
  version: string;
  people: ReadonlyMap<string, DirectoryPerson>;
  departments: ReadonlyMap<string, { id: string; name: string; headId: string | null }>;
  groups: ReadonlyMap<string, { id: string; name: string; memberIds: string[] }>;
  rules: ReadonlyMap<string, ApproverRuleDefinition>;
  schedules: ReadonlyMap<string, { id: string; name: string; definition: Schedule; overrides: Override[] }>;
  /** By the person who is away, the one entered last first. */
  absences: ReadonlyMap<string, readonly Absence[]>;
  businessHours: BusinessCalendar;
}

/** The department a policy names by id or by name, in any case; null when there is none such. */
export function findDepartment(directory: Directory, named: string | null): string | null {
  if (named === null) return null;
  if (directory.departments.has(named)) return named;
  const wanted = named.toLowerCase();
  for (const { id, name } of directory.departments.values()) if (name.toLowerCase() === wanted) return id;
  return null;
}
