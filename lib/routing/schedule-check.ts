import { Temporal } from "temporal-polyfill";
import { compileLayer } from "./compile-layer";
import { type Shift, shiftsBetween } from "./on-call";
import type { Layer, Override, Schedule } from "./schedule";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./wall-clock";

/** What the check knows of a person. */
export interface ScheduledPerson {
  name: string;
  isApprover: boolean;
  disabled: boolean;
}

/** One thing an admin should know before publishing. `error`: somebody on call could not decide, or nobody ever is. */
export type Finding = { severity: "error" | "warning"; message: string } & (
  | { kind: "gap"; from: Date; until: Date }
  | { kind: "person"; personId: string }
  | { kind: "layer"; layer: string }
);

export interface CheckedRange {
  from: Date;
  until: Date;
  /** Everybody, by id. */
  people: ReadonlyMap<string, ScheduledPerson>;
}

/**
 * What is wrong with a schedule from `from` up to `until`: people who could not decide when it is their turn, layers
 * that are past their end or never on top, and gaps in which nobody is on call, in the order of time.
 */
export function checkSchedule(
  schedule: Schedule,
  overrides: readonly Override[],
  range: CheckedRange,
): Finding[] {
  return [
    ...checkPeople(schedule, overrides, range),
    ...checkLayers(schedule, range),
    ...findGaps(schedule, overrides, range),
  ];
}

function checkPeople(schedule: Schedule, overrides: readonly Override[], range: CheckedRange): Finding[] {
  const places = new Map<string, Set<string>>();
  const put = (personId: string, place: string) =>
    places.set(personId, (places.get(personId) ?? new Set()).add(place));
  for (const layer of schedule.layers) {
    if (endOf(layer, schedule) <= range.from.getTime()) continue;
    for (const personId of layer.participants) put(personId, `layer "${layer.name}"`);
  }
  for (const { person_id, starts_at, ends_at } of overrides) {
    if (starts_at < ends_at && starts_at < range.until && ends_at > range.from) put(person_id, "an override");
  }
  return [...places].flatMap(([personId, where]): Finding[] => {
    const problem = problemWith(range.people.get(personId), personId);
    const message = `${problem} but takes turns in ${[...where].join(", ")}.`;
    return problem === null ? [] : [{ severity: "error", kind: "person", personId, message }];
  });
}

function problemWith(person: ScheduledPerson | undefined, personId: string): string | null {
  if (!person) return `The person with the id "${personId}" is unknown`;
  if (person.disabled) return `${person.name} is disabled`;
  if (!person.isApprover) return `${person.name} does not have the role approver`;
  return null;
}

function checkLayers(schedule: Schedule, { from, until }: CheckedRange): Finding[] {
  const onTop = new Set(shiftsBetween(schedule, [], from, until).map(({ layer }) => layer));
  return schedule.layers.flatMap((layer): Finding[] => {
    const problem = onTop.has(layer.name) ? null : problemOf(layer, schedule, from, until);
    return problem === null
      ? []
      : [{ severity: "warning", kind: "layer", layer: layer.name, message: problem }];
  });
}

/** What is wrong with a layer that never decides in this time; null when it only begins later. */
function problemOf(layer: Layer, schedule: Schedule, from: Date, until: Date): string | null {
  const { active } = compileLayer(layer, schedule.time_zone);
  if (active.end <= from.getTime()) return `Layer "${layer.name}" ended on ${layer.ends_on}.`;
  if (Math.max(active.start, from.getTime()) >= Math.min(active.end, until.getTime())) return null;
  const alone = shiftsBetween({ ...schedule, layers: [layer] }, [], from, until);
  return alone.some(({ personId }) => personId !== null)
    ? `Layer "${layer.name}" is never on top: the layers above it cover all of its time.`
    : `Layer "${layer.name}" has nobody at any time: its restrictions leave none of its turns.`;
}

const endOf = (layer: Layer, schedule: Schedule) => compileLayer(layer, schedule.time_zone).active.end;

function findGaps(
  schedule: Schedule,
  overrides: readonly Override[],
  { from, until }: CheckedRange,
): Finding[] {
  const shifts = shiftsBetween(schedule, overrides, from, until);
  if (shifts.length === 1 && shifts[0]!.personId === null) {
    const message = `Nobody is on call at any time ${spell(shifts[0]!, schedule.time_zone)}.`;
    return [{ severity: "error", kind: "gap", from, until, message }];
  }
  return shifts
    .filter(({ personId }) => personId === null)
    .map((gap) => ({
      severity: "warning",
      kind: "gap",
      from: gap.start,
      until: gap.end,
      message: `Nobody is on call ${spell(gap, schedule.time_zone)}.`,
    }));
}

function spell({ start, end }: Shift, timeZone: string): string {
  const length = spellLength(end.getTime() - start.getTime());
  return `from ${spellInstant(start, timeZone)} until ${spellInstant(end, timeZone)} (${length}, ${timeZone})`;
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function spellInstant(instant: Date, timeZone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
  const clock = local.toPlainTime().toString({ smallestUnit: "minute" });
  return `${WEEKDAYS[local.dayOfWeek - 1]} ${local.toPlainDate()} ${clock}`;
}

function spellLength(lengthMs: number): string {
  const parts = [
    [Math.floor(lengthMs / DAY_MS), "day"],
    [Math.floor((lengthMs % DAY_MS) / HOUR_MS), "hour"],
    [Math.floor((lengthMs % HOUR_MS) / MINUTE_MS), "minute"],
  ] as const;
  const spelt = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`);
  return spelt.join(" ") || "less than a minute";
}
