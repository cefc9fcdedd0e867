import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { type Schedule, scheduleSchema } from "@/lib/routing/schedule";
import { scheduleChanges } from "@/lib/routing/schedule-changes";
import { getDirectory } from "../load-directory";
import { type OnCallNow, onCallNow } from "./on-call-now";
import { namesOf, type ScheduleTimeline, timelineOf } from "./schedule-timeline";
import { peopleIn, readOverrides, readPeople, readSchedule, rulesAsking } from "./stored-schedule";

export interface ScheduleVersion {
  version: number;
  name: string;
  note: string | null;
  publishedBy: string | null;
  publishedAt: Date;
  /** What it changed, a sentence each; empty for the first, and when it changed nothing. */
  changes: string[];
}

export interface OverrideView {
  id: string;
  name: string;
  startsAt: Date;
  endsAt: Date;
  enteredBy: string | null;
}

export interface ScheduleView extends OnCallNow {
  id: string;
  name: string;
  version: number;
  archivedAt: Date | null;
  definition: Schedule;
  /** The names of everybody in it, by id. */
  names: Record<string, string>;
  rules: string[];
  /** Those that are not over, by start, at most two hundred. */
  overrides: OverrideView[];
  /** The newest first, at most fifty. */
  versions: ScheduleVersion[];
}

const MOST_VERSIONS = 50;

/** One schedule with all that its page shows. @throws CountersignError `forbidden`, `not_found`. */
export async function getSchedule(ctx: Context<PersonActor>, id: string): Promise<ScheduleView> {
  requirePermission(ctx.actor, "organisation.read");
  const schedule = await readSchedule(ctx.db, id);
  const at = ctx.now();
  const [directory, overrides, rules, coming, versions] = await Promise.all([
    getDirectory(ctx.db),
    readOverrides(ctx.db, id),
    rulesAsking(ctx.db, id),
    ctx.db.rows<OverrideView>(sql`
      SELECT override.id, person.name, starts_at AS "startsAt", ends_at AS "endsAt", author.name AS "enteredBy"
      FROM schedule_override AS override JOIN person ON person.id = override.person_id
      LEFT JOIN person AS author ON author.id = override.created_by_id
      WHERE schedule_id = ${id} AND cancelled_at IS NULL AND ends_at > ${at}
      ORDER BY starts_at, override.created_at, override.id LIMIT 200`),
    listVersions(ctx, id),
  ]);
  const names = namesOf(await readPeople(ctx.db, peopleIn(schedule.definition, overrides)));
  const now = onCallNow(directory, schedule.definition, overrides, at);
  return { ...schedule, ...now, names, rules, overrides: coming, versions };
}

async function listVersions(ctx: Context<PersonActor>, id: string): Promise<ScheduleVersion[]> {
  const rows = await ctx.db.rows<Omit<ScheduleVersion, "changes"> & { definition: unknown }>(sql`
    SELECT schedule_version.version, schedule_version.name, note, definition, person.name AS "publishedBy",
           published_at AS "publishedAt"
    FROM schedule_version LEFT JOIN person ON person.id = published_by_id
    WHERE schedule_id = ${id} ORDER BY schedule_version.version DESC LIMIT ${MOST_VERSIONS + 1}`);
  const versions = rows.map(({ definition, ...row }) => ({
    row,
    definition: scheduleSchema.parse(definition),
  }));
  const people = await readPeople(
    ctx.db,
    versions.flatMap(({ definition }) => peopleIn(definition, [])),
  );
  const nameOf = (personId: string) => people.get(personId)?.name ?? personId;
  return versions.slice(0, MOST_VERSIONS).map(({ row, definition }, index) => {
    const former = versions[index + 1];
    const changes = former
      ? scheduleChanges(
          { name: former.row.name, definition: former.definition },
          { name: row.name, definition },
          nameOf,
        )
      : [];
    return { ...row, changes };
  });
}

/** A published schedule from `from` up to `until`, overrides on top. @throws CountersignError `forbidden`, `not_found`. */
export async function getTimeline(
  ctx: Context<PersonActor>,
  { id, from, until }: { id: string; from: Date; until: Date },
): Promise<ScheduleTimeline> {
  requirePermission(ctx.actor, "organisation.read");
  const { definition } = await readSchedule(ctx.db, id);
  const overrides = await readOverrides(ctx.db, id);
  return timelineOf(ctx.db, { definition, overrides, from, until });
}
