import { z } from "zod";
import { dateOf, dayOf, weekdayOf } from "./wall-clock";
import {
  clockSchema,
  dateSchema,
  listOf,
  strict,
  timeZoneSchema,
  weekdaySchema,
  windowSchema,
} from "./wall-clock-schema";

const every = (max: number) => {
  const message = `a whole number from 1 to ${max}`;
  return z.int(message).min(1, message).max(max, message);
};

const rotationSchema = z.discriminatedUnion(
  "unit",
  [
    strict({ unit: z.literal("hour"), every: every(24 * 366), handover: clockSchema }),
    strict({ unit: z.literal("day"), every: every(366), handover: clockSchema }),
    strict({ unit: z.literal("week"), every: every(52), handover: clockSchema, weekday: weekdaySchema }),
  ],
  { error: 'a rotation whose unit is "hour", "day" or "week"' },
);
export type Rotation = z.output<typeof rotationSchema>;

const personId = z.string("a person's id").min(1, "a person's id").max(100, "a person's id");
const nameMessage = "a name of 1 to 80 characters";

const layerSchema = strict({
  name: z.string(nameMessage).trim().min(1, nameMessage).max(80, nameMessage),
  time_zone: timeZoneSchema.optional(),
  participants: listOf(personId, 50, "people, in the order of their turns"),
  rotation: rotationSchema,
  starts_on: dateSchema,
  ends_on: dateSchema.optional(),
  restrictions: listOf(windowSchema, 20, "restrictions, or none of the key at all").optional(),
}).superRefine((layer, context) => {
  const first = firstHandoverDay(layer);
  if (layer.ends_on === undefined || !(dayOf(layer.ends_on) < first)) return;
  const message = `a date not before the layer's first hand-over on ${dateOf(first)}`;
  context.addIssue({ code: "custom", path: ["ends_on"], message });
});
export type Layer = z.output<typeof layerSchema>;

/**
 * An on-call schedule, as an admin writes it.
 *
 * Each layer hands over at `handover` on its own wall clock, every so many days or weeks; or every so many elapsed
 * hours, counted from its first hand-over. The first hand-over is the first one on or after `starts_on`; before it the
 * layer has nobody. Participants take turns in order. `ends_on` is the layer's last day, to its end. Restrictions limit
 * the layer to windows on its wall clock. Later layers lie on top of earlier ones: the topmost that has somebody
 * decides. Every turn and window includes its first instant and excludes its last.
 *
 * Daylight saving: a wall-clock time that is skipped means as long after the change as it lies in the gap, and one that
 * occurs twice means the first (Temporal's "compatible"). So a daily turn lasts 23 or 25 hours on those nights, and a
 * turn or window that lies wholly in skipped time is empty.
 */
export const scheduleSchema = strict({
  time_zone: timeZoneSchema,
  layers: listOf(layerSchema, 20, "layers").superRefine((layers, context) => {
    const names = layers.map(({ name }) => name);
    names.forEach((name, index) => {
      if (names.indexOf(name) === index) return;
      context.addIssue({ code: "custom", path: [index, "name"], message: "a name no other layer has" });
    });
  }),
});
export type Schedule = z.output<typeof scheduleSchema>;

/** Puts a person on call for a while, whatever the layers say. */
export interface Override {
  id: string;
  person_id: string;
  starts_at: Date;
  /** The first instant that the override no longer covers. */
  ends_at: Date;
}

/** The day of a layer's first hand-over, in days since 1970-01-01. */
export function firstHandoverDay({ starts_on, rotation }: Pick<Layer, "starts_on" | "rotation">): number {
  const day = dayOf(starts_on);
  return rotation.unit === "week" ? day + ((rotation.weekday - weekdayOf(day) + 7) % 7) : day;
}
