import type { Layer, Rotation } from "./schedule";

export const WEEKDAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

/** A weekday's first three letters; `weekday` is 1 (Monday) to 7 (Sunday). */
export const shortWeekday = (weekday: number): string => WEEKDAYS[weekday - 1]!.slice(0, 3);

/** A rotation in words: "every 2 weeks on Monday at 09:00". */
export function spellRotation(rotation: Rotation): string {
  const step = rotation.every === 1 ? `every ${rotation.unit}` : `every ${rotation.every} ${rotation.unit}s`;
  if (rotation.unit === "hour") return `${step} from ${rotation.handover}`;
  return rotation.unit === "week"
    ? `${step} on ${WEEKDAYS[rotation.weekday - 1]} at ${rotation.handover}`
    : `${step} at ${rotation.handover}`;
}

/** When a layer applies, in words: "Mon–Fri 09:00–17:00, Sat 10:00–12:00", or "at all times". */
export function spellRestrictions(restrictions: Layer["restrictions"]): string {
  if (!restrictions) return "at all times";
  return restrictions
    .map(({ weekdays, from, until }) => `${spellWeekdays(weekdays)} ${from}–${until}`)
    .join(", ");
}

function spellWeekdays(weekdays: readonly number[]): string {
  const days = [...weekdays].sort((one, two) => one - two);
  if (days.length === 7) return "every day";
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .map((run) =>
      run.length < 3
        ? run.map(shortWeekday).join(", ")
        : `${shortWeekday(run[0]!)}–${shortWeekday(run.at(-1)!)}`,
    )
    .join(", ");
}
