import { type CompiledLayer, compileLayer, type LayerSlot } from "./compile-layer";
import type { Override, Schedule } from "./schedule";

/** Who is on call, and what says so: a layer by its name, or an override. */
export interface OnCall {
  personId: string;
  layer: string | null;
  overrideId: string | null;
  /**
   * When this turn ends: at the hand-over, where its window or override ends, or where a higher layer or a later
   * override takes over. The next turn may be the same person's.
   */
  until: Date;
}

/** Time from `start` up to but not including `end` with one answer; `personId` null is a gap. */
export interface Shift {
  personId: string | null;
  layer: string | null;
  overrideId: string | null;
  start: Date;
  end: Date;
}

/**
 * Who is on call at an instant by these layers and overrides (the later in the list wins); null when nobody is. Total
 * for every valid date. Schedules are remembered by identity and must not be changed in place.
 */
export function onCallAt(schedule: Schedule, overrides: readonly Override[], at: Date): OnCall | null {
  const { personId, layer, overrideId, end } = answerAt(schedule, overrides, at.getTime());
  return personId === null ? null : { personId, layer, overrideId, until: new Date(end) };
}

/**
 * Every shift from `from` up to `until`, gaps included, in order: they adjoin, cover exactly that time, and neighbours
 * differ in person, layer or override. Empty when `until` is not after `from`. Work grows with the number of turns.
 */
export function shiftsBetween(
  schedule: Schedule,
  overrides: readonly Override[],
  from: Date,
  until: Date,
): Shift[] {
  const shifts: Shift[] = [];
  const last = until.getTime();
  for (let start = from.getTime(); start < last; ) {
    const { personId, layer, overrideId, end } = answerAt(schedule, overrides, start);
    const next = { personId, layer, overrideId, start: new Date(start), end: new Date(Math.min(end, last)) };
    const before = shifts.at(-1);
    if (before && isSame(before, next)) before.end = next.end;
    else shifts.push(next);
    start = end;
  }
  return shifts;
}

const isSame = (one: Shift, two: Shift) =>
  one.personId === two.personId && one.layer === two.layer && one.overrideId === two.overrideId;

interface Answer {
  personId: string | null;
  layer: string | null;
  overrideId: string | null;
  /** The first later instant at which the answer has to be asked for again, in epoch milliseconds. */
  end: number;
}

function answerAt(schedule: Schedule, overrides: readonly Override[], instant: number): Answer {
  let end = Infinity;
  for (let index = overrides.length - 1; index >= 0; index--) {
    const { id, person_id, starts_at, ends_at } = overrides[index]!;
    const [starts, ends] = [starts_at.getTime(), ends_at.getTime()];
    if (instant >= ends || starts >= ends) continue;
    if (instant >= starts) {
      return { personId: person_id, layer: null, overrideId: id, end: Math.min(end, ends) };
    }
    end = Math.min(end, starts);
  }
  const slot = topSlotAt(schedule, instant);
  return { personId: slot.personId, layer: slot.layer, overrideId: null, end: Math.min(end, slot.end) };
}

interface TopSlot extends LayerSlot {
  layer: string | null;
}

interface CompiledSchedule {
  /** The topmost layer first. */
  layers: CompiledLayer[];
  latest: TopSlot | null;
}

const compiled = new WeakMap<Schedule, CompiledSchedule>();

function compileSchedule(schedule: Schedule): CompiledSchedule {
  const known = compiled.get(schedule);
  if (known) return known;
  const layers = schedule.layers.map((layer) => compileLayer(layer, schedule.time_zone)).reverse();
  const fresh = { layers, latest: null };
  compiled.set(schedule, fresh);
  return fresh;
}

/** What the layers alone say, and the stretch around the instant for which the same layer slots hold. */
function topSlotAt(schedule: Schedule, instant: number): TopSlot {
  const known = compileSchedule(schedule);
  const { latest } = known;
  if (latest && latest.start <= instant && instant < latest.end) return latest;
  const top: TopSlot = { start: -Infinity, end: Infinity, personId: null, layer: null };
  for (const layer of known.layers) {
    const slot = layer.slotAt(instant);
    top.start = Math.max(top.start, slot.start);
    top.end = Math.min(top.end, slot.end);
    if (slot.personId === null) continue;
    top.personId = slot.personId;
    top.layer = layer.name;
    break;
  }
  known.latest = top;
  return top;
}
