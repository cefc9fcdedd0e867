import { type OpenWindow, openStretches, type Stretch, toWindow } from "./open-windows";
import { firstHandoverDay, type Layer, type Rotation } from "./schedule";
import { DAY_MINUTES, DAY_MS, dayOf, HOUR_MS, minuteOf, type WallClock, wallClock } from "./wall-clock";

/** A stretch of time in which one layer gives one answer; it may reach to infinity where nobody is on call. */
export interface LayerSlot extends Stretch {
  personId: string | null;
}

export interface CompiledLayer {
  name: string;
  /** The layer's first hand-over and its end, in epoch milliseconds. */
  active: Stretch;
  /**
   * Who has the layer at an instant. The slot holds that instant and ends where the turn or the window ends; with
   * nobody, where the layer next has somebody.
   */
  slotAt(instant: number): LayerSlot;
}

/** Layers without an end run out here, so that every turn has an end that is a date. */
const END_OF_TIME = Date.UTC(9999, 11, 31);

/** A layer ready to be asked. Remembers the turn it was asked for last. */
export function compileLayer(layer: Layer, scheduleZone: string): CompiledLayer {
  const clock = wallClock(layer.time_zone ?? scheduleZone);
  const turnStart = turnStarts(layer, clock);
  const active = { start: turnStart(0), end: layerEnd(layer, clock) };
  const stepMs = nominalStepMs(layer.rotation);
  const windows = layer.restrictions?.map(toWindow);
  let turn = { start: 0, end: 0, personId: "", open: [] as Stretch[] };

  function turnAt(instant: number) {
    if (turn.start <= instant && instant < turn.end) return turn;
    let n = Math.floor((instant - active.start) / stepMs);
    while (turnStart(n) > instant) n--;
    while (turnStart(n + 1) <= instant) n++;
    const stretch = { start: turnStart(n), end: Math.min(turnStart(n + 1), active.end) };
    const personId = layer.participants[n % layer.participants.length]!;
    turn = { ...stretch, personId, open: windows ? openStretches(clock, windows, stretch) : [stretch] };
    return turn;
  }

  function slotAt(instant: number): LayerSlot {
    if (instant < active.start) {
      const end = windows ? nextOpening(clock, windows, active) : active.start;
      return { start: -Infinity, end, personId: null };
    }
    if (instant >= active.end) return { start: active.end, end: Infinity, personId: null };
    const { start, personId, open } = turnAt(instant);
    let closedSince = start;
    for (const stretch of open) {
      if (instant < stretch.start) return { start: closedSince, end: stretch.start, personId: null };
      if (instant < stretch.end) return { ...stretch, personId };
      closedSince = stretch.end;
    }
    const end = nextOpening(clock, windows ?? [], { start: instant, end: active.end });
    return { start: closedSince, end, personId: null };
  }

  return { name: layer.name, active, slotAt };
}

function turnStarts({ rotation, starts_on }: Layer, clock: WallClock): (n: number) => number {
  const first = firstHandoverDay({ rotation, starts_on }) * DAY_MINUTES + minuteOf(rotation.handover);
  if (rotation.unit === "hour") return (n) => clock(first) + n * rotation.every * HOUR_MS;
  const step = rotation.every * (rotation.unit === "week" ? 7 : 1) * DAY_MINUTES;
  return (n) => clock(first + n * step);
}

const UNIT_MS = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS };
const nominalStepMs = ({ unit, every }: Rotation) => every * UNIT_MS[unit];

const layerEnd = ({ ends_on }: Layer, clock: WallClock) =>
  ends_on === undefined ? END_OF_TIME : Math.min(END_OF_TIME, clock((dayOf(ends_on) + 1) * DAY_MINUTES));

/** The first instant of `within` that lies in a window; infinity if none does. */
function nextOpening(clock: WallClock, windows: readonly OpenWindow[], within: Stretch): number {
  for (let start = within.start; start < within.end; start += 7 * DAY_MS) {
    const week = { start, end: Math.min(start + 7 * DAY_MS, within.end) };
    const first = openStretches(clock, windows, week)[0];
    if (first) return first.start;
  }
  return Infinity;
}
