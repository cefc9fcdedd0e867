import { type Shift, shiftsBetween } from "./on-call";
import type { Override, Schedule } from "./schedule";

/** A schedule over some time: who is on call, and what each layer says by itself. */
export interface Timeline {
  from: Date;
  until: Date;
  result: Shift[];
  /** The topmost layer first. */
  layers: { name: string; timeZone: string; shifts: Shift[] }[];
}

/** Lays a schedule out from `from` up to `until`. */
export function layOut(
  schedule: Schedule,
  overrides: readonly Override[],
  from: Date,
  until: Date,
): Timeline {
  const layers = schedule.layers.map((layer) => ({
    name: layer.name,
    timeZone: layer.time_zone ?? schedule.time_zone,
    shifts: shiftsBetween({ ...schedule, layers: [layer] }, [], from, until),
  }));
  return { from, until, result: shiftsBetween(schedule, overrides, from, until), layers: layers.reverse() };
}
