import type { Context, PersonActor } from "@/lib/context";
import type { Queryable, Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { type Override, type Schedule, scheduleSchema } from "@/lib/routing/schedule";
import type { ScheduledPerson } from "@/lib/routing/schedule-check";

export interface StoredSchedule {
  id: string;
  name: string;
  version: number;
  definition: Schedule;
  archivedAt: Date | null;
}

type Row = Omit<StoredSchedule, "definition"> & { definition: unknown };

/** @throws CountersignError `not_found`. */
export async function readSchedule(tx: Queryable, id: string): Promise<StoredSchedule> {
  const row = await tx.row<Row>(sql`
    SELECT id, name, version, definition, archived_at AS "archivedAt" FROM schedule WHERE id = ${id}`);
  return parsed(row);
}

/** Locks a schedule, so that of two who publish at once the second sees the first. @throws as `readSchedule`. */
export async function lockSchedule(tx: Transaction, id: string): Promise<StoredSchedule> {
  const row = await tx.row<Row>(sql`
    SELECT id, name, version, definition, archived_at AS "archivedAt" FROM schedule WHERE id = ${id} FOR UPDATE`);
  return parsed(row);
}

function parsed(row: Row | null): StoredSchedule {
  if (!row) throw new CountersignError("not_found", "There is no such schedule.");
  return { ...row, definition: scheduleSchema.parse(row.definition) };
}

/** @throws CountersignError `conflict` that says who was first, when it is not at the version the editor was given. */
export async function refuseMoved(
  ctx: Context<PersonActor>,
  tx: Transaction,
  schedule: StoredSchedule,
  expected: number,
): Promise<void> {
  if (schedule.version === expected) return;
  const latest = await tx.row<{ id: string | null; name: string | null }>(sql`
    SELECT person.id, person.name FROM schedule_version LEFT JOIN person ON person.id = published_by_id
    WHERE schedule_id = ${schedule.id} AND schedule_version.version = ${schedule.version}`);
  const who =
    latest?.id === ctx.actor.personId ? "You, in another window," : (latest?.name ?? "Somebody else");
  throw new CountersignError(
    "conflict",
    `${who} published version ${schedule.version} of this schedule meanwhile. What you typed is still here: ` +
      "compare it with what is published now.",
  );
}

/** The overrides that are not cancelled, the one entered last at the end; those that ended over 400 days ago left out. */
export const readOverrides = (tx: Queryable, scheduleId: string): Promise<Override[]> =>
  tx.rows<Override>(sql`
    SELECT id, person_id, starts_at, ends_at FROM schedule_override
    WHERE schedule_id = ${scheduleId} AND cancelled_at IS NULL AND ends_at > now() - interval '400 days'
    ORDER BY created_at, id`);

/** Those of the people who are there, by id. */
export async function readPeople(
  tx: Queryable,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, ScheduledPerson>> {
  const rows = await tx.rows<ScheduledPerson & { id: string }>(sql`
    SELECT id, name, disabled_at IS NOT NULL AS disabled,
           EXISTS (SELECT 1 FROM person_role WHERE person_id = person.id AND role = 'approver') AS "isApprover"
    FROM person WHERE id = ANY(${[...new Set(ids)]}::text[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Everybody who takes turns in a schedule or its overrides. */
export const peopleIn = (schedule: Schedule, overrides: readonly Override[]): string[] => [
  ...schedule.layers.flatMap(({ participants }) => participants),
  ...overrides.map(({ person_id }) => person_id),
];

/** The names of the approver rules that ask a schedule. */
export async function rulesAsking(tx: Queryable, scheduleId: string): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(sql`
    SELECT name FROM approver_rule
    WHERE jsonb_path_exists(definition, '$.bands[*].ask[*] ? (@.kind == "schedule" && @.id == $id)',
                            jsonb_build_object('id', ${scheduleId}::text))
    ORDER BY name`);
  return rows.map(({ name }) => name);
}
