import type { Database, Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { type ApproverRuleDefinition, approverRuleSchema } from "@/lib/routing/approver-rule";
import { businessCalendarSchema } from "@/lib/routing/business-hours";
import type { Absence, Directory, DirectoryPerson } from "@/lib/routing/directory";
import { scheduleSchema } from "@/lib/routing/schedule";

/** The version of the directory now, for a statement that reads it along with other things. */
export const directoryVersion = sql`SELECT version FROM directory_state`;

const known = new WeakMap<Database["pool"], Directory>();

/**
 * Who there is and who is asked, as the database has it now. Kept in memory until something of it changes: every caller
 * compares versions first, so a role that was taken away counts from the next statement on.
 * `tx` is what the answer is read on: inside a transaction, that transaction. `version` is what it said, if it was read
 * already.
 */
export async function getDirectory(db: Database, tx: Queryable = db, version?: string): Promise<Directory> {
  const current = version ?? (await tx.row<{ version: string }>(directoryVersion))!.version;
  const cached = known.get(db.pool);
  if (cached?.version === current) return cached;
  const loaded = await loadDirectory(tx);
  known.set(db.pool, loaded);
  return loaded;
}

interface Row {
  version: string;
  people: { id: string; name: string; disabled: boolean; department_id: string | null; roles: string[] }[];
  departments: { id: string; name: string; head_id: string | null }[];
  groups: { id: string; name: string; members: string[] }[];
  rules: { name: string; definition: unknown }[];
  schedules: { id: string; name: string; definition: unknown; overrides: Shift[] }[];
  absences: {
    id: string;
    person_id: string;
    delegate_id: string | null;
    starts_at: string;
    ends_at: string;
  }[];
  business_hours: unknown;
}

interface Shift {
  id: string;
  person_id: string;
  starts_at: string;
  ends_at: string;
}

/** Reads everything in one statement, and so at one moment. What ended over a year ago is left out. */
async function loadDirectory(tx: Queryable): Promise<Directory> {
  const row = (await tx.row<Row>(sql`
    SELECT
      (SELECT version FROM directory_state) AS version,
      (SELECT coalesce(json_agg(json_build_object(
         'id', person.id, 'name', person.name, 'disabled', person.disabled_at IS NOT NULL,
         'department_id', person.department_id,
         'roles', coalesce(role.roles, '[]'))), '[]')
       FROM person LEFT JOIN (SELECT person_id, json_agg(role) AS roles FROM person_role GROUP BY person_id) AS role
         ON role.person_id = person.id) AS people,
      (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'head_id', head_id)), '[]')
       FROM department) AS departments,
      (SELECT coalesce(json_agg(json_build_object('id', "group".id, 'name', "group".name, 'members',
         (SELECT coalesce(json_agg(person_id ORDER BY person_id), '[]') FROM group_member
          WHERE group_member.group_id = "group".id))), '[]')
       FROM "group") AS groups,
      (SELECT coalesce(json_agg(json_build_object('name', name, 'definition', definition) ORDER BY name), '[]')
       FROM approver_rule) AS rules,
      (SELECT coalesce(json_agg(json_build_object('id', schedule.id, 'name', schedule.name,
         'definition', schedule.definition, 'overrides',
         (SELECT coalesce(json_agg(json_build_object('id', override.id, 'person_id', override.person_id,
            'starts_at', override.starts_at, 'ends_at', override.ends_at)
            ORDER BY override.created_at, override.id), '[]')
          FROM schedule_override AS override
          WHERE override.schedule_id = schedule.id AND override.cancelled_at IS NULL
            AND override.ends_at > now() - interval '400 days'))), '[]')
       FROM schedule WHERE archived_at IS NULL) AS schedules,
      (SELECT coalesce(json_agg(json_build_object('id', id, 'person_id', person_id, 'delegate_id', delegate_id,
         'starts_at', starts_at, 'ends_at', ends_at) ORDER BY created_at DESC, id DESC), '[]')
       FROM absence WHERE cancelled_at IS NULL AND ends_at > now() - interval '400 days') AS absences,
      (SELECT business_hours FROM organisation) AS business_hours`))!;

  return {
    version: row.version,
    people: byKey(row.people.map(toPerson), ({ id }) => id),
    departments: byKey(
      row.departments.map(({ id, name, head_id }) => ({ id, name, headId: head_id })),
      ({ id }) => id,
    ),
    groups: byKey(
      row.groups.map(({ id, name, members }) => ({ id, name, memberIds: members })),
      ({ id }) => id,
    ),
    rules: new Map(row.rules.flatMap(toRule)),
    schedules: byKey(row.schedules.flatMap(toSchedule), ({ id }) => id),
    absences: group(row.absences.map(toAbsence)),
    businessHours: businessCalendarSchema.parse(row.business_hours),
  };
}

const byKey = <Value>(values: Value[], key: (value: Value) => string): Map<string, Value> =>
  new Map(values.map((value) => [key(value), value]));

const toPerson = (row: Row["people"][number]): DirectoryPerson => ({
  id: row.id,
  name: row.name,
  isApprover: !row.disabled && row.roles.includes("approver"),
  isAdmin: !row.disabled && row.roles.includes("admin"),
  departmentId: row.department_id,
});

/** One that cannot be read asks nobody, which the chain then passes over; the others go on. */
function toRule({ name, definition }: Row["rules"][number]): [string, ApproverRuleDefinition][] {
  const parsed = approverRuleSchema.safeParse(definition);
  if (parsed.success) return [[name, parsed.data]];
  console.error(`directory: the approver rule ${name} cannot be read: ${parsed.error.message}`);
  return [];
}

function toSchedule({ id, name, definition, overrides }: Row["schedules"][number]) {
  const parsed = scheduleSchema.safeParse(definition);
  if (!parsed.success) {
    console.error(`directory: the schedule ${name} cannot be read: ${parsed.error.message}`);
    return [];
  }
  const shifts = overrides.map((each) => ({
    id: each.id,
    person_id: each.person_id,
    starts_at: new Date(each.starts_at),
    ends_at: new Date(each.ends_at),
  }));
  return [{ id, name, definition: parsed.data, overrides: shifts }];
}

/** By person, in the order they came. */
function group(absences: Absence[]): Map<string, Absence[]> {
  const groups = new Map<string, Absence[]>();
  for (const absence of absences) {
    groups.set(absence.personId, [...(groups.get(absence.personId) ?? []), absence]);
  }
  return groups;
}

const toAbsence = (row: Row["absences"][number]): Absence => ({
  id: row.id,
  personId: row.person_id,
  delegateId: row.delegate_id,
  startsAt: new Date(row.starts_at),
  endsAt: new Date(row.ends_at),
});
