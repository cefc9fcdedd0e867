import type { Queryable } from "@/lib/db/database";
import type { Override, Schedule } from "@/lib/routing/schedule";
import { checkSchedule, type Finding } from "@/lib/routing/schedule-check";
import { layOut, type Timeline } from "@/lib/routing/timeline";
import { DAY_MS } from "@/lib/routing/wall-clock";
import { peopleIn, readPeople } from "./stored-schedule";

/** How far ahead a schedule is checked before it is published. */
const CHECKED_DAYS = 56;

/** A schedule over some weeks as a page draws it. */
export interface ScheduleTimeline extends Timeline {
  /** The names of everybody in it, by id. */
  names: Record<string, string>;
}

/** Lays a schedule out from `from`, with the names to draw it by. */
export async function timelineOf(
  tx: Queryable,
  given: { definition: Schedule; overrides: readonly Override[]; from: Date; until: Date },
): Promise<ScheduleTimeline> {
  const { definition, overrides, from, until } = given;
  const people = await readPeople(tx, peopleIn(definition, overrides));
  return { ...layOut(definition, overrides, from, until), names: namesOf(people) };
}

/** What publishing finds in the eight weeks from `at` on. */
export async function findingsOf(
  tx: Queryable,
  definition: Schedule,
  overrides: readonly Override[],
  at: Date,
): Promise<Finding[]> {
  const people = await readPeople(tx, peopleIn(definition, overrides));
  const until = new Date(at.getTime() + CHECKED_DAYS * DAY_MS);
  return checkSchedule(definition, overrides, { from: at, until, people });
}

export const namesOf = (people: ReadonlyMap<string, { name: string }>): Record<string, string> =>
  Object.fromEntries([...people].map(([id, { name }]) => [id, name]));
