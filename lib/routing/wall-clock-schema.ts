import { Temporal } from "temporal-polyfill";
import { z } from "zod";

/** An object that refuses unknown keys and says which ones there are. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? `one of the keys ${keys}` : `an object with ${keys}`,
  });
}

/** A list whose one message says what it holds and how many of it. */
export const listOf = <Item extends z.ZodType>(item: Item, max: number, what: string, min = 1) => {
  const message = `${min === 0 ? "at most" : `${min} to`} ${max} ${what}`;
  return z.array(item, message).min(min, message).max(max, message);
};

const zoneMessage = 'an IANA time zone such as "Europe/Berlin"';

/** Whether this is the name of a zone, spelt as IANA spells it. Bare offsets such as "+02:00" are no zones. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId === name;
  } catch {
    return false;
  }
}

export const timeZoneSchema = z.string(zoneMessage).max(64, zoneMessage).refine(isTimeZone, zoneMessage);

export const dateSchema = z.iso.date('a date as YYYY-MM-DD, such as "2026-03-29"');

const CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]";

/** A time of day, from "00:00" to "23:59". */
export const clockSchema = z
  .string('a time as HH:MM, such as "09:00"')
  .regex(new RegExp(`^${CLOCK}$`), 'a time as HH:MM from "00:00" to "23:59"');

const endClockSchema = z
  .string('a time as HH:MM, such as "17:00"')
  .regex(new RegExp(`^(${CLOCK}|24:00)$`), 'a time as HH:MM from "00:00" to "24:00"');

const weekdayMessage = "an ISO weekday: 1 (Monday) to 7 (Sunday)";
export const weekdaySchema = z.int(weekdayMessage).min(1, weekdayMessage).max(7, weekdayMessage);

/**
 * A window on the wall clock, on each of some weekdays. One whose `until` is not after its `from` crosses midnight
 * and belongs to the weekday it begins on.
 */
export const windowSchema = strict({
  weekdays: listOf(weekdaySchema, 7, "weekdays").refine(
    (days) => new Set(days).size === days.length,
    "each weekday once",
  ),
  from: clockSchema,
  until: endClockSchema,
});
export type WindowDefinition = z.output<typeof windowSchema>;
